"""``flask placements …``: what can be asked of placements on the command line."""

import gc
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from exchange.core.cli import Group, json_option, reads, report, writes
from exchange.core.database import LARGEST_ID, db, give_way
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.rules import DEMANDING, Severity
from exchange.placements import service
from exchange.placements.facts import read_facts
from exchange.placements.facts.parsing import MAX_BYTES
from exchange.placements.models import Placement
from exchange.placements.record_facts import checklist_document
from exchange.placements.rules import check_document

STANDARD_INPUT = "-"

placements = Group("placements", help="Internship placements and the law that guards them.")


@placements.command("check")
@click.argument("facts", metavar="FACTS.json")
@json_option
@reads
def check(facts: str, as_json: bool) -> int:
    """Ask the rule book about the placement in FACTS.json (- reads standard input). Needs no database."""
    return _tell(check_document(read_facts(_content(facts))), as_json=as_json)


@placements.command("checklist")
@click.argument("placement_id", metavar="ID", type=click.IntRange(1, LARGEST_ID))
@json_option
@reads
def checklist(placement_id: int, as_json: bool) -> int:
    """Ask the rule book what still stands between the student of placement ID and the first day."""
    placement = db.session.get(Placement, placement_id)
    if placement is None:
        raise UsageProblem(_("没有编号为 %(id)s 的实习。", id=placement_id))
    return _tell(checklist_document(placement), as_json=as_json)


@placements.command("recheck")
@json_option
@writes
def recheck(as_json: bool) -> None:
    """Ask the rules about every placement in preparation and every running one, as the nightly job does."""
    gc.freeze()  # what was loaded stays for good; no collection looks through it again
    told = service.recheck(lambda _done, _total: give_way())
    words = _(
        "复查了 %(checked)s 项实习：%(broke)s 项出现新问题，%(mended)s 项的问题已解决。",
        checked=told.checked,
        broke=told.broke,
        mended=told.mended,
    )
    report(asdict(told), as_json=as_json, words=str(words))


def _tell(findings: list[dict[str, Any]], *, as_json: bool) -> int:
    """Print the findings; status 1 where the law forbids or something is missing."""
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
