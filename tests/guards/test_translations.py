"""English is complete. What is missing is listed; ``exchange/translations/babel.cfg`` says how to gather it."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import nodes

from tests.guards.templates import page_templates, tree

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "exchange" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
SPOKEN_IN = ("views.py", "forms.py", "cli.py", "workflow.py", "events.py", "navigation.py")
UNTRANSLATED_PAGES = {"design.html"}


def sentences():
    """Every sentence that the product says through ``_``."""
    folders = [str(ROOT / name) for name in ("exchange", "templates")]
    return {found[2] for folder in folders for found in extract_from_dir(folder, METHODS, keywords={"_": None})}


@pytest.fixture(scope="module")
def catalogue():
    assert CATALOGUE.exists(), "there is no English catalogue yet"
    with CATALOGUE.open("rb") as file:
        return {message.id: message for message in read_po(file, locale="en") if message.id}


def test_every_sentence_has_its_english(catalogue):
    missing = sorted(each for each in sentences() if each not in catalogue or not catalogue[each].string)

    assert missing == []


def test_no_translation_is_a_guess(catalogue):
    assert [message.id for message in catalogue.values() if message.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    broken = [
        source
        for source, message in catalogue.items()
        if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(str(message.string))))
    ]

    assert broken == []


def test_catalogue_holds_nothing_that_nobody_says(catalogue):
    assert sorted(set(catalogue) - sentences()) == []


def test_english_is_english(catalogue):
    assert [message.string for message in catalogue.values() if CHINESE.search(str(message.string))] == []


def test_sentences_are_chinese():
    words = {each: PLACEHOLDER.sub("", each) for each in sentences()}

    assert [each for each, said in words.items() if re.search("[A-Za-z]{4,}", said) and not CHINESE.search(said)] == []


@pytest.mark.parametrize("name", [name for name in page_templates() if name not in UNTRANSLATED_PAGES])
def test_template_says_everything_through_the_catalogue(app, name):
    spoken = [part.data.strip() for part in tree(app, name).find_all(nodes.TemplateData) if CHINESE.search(part.data)]

    assert spoken == []


@pytest.mark.parametrize(
    "path", [path for path in sorted((ROOT / "exchange").rglob("*.py")) if path.name in SPOKEN_IN], ids=str
)
def test_module_says_everything_through_the_catalogue(path):
    module = ast.parse(path.read_text("utf-8"))
    inside = {
        id(each)
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        for each in ast.walk(call)
    }
    inside |= {  # help of commands is English, like their names
        id(each)
        for keyword in ast.walk(module)
        if isinstance(keyword, ast.keyword) and keyword.arg == "help"
        for each in ast.walk(keyword)
    }
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }

    bare = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in inside | docstrings
    ]

    assert bare == []
