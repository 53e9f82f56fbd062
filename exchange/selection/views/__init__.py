"""The pages of batches and their selection."""

from exchange.selection.views import appeals, applications, batches, mine, openings, proposals, rounds  # noqa: F401
from exchange.selection.views.blueprint import bp

__all__ = ["bp"]
