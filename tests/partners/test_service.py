"""Registering host organisations and posts."""

import pytest

from exchange.audit.queries import timeline
from exchange.partners import service
from exchange.partners.values import Hazard, LabourIntensity, Venue
from tests.factories.accounts import InternshipOfficerFactory
from tests.factories.partners import HostOrganisationFactory, PostFactory, uscc

HOTEL = {"name": "示范大酒店", "venue": Venue.HOTEL, "province": "110000"}


def test_create_host_keeps_the_credit_code_in_its_plain_form(db):
    officer, code = InternshipOfficerFactory(), uscc(700)

    host = service.create_host(**HOTEL, uscc=f" {code[:8].lower()}-{code[8:]} ", by=officer)

    assert host.uscc == code
    assert timeline(host)[0].actor == officer


@pytest.mark.parametrize("written", ["", "91999999000000700", "919999990000007000", "示范", "Z" * 18])
def test_create_host_refuses_what_is_no_credit_code(db, written):
    with pytest.raises(service.InvalidCreditCode):
        service.create_host(**HOTEL, uscc=written, by=None)


def test_create_host_refuses_a_credit_code_that_is_taken(db):
    taken = HostOrganisationFactory()

    with pytest.raises(service.HostExists, match=taken.name):
        service.create_host(**HOTEL, uscc=taken.uscc, by=None)


@pytest.mark.parametrize("province", ["", "110101", "000000", "浙江"])
def test_create_host_refuses_what_is_no_province(db, province):
    with pytest.raises(service.UnknownProvince):
        service.create_host(**HOTEL | {"province": province}, uscc=uscc(1), by=None)


def test_change_host_records_old_and_new_values(db):
    host = HostOrganisationFactory(address="旧址")

    service.change_host(host, address="新址", uscc=host.uscc, by=None)

    assert timeline(host)[0].changes == {"address": ["旧址", "新址"]}


def test_create_post_tells_no_hazards_from_hazards_not_looked_at(db):
    host = HostOrganisationFactory()

    looked = service.create_post(host, name="前厅", venue=Venue.HOTEL, hazards=[], by=None)
    unknown = service.create_post(host, name="后厨", venue=Venue.RESTAURANT, by=None)

    assert (looked.hazards, unknown.hazards) == ([], None)


def test_change_post_records_what_differs_only(db):
    post = PostFactory()

    service.change_post(post, name=post.name, labour_intensity=LabourIntensity.II, hazards=[Hazard.HEAT], by=None)

    assert timeline(post)[0].changes == {"labour_intensity": ["I", "II"], "hazards": [[], ["HEAT"]]}
