"""What is asked of a change of status: one function per rule, one book per kind of order."""

from exchange.orders.rules import ending, leave, leaving, moving, promotion  # noqa: F401  (each enters its rules into its book)
from exchange.orders.rules.books import BOOKS

__all__ = ["BOOKS"]
