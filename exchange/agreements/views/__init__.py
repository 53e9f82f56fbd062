"""The pages of agreements: issuing, signing, and who has not signed."""

from exchange.agreements.views import issuing  # noqa: F401  # it adds its pages to the blueprint
from exchange.agreements.views.blueprint import bp

__all__ = ["bp"]
