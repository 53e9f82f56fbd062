"""The pages of orders: lists, drafts, and one order with its steps."""

from exchange.orders.views import drafts, lists, steps
from exchange.orders.views.blueprint import bp

__all__ = ["bp", "drafts", "lists", "steps"]
