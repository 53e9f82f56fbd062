"""The layers of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

LINTER = Path(sys.executable).with_name("lint-imports")
ROOT = Path(__file__).parents[2]


def test_import_contracts():
    """In a process of its own: the linter silences every logger of the one it runs in."""
    result = subprocess.run([LINTER, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
