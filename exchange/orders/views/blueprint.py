"""The blueprint that the pages of orders share, and the order that an address names."""

from flask import Blueprint
from flask_login import current_user

from exchange.core.database import get_or_404
from exchange.orders import policy, queries

bp = Blueprint("orders", __name__)


def load(order_id):
    return get_or_404(queries.for_page(policy.visible_to(current_user)), order_id)
