"""The watch over the trail watches."""

import pytest

from exchange.core.database import db as database
from exchange.partners.models import HostOrganisation
from tests import trail
from tests.factories.partners import HostOrganisationFactory


def test_exceptions_are_tables(app):
    assert trail.unknown_tables() == set()


def test_change_without_a_line_is_noticed(app, db):
    with app.test_request_context("/somewhere", method="POST"):
        with pytest.raises(trail.SilentChange, match="POST /somewhere changed"):
            HostOrganisationFactory()
        database.session.rollback()


def test_change_by_statement_is_noticed_too(app, db):
    HostOrganisationFactory()

    with app.test_request_context("/somewhere", method="POST"):
        database.session.execute(database.update(HostOrganisation).values(name="别的"))

        with pytest.raises(trail.SilentChange, match="host_organisation"):
            database.session.commit()
        database.session.rollback()
