"""The pages of coursework: mark sheets, transcripts, later attempts, recognition, and marks by workbook."""

from exchange.coursework.views import attempts, graduation, recognitions, sheets, workbooks
from exchange.coursework.views.sheets import bp

__all__ = ["attempts", "bp", "graduation", "recognitions", "sheets", "workbooks"]
