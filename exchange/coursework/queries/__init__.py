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
from exchange.coursework.queries.recognitions import files_of_attempts, members_of, passed_places, recognitions_of
from exchange.coursework.queries.sheets import SheetLine, courses_with_sheets, lines, sheets, waiting_for
from exchange.coursework.queries.transcripts import Transcript, TranscriptLine, TranscriptTerm, tell, transcript

__all__ = [
    "CourseOutcome",
    "Due",
    "Grid",
    "MarkChange",
    "Row",
    "SheetChange",
    "SheetLine",
    "StoredMark",
    "Transcript",
    "TranscriptLine",
    "TranscriptTerm",
    "assessments_of",
    "attempts_on",
    "changes_on",
    "courses_with_sheets",
    "due_on",
    "files_of_attempts",
    "grid",
    "history_of",
    "lines",
    "load_marks",
    "members_of",
    "outcomes_of",
    "passed_places",
    "published",
    "recognised_of",
    "recognitions_of",
    "sheets",
    "students_on",
    "tell",
    "tell_changes",
    "transcript",
    "waiting_for",
]
