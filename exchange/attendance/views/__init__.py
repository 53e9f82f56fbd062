"""The pages of attendance: one module per noun, one blueprint."""

from exchange.attendance.views import leave, mine, rolls, today  # noqa: F401  # the pages register themselves
from exchange.attendance.views.blueprint import bp

__all__ = ["bp"]
