"""Every route there is and ever will be: declared, well named, safe, and open to whom the table says."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from exchange.accounts.roles import Permission, Role
from exchange.operations import docs
from tests.factories.accounts import FACTORIES
from tests.guards.records import make_records

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "reference" / "permissions.md"
KEBAB = re.compile(r"(?:/|/(?:[a-z0-9]+(?:-[a-z0-9]+)*|<(?:\w+:)?\w+>)(?:\.[a-z]+)?)+")
WRITERS = re.compile(r"(?:create|change|delete|save|set|remove|issue|approve|revoke|commit|undo)_?\w*")


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_view_declares_its_access(app):
    undeclared = {rule.endpoint for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "access")}

    assert undeclared == set(), "add @public, @signed_in or @requires(Permission.…)"


def test_declared_access_names_real_permissions(app):
    named = {each.access for each in docs.entrances(app)} - {"public", "signed in"}

    assert {needed for access in named for needed in access.split(" | ")} <= set(Permission)


def test_every_permission_is_asked_for_somewhere(app):
    package = ROOT / "exchange"
    sources = "".join(path.read_text("utf-8") for path in package.rglob("*.py") if path.name != "roles.py")
    unused = [each.name for each in Permission if not re.search(rf"\b(?:Permission|May)\.{each.name}\b", sources)]

    assert unused == []


def test_addresses_are_in_kebab_case(app):
    assert [rule.rule for rule in rules(app) if not KEBAB.fullmatch(rule.rule)] == []


def test_blueprint_is_named_after_its_package(app):
    misnamed = {
        (name, blueprint.import_name)
        for name, blueprint in app.blueprints.items()
        if blueprint.import_name.split(".")[:2] != ["exchange", name]
    }

    assert misnamed == set()


def test_every_menu_word_and_tab_leads_to_a_page(app):
    from exchange.core import navigation

    beside = [*navigation._sections.values(), *navigation._tabs.values()]
    items = [*navigation._menu.values(), *(item for tabs in beside for item in tabs.values())]

    assert [item.endpoint for item in items if item.endpoint not in app.view_functions] == []


def test_no_view_that_is_only_read_calls_for_a_change(app):
    guilty = set()
    for rule in rules(app):
        if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            continue
        source = inspect.unwrap(app.view_functions[rule.endpoint])
        calls = {ast.unparse(node.func) for node in ast.walk(_tree(source)) if isinstance(node, ast.Call)}
        guilty |= {
            (rule.endpoint, call)
            for call in calls
            if call.startswith("db.session.commit") or (call.startswith("service.") and WRITERS.fullmatch(call[8:]))
        }

    assert guilty == set()


def _tree(function):
    return ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))


def test_table_of_permissions_is_up_to_date(app):
    assert TABLE.read_text("utf-8") == docs.permissions_page(app), "run: flask docs write, and read what changed"


def read_table():
    """(address, method) → who enters, as the page says it to people."""
    lines = [line for line in TABLE.read_text("utf-8").split("## ")[0].splitlines() if line.startswith("| ")]
    heads, _rule, *rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    who = [(head.split("`")[1] if "`" in head else head) for head in heads[3:]]
    return {
        (address.strip("`"), method): {name for name, mark in zip(who, marks, strict=True) if mark == docs.ENTERS}
        for address, method, _access, *marks in rows
    }


@pytest.fixture
def addresses(app, db):
    """(address, method) → the address of real records."""
    records = make_records()
    missing = {name for rule in rules(app) for name in rule.arguments} - set(records)
    assert missing == set(), "add a record to tests/guards/records.py"

    def fill(rule):
        adapter = app.url_map.bind("localhost")
        values = {name: records[name] for name in rule.arguments}
        names = steps.get(rule.endpoint.split(".")[0], []) if rule.endpoint.endswith(".transition") else []
        return [adapter.build(rule.endpoint, values | {"name": name}) for name in names] or [
            adapter.build(rule.endpoint, values)
        ]

    steps = {feature: list(workflow.transitions) for feature, _name, workflow in docs.workflows()}
    return {(rule.rule, method): fill(rule) for rule in rules(app) for method in docs.methods(rule)}


def lets_in(client, method, url):
    """Whether the request gets as far as the view; a record outside of the person's scope (404) is far enough."""
    answer = send(client, method, url, {})
    if answer.status_code == 419:
        answer = send(client, method, url, {"X-CSRFToken": answer.json["csrf_token"]})
    asked = answer.status_code in {302, 303} and answer.location.startswith("/accounts/sign-in")
    return not asked and answer.status_code not in {401, 403}


def send(client, method, url, headers):
    body = {"POST": {"data": {"any": "field"}}, "PUT": {"json": {}}}.get(method, {})
    with client.open(url, method=method, headers=headers, **body) as answer:
        return answer


@pytest.mark.parametrize("who", ["nobody", *Role])
def test_every_route_answers_as_the_table_says(app, addresses, who):
    client = app.test_client() if who == "nobody" else app.test_client(user=FACTORIES[who]())
    table = read_table()

    answers = {
        (address, method): any(lets_in(client, method, url) for url in urls)
        for (address, method), urls in addresses.items()
    }

    assert {entrance: enters for entrance, enters in answers.items() if enters != (str(who) in table[entrance])} == {}
