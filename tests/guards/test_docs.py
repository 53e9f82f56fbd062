"""What is written about the product agrees with it."""

import re
from pathlib import Path

import pytest

from exchange import FEATURES
from exchange.operations import docs

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
PLACE = re.compile(r"`((?:exchange|templates|tests|docs)/[\w./-]*\w/?)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("name", ["commands.md", "permissions.md", "rules.md", "workflows.md"])
def test_reference_page_is_up_to_date(app, name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == docs.pages(app)[name], "run: flask docs write"


@pytest.mark.parametrize("written", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page_names_only_places_that_exist(written):
    text = written.read_text("utf-8")

    missing = [place for place in PLACE.findall(text) if not (ROOT / place).exists()]
    missing += [link for link in LINK.findall(text) if not (written.parent / link).exists()]

    assert missing == []


def test_every_feature_stands_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert [feature for feature in FEATURES if f"{feature}/" not in text] == []


def test_every_command_group_is_named_after_its_feature(app):
    known = {*FEATURES, "docs", "doctor", "backup", "db", "run", "shell", "routes"}

    assert set(app.cli.commands) - known == set()


def test_every_command_says_what_it_does(app):
    assert [name for name, command in docs._commands(app) if not command.help] == []


def test_every_word_of_the_glossary_exists_in_the_code():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "exchange").rglob("*.py"))
    rows = re.findall(r"^\| .+? \| .+? \| (`.+?) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)

    missing = [word for row in rows for word in re.findall(r"`(\w+)`", row) if not re.search(rf"\b{word}\b", code)]

    assert missing == []
