"""The pages of agreements: issuing, signing, and who has not signed."""

from exchange.agreements.views import amending, batches, issuing, signing  # noqa: F401  # they add their pages to the blueprint
from exchange.agreements.views.blueprint import bp

__all__ = ["bp"]
