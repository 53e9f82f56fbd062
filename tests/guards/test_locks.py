"""A lock names packages and hashes, never a host nor a place on somebody's machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE_FILES = sorted(
    [*ROOT.glob("requirements*.lock"), *ROOT.glob("package*.json"), ROOT / "pyproject.toml", ROOT / "Makefile"]
    + [path for path in (ROOT / ".npmrc", ROOT / ".ci" / "run") if path.exists()]
)


@pytest.mark.parametrize("path", PACKAGE_FILES, ids=lambda path: path.name)
def test_package_file_names_no_host_and_no_machine_path(path):
    found = re.findall(r"\S*://\S*|(?:/home|/root|/tmp|/work)/\S*|file:\S+", path.read_text(encoding="utf-8"))

    assert found == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_every_locked_package_carries_a_hash(path):
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8"))
    bare = [entry.split()[0] for entry in entries if re.match(r"[\w.-]+==", entry) and "--hash=sha256:" not in entry]

    assert bare == []


def test_development_lock_agrees_with_the_lock_of_the_product():
    product, development = (
        set(re.findall(r"^[\w.-]+==[^\s;]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert product - development == set()
