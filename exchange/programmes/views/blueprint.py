"""The blueprint that the pages of programmes share."""

from flask import Blueprint

bp = Blueprint("programmes", __name__, url_prefix="/programmes")
