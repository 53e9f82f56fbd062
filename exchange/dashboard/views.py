"""Where everybody arrives after signing in."""

from flask import Blueprint, render_template
from flask_login import current_user

from exchange.core.access import signed_in
from exchange.dashboard import queries

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@signed_in
def index():
    return render_template(
        "dashboard/index.html",
        waiting=queries.waiting_for(current_user),
        first_steps=queries.first_steps(current_user),
    )
