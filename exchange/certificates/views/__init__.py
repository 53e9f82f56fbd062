"""The register of papers, requests, batches with their second signature, and the public check."""

from exchange.certificates.views import batches, register, requests, verification
from exchange.certificates.views.blueprint import bp

__all__ = ["batches", "bp", "register", "requests", "verification"]
