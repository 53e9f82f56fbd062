"""The blueprint that all pages of this feature share."""

from flask import Blueprint

bp = Blueprint("journals", __name__)
