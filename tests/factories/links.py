"""Links as the services make them."""

from datetime import timedelta

from exchange.core.database import db
from exchange.links.queries import find
from exchange.students import service
from exchange.students.models import ConsentKind
from tests.factories.accounts import RegistrarFactory

DAYS = timedelta(days=7)


def ask_by_link(guardianship, kind=ConsentKind.PUBLICITY, *, by=None, valid_for=DAYS):
    """The link and its token: a guardian is asked for a consent."""
    token = service.make_link(kind, guardianship, valid_for=valid_for, by=by or RegistrarFactory())
    db.session.commit()
    return find(token), token
