"""The blueprint that the pages of enrolment share, and which intake an address means."""

from flask import Blueprint
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from exchange.core.database import get_or_404
from exchange.enrolment.limits import FIRST_YEAR, LAST_YEAR
from exchange.partners.models import CooperationProject

bp = Blueprint("enrolment", __name__, url_prefix="/enrolment")


def intake_or_404(project_id: int, year: int) -> CooperationProject:
    """The project, if there can be an intake of that year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
    return get_or_404(select(CooperationProject), project_id)
