"""Reads of coursework: the grid of a sheet, lists of sheets, transcripts."""

from exchange.coursework.queries.grid import (
    Grid,
    Row,
    StoredMark,
    assessments_of,
    grid,
    load_marks,
    students_on,
)
from exchange.coursework.queries.history import MarkChange, history_of
from exchange.coursework.queries.sheets import SheetLine, lines, sheets, to_publish, waiting_for
from exchange.coursework.queries.transcripts import Transcript, TranscriptLine, TranscriptTerm, published, transcript

__all__ = [
    "Grid",
    "MarkChange",
    "Row",
    "SheetLine",
    "StoredMark",
    "Transcript",
    "TranscriptLine",
    "TranscriptTerm",
    "assessments_of",
    "grid",
    "history_of",
    "lines",
    "load_marks",
    "published",
    "sheets",
    "students_on",
    "to_publish",
    "transcript",
    "waiting_for",
]
