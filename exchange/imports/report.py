"""The import report: one JSON document (``interface.md`` §3)."""

from typing import Any

from exchange.imports import queries
from exchange.imports.importer import Importer, Note
from exchange.imports.models import Import
from exchange.imports.places import BETWEEN

TOLD = ("column", "code", "message")


def report(import_: Import, importer: Importer) -> dict[str, Any]:
    """Counts, columns and all findings in the order of the rows; where several sheets were read, each with its own."""
    document: dict[str, Any] = {
        "import": import_.id,
        "status": import_.status.value,
        "rows": import_.rows,
        "new": import_.new,
        "changed": import_.changed,
        "unchanged": import_.unchanged,
        "rejected": import_.rejected,
        "sheet": import_.sheets[0] if import_.sheets else "",
        "columns": import_.columns,
        "unmapped": import_.unmapped,
        "findings": [],
    }
    told = {"sender": import_.sender, "remembered": import_.remembered, "ignored": import_.ignored}
    document |= {name: value for name, value in told.items() if value}
    if import_.committed_at:
        document["committed"] = import_.committed
    if import_.has_several_sheets:
        document["sheets"] = import_.sheets
    for sheet, number, notes in queries.all_notes(import_):
        place = {"sheet": import_.sheets[sheet]} if import_.has_several_sheets else {}
        document["findings"] += [place | _finding(number, note, importer) for note in notes]
    return document


def _finding(row: int, note: Note, importer: Importer) -> dict[str, Any]:
    return {
        "row": row,
        "column": note["column"],
        "code": note["code"],
        "severity": note["severity"],
        "message": importer.speak(note["sentence"], note["params"]),
    }


def words(document: dict[str, Any]) -> str:
    """The same for a person at a terminal."""
    head = "{rows}: +{new} ~{changed} ={unchanged} !{rejected} ({status}, {import})".format(**document)
    lines = ["\t".join(map(str, (_place(each), *map(each.get, TOLD)))) for each in document["findings"]]
    return "\n".join([head, *lines])


def _place(finding: dict[str, Any]) -> str:
    sheet = finding.get("sheet")
    return f"{sheet}{BETWEEN}{finding['row']}" if sheet else str(finding["row"])
