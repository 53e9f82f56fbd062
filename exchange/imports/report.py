"""The import report: one JSON document (``interface.md`` §3)."""

from typing import Any

from exchange.imports import queries
from exchange.imports.importer import Importer
from exchange.imports.models import Import, ImportRow


def report(import_: Import, importer: Importer) -> dict[str, Any]:
    """Counts, columns and all findings in the order of the rows."""
    document: dict[str, Any] = {
        "import": import_.id,
        "status": import_.status.value,
        "rows": import_.rows,
        "new": import_.new,
        "changed": import_.changed,
        "unchanged": import_.unchanged,
        "rejected": import_.rejected,
        "sheet": import_.sheet,
        "columns": import_.columns,
        "unmapped": import_.unmapped,
        "findings": [],
    }
    if import_.committed_at:
        document["committed"] = import_.committed
    for portion in queries.portions(queries.rows_of(import_)):
        document["findings"] += [finding for row in portion for finding in findings(row, importer)]
    return document


def findings(row: ImportRow, importer: Importer) -> list[dict[str, Any]]:
    """What was found in one row, spoken."""
    return [
        {
            "row": row.number,
            "column": note["column"],
            "code": note["code"],
            "severity": note["severity"],
            "message": importer.speak(note["sentence"], note["params"]),
        }
        for note in row.findings
    ]


def words(document: dict[str, Any]) -> str:
    """The same for a person at a terminal."""
    head = "{rows}: +{new} ~{changed} ={unchanged} !{rejected} ({status}, {import})".format(**document)
    lines = [f"{each['row']}\t{each['column']}\t{each['code']}\t{each['message']}" for each in document["findings"]]
    return "\n".join([head, *lines])
