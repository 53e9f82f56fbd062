"""Names and sizes: a module is named after what it does, says so, and stays readable."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "constants", "types", "managers", "shared", "lib"}
AMERICAN = ("enrollment", "organization")
MOST_LINES = {"exchange": 400, "tests": 600}
MODULES = sorted([*(ROOT / "exchange").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
PRODUCT = [path for path in MODULES if path.is_relative_to(ROOT / "exchange") and "migrations" not in path.parts]


def shown(path):
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [shown(path) for path in MODULES if HOMELESS & {path.stem, path.parent.name}] == []


@pytest.mark.parametrize("path", PRODUCT, ids=shown)
def test_module_opens_with_a_sentence(path):
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""

    assert docstring.split("\n")[0].rstrip().endswith((".", "。", ":", "``"))


@pytest.mark.parametrize("path", [path for path in MODULES if "migrations" not in path.parts], ids=shown)
def test_module_stays_readable(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES[path.relative_to(ROOT).parts[0]]


def test_identifiers_are_british():
    spelled = [shown(path) for path in PRODUCT if any(word in path.read_text("utf-8").lower() for word in AMERICAN)]

    assert spelled == []


def test_templates_and_tests_are_named_after_their_feature():
    from exchange import FEATURES

    known = {*FEATURES, "core", "press", "reference"}
    folders = [path.name for path in (ROOT / "templates").iterdir() if path.is_dir()]
    tested = [path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"]

    assert set(folders) - known == {"components", "errors", "layouts"}
    assert set(tested) - known <= {"data", "factories", "guards", "journeys", "benchmarks"}
