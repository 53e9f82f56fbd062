"""The pages of coursework: mark sheets, transcripts, and marks by workbook."""

from exchange.coursework.views import sheets, workbooks
from exchange.coursework.views.sheets import bp

__all__ = ["bp", "sheets", "workbooks"]
