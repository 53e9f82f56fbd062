"""The trail as a page."""

from flask import Blueprint, render_template, request

from exchange.accounts.roles import Permission
from exchange.audit import queries
from exchange.audit.events import LABELS
from exchange.core.access import requires
from exchange.core.pagination import paginate

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@requires(Permission.AUDIT_VIEW)
def index():
    action, username = request.args.get("action", ""), request.args.get("user", "").strip()
    events = paginate(queries.trail(action=action, username=username))
    return render_template("audit/index.html", events=events, action=action, username=username, labels=LABELS)
