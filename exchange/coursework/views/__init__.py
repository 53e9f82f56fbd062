"""The pages of coursework: mark sheets, transcripts, later attempts, and marks by workbook."""

from exchange.coursework.views import attempts, graduation, sheets, workbooks
from exchange.coursework.views.sheets import bp

__all__ = ["attempts", "bp", "graduation", "sheets", "workbooks"]
