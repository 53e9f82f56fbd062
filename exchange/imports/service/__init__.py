"""Upload → review → commit → undo. Functions change, flush and record; the request, job or command commits."""

from exchange.imports.service.committing import begin_commit, commit, rejected_workbook
from exchange.imports.service.forgetting import forget_rows
from exchange.imports.service.kinds import IMPORTERS, importer_of, register
from exchange.imports.service.reviewing import discard, discard_file, review, review_again, sheets_of, upload
from exchange.imports.service.steps import check_unchanged, has_stopped, note_failure, start
from exchange.imports.service.undoing import begin_undo, undo

__all__ = [
    "IMPORTERS",
    "begin_commit",
    "begin_undo",
    "check_unchanged",
    "commit",
    "discard",
    "discard_file",
    "forget_rows",
    "has_stopped",
    "importer_of",
    "note_failure",
    "register",
    "rejected_workbook",
    "review",
    "review_again",
    "sheets_of",
    "start",
    "undo",
    "upload",
]
