"""What can be done in coursework: sheets, marks, workbooks of marks, later attempts, notes for graduation."""

from exchange.coursework.service.attempts import (
    AttemptProblem,
    Line,
    LinesRefused,
    record_attempts,
    withdraw_attempt,
)
from exchange.coursework.service.graduation import note_for_graduation
from exchange.coursework.service.marks import Asked, CellOutcome, Outcome, SheetLocked, read_cells, record_marks
from exchange.coursework.service.matching import Finding
from exchange.coursework.service.recognitions import (
    Decided,
    PlacesRefused,
    read_table,
    recognise,
    recognise_class,
    table_for,
)
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
from exchange.coursework.service.uploads import Choice, Preview, Proposal, download, preview, take

__all__ = [
    "Asked",
    "AttemptProblem",
    "CellOutcome",
    "Choice",
    "Decided",
    "Finding",
    "Line",
    "LinesRefused",
    "MarksMissing",
    "Outcome",
    "PlacesRefused",
    "Preview",
    "Proposal",
    "SamePerson",
    "SheetLocked",
    "SheetProblem",
    "change_status",
    "confirm_sheet",
    "download",
    "lock_sheet",
    "note_for_graduation",
    "open_sheet",
    "preview",
    "publish_sheet",
    "read_cells",
    "read_table",
    "recognise",
    "recognise_class",
    "record_attempts",
    "record_marks",
    "reopen_sheet",
    "return_sheet",
    "submit_sheet",
    "table_for",
    "take",
    "withdraw_attempt",
]
