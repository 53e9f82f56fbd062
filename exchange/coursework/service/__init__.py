"""What can be done in coursework: open a sheet, record marks, submit, publish, reopen."""

from exchange.coursework.service.marks import Asked, CellOutcome, Outcome, SheetLocked, read_cells, record_marks
from exchange.coursework.service.sheets import (
    MarksMissing,
    SheetProblem,
    change_status,
    open_sheet,
    publish_sheet,
    reopen_sheet,
    submit_sheet,
)
from exchange.coursework.service.uploads import Choice, Finding, Preview, Proposal, download, preview, take

__all__ = [
    "Asked",
    "CellOutcome",
    "Choice",
    "Finding",
    "MarksMissing",
    "Outcome",
    "Preview",
    "Proposal",
    "SheetLocked",
    "SheetProblem",
    "change_status",
    "download",
    "open_sheet",
    "preview",
    "publish_sheet",
    "read_cells",
    "record_marks",
    "reopen_sheet",
    "submit_sheet",
    "take",
]
