"""The blueprint that all pages of selection share."""

from flask import Blueprint

bp = Blueprint("selection", __name__)
