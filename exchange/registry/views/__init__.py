"""The pages of the registry: the board, one record, what was sent, comparisons and the correction list."""

from exchange.registry.views import board, corrections, records, submissions  # noqa: F401  # each adds its pages
from exchange.registry.views.blueprint import bp

__all__ = ["bp"]
