"""What can be done in coursework: marks are recorded and published, later attempts recorded, recognised, withdrawn."""

from exchange.coursework.service.attempts import (
    AttemptProblem,
    Line,
    LinesRefused,
    recognise,
    record_attempts,
    withdraw_attempt,
)
from exchange.coursework.service.marks import Asked, CellOutcome, Outcome, SheetLocked, read_cells, record_marks
from exchange.coursework.service.sheets import (
    MarksMissing,
    SamePerson,
    SheetProblem,
    change_status,
    confirm_sheet,
    lock_sheet,
    open_sheet,
    publish_sheet,
    reopen_sheet,
    return_sheet,
    submit_sheet,
)

__all__ = [
    "Asked",
    "AttemptProblem",
    "CellOutcome",
    "Line",
    "LinesRefused",
    "MarksMissing",
    "Outcome",
    "SamePerson",
    "SheetLocked",
    "SheetProblem",
    "change_status",
    "confirm_sheet",
    "lock_sheet",
    "open_sheet",
    "publish_sheet",
    "read_cells",
    "recognise",
    "record_attempts",
    "record_marks",
    "reopen_sheet",
    "return_sheet",
    "submit_sheet",
    "withdraw_attempt",
]
