"""The pages of the life of students: one module per noun, one blueprint."""

from exchange.welfare.views import care, dormitory, travel, visits  # noqa: F401  # the pages register themselves
from exchange.welfare.views.blueprint import bp

__all__ = ["bp"]
