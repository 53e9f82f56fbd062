"""The pages of coursework: mark sheets, transcripts, and later attempts."""

from exchange.coursework.views import attempts, sheets
from exchange.coursework.views.sheets import bp

__all__ = ["attempts", "bp", "sheets"]
