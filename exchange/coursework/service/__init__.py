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

__all__ = [
    "Asked",
    "CellOutcome",
    "MarksMissing",
    "Outcome",
    "SheetLocked",
    "SheetProblem",
    "change_status",
    "open_sheet",
    "publish_sheet",
    "read_cells",
    "record_marks",
    "reopen_sheet",
    "submit_sheet",
]
