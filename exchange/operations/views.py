"""Addresses for whoever watches the installation, and the components for whoever develops it."""

from flask import Blueprint, abort, current_app, jsonify, render_template

from exchange.core.access import public, signed_in
from exchange.core.limits import limited
from exchange.operations.design import sample
from exchange.operations.health import readiness

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def alive():
    return jsonify(status="ok")


@bp.get("/readyz")
@public
@limited("60 per minute")
def ready():
    checks = readiness()
    well = all(checks.values())
    return jsonify(status="ok" if well else "unavailable", **checks), 200 if well else 503


@bp.get("/design")
@signed_in
def design():
    """Every component once; in development only."""
    if not (current_app.debug or current_app.testing):
        abort(404)
    return render_template("design.html", sample=sample())
