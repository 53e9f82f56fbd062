"""The pages of logs: one module per reader, one blueprint."""

from exchange.journals.views import appraisals, mentors, mine, review  # noqa: F401  # the pages register themselves
from exchange.journals.views.blueprint import bp

__all__ = ["bp"]
