"""The blueprint that the pages hang on, and what several of them offer."""

from io import BytesIO

from flask import Blueprint, send_file

from exchange.core.database import db
from exchange.programmes.queries import classes

bp = Blueprint("registry", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED_CLASSES = 60


def offered_classes():
    """A few to offer while typing: a school may have a thousand."""
    return [school_class.name for school_class in db.session.scalars(classes().limit(OFFERED_CLASSES))]


def workbook(content, name):
    """The bytes as a download."""
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
