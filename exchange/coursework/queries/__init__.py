"""Reads of coursework: the grid of a sheet, lists of sheets, outcomes, transcripts."""

from exchange.coursework.queries.attempts import Due, attempts_on, due_on, recognised_of
from exchange.coursework.queries.grid import (
    Grid,
    Row,
    StoredMark,
    assessments_of,
    grid,
    load_marks,
    students_on,
)
from exchange.coursework.queries.history import MarkChange, SheetChange, changes_on, history_of, tell_changes
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of, published
from exchange.coursework.queries.sheets import SheetLine, lines, sheets
from exchange.coursework.queries.transcripts import (
    Standing,
    Transcript,
    TranscriptLine,
    TranscriptTerm,
    tell,
    transcript,
)
from exchange.coursework.queries.waiting import waiting_for

__all__ = [
    "CourseOutcome",
    "Due",
    "Grid",
    "MarkChange",
    "Row",
    "SheetChange",
    "SheetLine",
    "Standing",
    "StoredMark",
    "Transcript",
    "TranscriptLine",
    "TranscriptTerm",
    "assessments_of",
    "attempts_on",
    "changes_on",
    "due_on",
    "grid",
    "history_of",
    "lines",
    "load_marks",
    "outcomes_of",
    "published",
    "recognised_of",
    "sheets",
    "students_on",
    "tell",
    "tell_changes",
    "transcript",
    "waiting_for",
]
