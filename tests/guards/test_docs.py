"""What is written about the product agrees with it."""

import re
from pathlib import Path

import pytest

from exchange import FEATURES
from exchange.operations import docs
from exchange.operations.rule_books import CHAPTERS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
PLACE = re.compile(r"`((?:exchange|templates|tests|docs)/[\w./-]*\w/?)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("name", ["commands.md", "permissions.md", "rules.md", "workflows.md"])
def test_reference_page_is_up_to_date(app, name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == docs.pages(app)[name], "run: flask docs write"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.title)
def test_every_rule_has_a_test_where_the_page_says(chapter):
    place = ROOT / chapter.tests
    tests = "".join(path.read_text("utf-8") for path in ([place] if place.is_file() else place.rglob("*.py")))

    untested = [
        rule.code for rule in chapter.rules if not re.search(rf"\b({rule.code}|{rule.check.__name__})\b", tests)
    ]

    assert untested == []


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_with_rules_stands_among_the_rule_books(feature):
    folder = ROOT / "exchange" / feature
    has_rules = any(folder.rglob("rules.py")) or any(path.is_dir() for path in folder.rglob("rules"))

    listed = any(chapter.place.startswith(f"exchange/{feature}/") for chapter in CHAPTERS)

    assert listed is (has_rules and feature != "core")


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
