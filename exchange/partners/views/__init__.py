"""The pages of cooperation projects, partner bureaus, host organisations and their posts."""

from exchange.partners.views import bureaus, hosts, projects, records
from exchange.partners.views.blueprint import bp

__all__ = ["bp", "bureaus", "hosts", "projects", "records"]
