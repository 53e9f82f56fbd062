"""``flask placements …``: what can be asked of placements on the command line."""

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from exchange.core.cli import json_option, reads, report
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.rules import DEMANDING, Severity
from exchange.placements.facts import read_facts
from exchange.placements.facts.parsing import MAX_BYTES
from exchange.placements.rules import check_document

STANDARD_INPUT = "-"

placements = AppGroup("placements", help="Internship placements and the law that guards them.")


@placements.command("check")
@click.argument("facts", metavar="FACTS.json")
@json_option
@reads
def check(facts: str, as_json: bool) -> int:
    """Ask the rule book about the placement in FACTS.json (- reads standard input). Needs no database."""
    findings = check_document(read_facts(_content(facts)))
    words = "\n".join(_line(finding) for finding in findings) or str(_("没有发现问题。"))
    report({"findings": findings}, as_json=as_json, words=words)
    return int(any(Severity[finding["severity"]] in DEMANDING for finding in findings))


def _content(name: str) -> bytes:
    """At most one byte more than may be read, so that an endless stream is refused and not swallowed."""
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageProblem(_("%(name)s：无法读取（%(why)s）。", name=name, why=error.strerror)) from None


def _line(finding: dict[str, Any]) -> str:
    label = Severity[finding["severity"]].label
    missing = " ".join(finding["missing"])
    return f"{finding['rule']}  {label}  {finding['article']}  {finding['message']}  {missing}".rstrip()
