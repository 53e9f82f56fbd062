"""Two addresses for whoever watches the installation."""

from flask import Blueprint, jsonify

from exchange.core.access import public
from exchange.operations.health import readiness

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def alive():
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready():
    checks = readiness()
    well = all(checks.values())
    return jsonify(status="ok" if well else "unavailable", **checks), 200 if well else 503
