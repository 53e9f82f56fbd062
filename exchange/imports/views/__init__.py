"""The pages of imports: upload, review, commit and undo; how a file is read; what is remembered of headings."""

from exchange.imports.views import headings, reading, reviews
from exchange.imports.views.blueprint import bp

__all__ = ["bp", "headings", "reading", "reviews"]
