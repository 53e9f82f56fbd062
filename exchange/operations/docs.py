"""The reference pages of ``docs/reference``, written from the tables that decide: nothing in them is typed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from flask import Flask
from werkzeug.routing import Rule

from exchange.accounts.roles import GRANTS, Permission, Role
from exchange.core.access import PUBLIC, SIGNED_IN
from exchange.core.workflow import Workflow
from exchange.operations.rule_books import CHAPTERS, HEADS, Chapter, rows_of

WRITTEN_BY = "<!-- Written by `flask docs write`; a change by hand is lost. -->"
ENTERS, STOPS = "●", "·"
NOT_METHODS = {"HEAD", "OPTIONS"}
FOREIGN_COMMANDS = {"run", "shell", "routes", "db"}
"""Commands of the frameworks; they describe themselves."""


@dataclass(frozen=True)
class Entrance:
    """One address, one method, and who may enter."""

    address: str
    method: str
    endpoint: str
    access: str

    @property
    def open_to_nobody(self) -> bool:
        """Whether somebody who has not signed in may enter."""
        return self.access == PUBLIC

    def open_to(self, role: Role) -> bool:
        """Whether the role may enter; on which records stands in the feature's ``policy.py``."""
        if self.access in {PUBLIC, SIGNED_IN}:
            return True
        return any(Permission(needed) in GRANTS[role] for needed in self.access.split(" | "))


def entrances(app: Flask) -> list[Entrance]:
    """Every address of the application but static files, in alphabetical order."""
    found = [
        Entrance(rule.rule, method, rule.endpoint, str(getattr(app.view_functions[rule.endpoint], "access", "")))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in methods(rule)
    ]
    return sorted(found, key=lambda entrance: (entrance.address, entrance.method))


def methods(rule: Rule) -> set[str]:
    """What an address answers to, beside what every address does."""
    return set(rule.methods or ()) - NOT_METHODS


def pages(app: Flask) -> dict[str, str]:
    """File name → content of every reference page."""
    return {
        "commands.md": commands_page(app),
        "permissions.md": permissions_page(app),
        "rules.md": rules_page(),
        "workflows.md": workflows_page(),
    }


def write(app: Flask, folder: Path) -> list[str]:
    """Write the pages into the folder; gives the names of those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in pages(app).items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, "utf-8")
            changed.append(name)
    return changed


def permissions_page(app: Flask) -> str:
    """Two tables: address × role, and permission × role."""
    roles = list(Role)
    heads = [f"{role.label} `{role.value}`" for role in roles]
    routes = [
        [f"`{each.address}`", each.method, each.access, _mark(each.open_to_nobody)]
        + [_mark(each.open_to(role)) for role in roles]
        for each in entrances(app)
    ]
    grants = [[f"`{permission}`"] + [_mark(permission in GRANTS[role]) for role in roles] for permission in Permission]
    return _page(
        "Who may enter where",
        f"{ENTERS} may enter, {STOPS} may not: nobody is led to the sign-in, a role gets 403.",
        "On which records somebody may act stands in `policy.py` of each feature; one outside is not found (404).",
        "Who may take which step of a workflow stands in [workflows.md](workflows.md).",
        "",
        *_table(["address", "method", "needs", "nobody", *heads], routes),
        "",
        "## Permissions",
        "",
        "From `exchange/accounts/roles.py`. Somebody with several roles may do what any of them may.",
        "",
        *_table(["permission", *heads], grants),
    )


def rules_page() -> str:
    """The rule books by feature, one row per rule."""
    lines: list[str] = []
    for chapter in CHAPTERS:
        lines += ["", f"## {chapter.title}", "", *_told(chapter), "", *_table(HEADS, rows_of(chapter))]
    return _page(
        "The law, as the system asks it",
        "BLOCK is forbidden, GATE is still missing, WARN wants a reason, INFO is told and stands in nobody's way.",
        *lines,
    )


def _told(chapter: Chapter) -> list[str]:
    numbers = f"; its numbers and their dates: `{chapter.limits}`" if chapter.limits else ""
    return [f"Each row is one function in `{chapter.place}`{numbers}. Tested in `{chapter.tests}`."]


def workflows_page() -> str:
    """Every state machine as a table of its steps."""
    lines: list[str] = []
    for feature, name, workflow in workflows():
        rows = [
            [
                f"`{step.name}`",
                str(step.label),
                " · ".join(sorted(str(getattr(source, "label", source)) for source in step.sources)),
                str(getattr(step.target, "label", step.target)),
                f"`{step.permission}`",
                f"`{step.event}`",
                _rules_of(step),
            ]
            for step in workflow
        ]
        heads = ["step", "按钮", "from", "to", "permission", "leaves the line", "guarded by"]
        lines += [f"## {feature}: `{name}`", "", *_table(heads, rows), ""]
    return _page("From which status to which", "From the tables in `exchange/<feature>/workflow.py`.", "", *lines[:-1])


def _rules_of(step: Any) -> str:
    codes = [rule.code for rule in sorted(step.rules.rules, key=lambda rule: rule.order[1:])]
    return ", ".join(codes)


def workflows() -> Iterator[tuple[str, str, Workflow]]:
    """Feature, name and table of every state machine."""
    from exchange import FEATURES

    for feature in sorted(FEATURES):
        folder = Path(str(import_module(f"exchange.{feature}").__file__)).parent
        if (folder / "workflow.py").is_file() and feature != "core":
            module = import_module(f"exchange.{feature}.workflow")
            for name, value in sorted(vars(module).items()):
                if isinstance(value, Workflow):
                    yield feature, name, value


def commands_page(app: Flask) -> str:
    """Every command with its arguments and options."""
    rows = [[f"`flask {name}`", _usage(command), _help(command)] for name, command in _commands(app)]
    return _page(
        "Commands",
        "`--json` prints one JSON document on standard output; words for people go to standard error.",
        "Exit status 0: done; 1: done, but something was rejected or a BLOCK found; 2: unusable input, none written.",
        "",
        *_table(["command", "takes", "does"], rows),
    )


def _commands(app: Flask) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(app.cli.commands.items()):
        if name in FOREIGN_COMMANDS:
            continue
        if isinstance(command, click.Group):
            yield from ((f"{name} {verb}", each) for verb, each in sorted(command.commands.items()))
        else:
            yield name, command


def _usage(command: click.Command) -> str:
    words = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            words.append(parameter.make_metavar(click.Context(command)))
        elif isinstance(parameter, click.Option):
            value = "" if parameter.is_flag else f" {parameter.make_metavar(click.Context(command))}"
            words.append(f"{parameter.opts[-1]}{value}" if parameter.required else f"[{parameter.opts[-1]}{value}]")
    return f"`{' '.join(words)}`" if words else ""


def _help(command: click.Command) -> str:
    return " ".join((command.help or "").split())


def _mark(enters: bool) -> str:
    return ENTERS if enters else STOPS


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines]


def _page(title: str, *lines: str) -> str:
    return "\n".join([f"# {title}", "", WRITTEN_BY, "", *lines]) + "\n"
