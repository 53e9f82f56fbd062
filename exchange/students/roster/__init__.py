"""The roster of a class: from a stranger's sheet to a review of every row, and back to the national 73 columns.

Pure: knows neither the database nor the web. ``review`` reads, ``export`` writes, ``messages`` speaks.
"""

from exchange.students.roster.columns import NATIONAL_HEADINGS
from exchange.students.roster.export import export_rows, export_workbook
from exchange.students.roster.known import Known, NothingKnown
from exchange.students.roster.messages import Finding, Severity
from exchange.students.roster.review import Outcome, Review, ReviewedRow, RosterReader, review

__all__ = [
    "NATIONAL_HEADINGS",
    "Finding",
    "Known",
    "NothingKnown",
    "Outcome",
    "Review",
    "ReviewedRow",
    "RosterReader",
    "Severity",
    "export_rows",
    "export_workbook",
    "review",
]
