"""Cooperation projects, host organisations and posts."""

from datetime import date

import factory
from stdnum.cn import uscc as credit_code

from exchange.partners.models import CooperationProject, HostOrganisation, Post, ProjectRegion
from exchange.partners.values import LabourIntensity, Venue
from tests.factories.base import Factory


def uscc(serial: int) -> str:
    """A credit code that passes every check; the registering area 999999 belongs to nobody."""
    body = f"91999999{serial:09d}"
    return body + credit_code.calc_check_digit(body)


class CooperationProjectFactory(Factory):
    class Meta:
        model = CooperationProject

    name = factory.Sequence(lambda n: f"协作项目{n}")
    regions = factory.LazyFunction(lambda: [ProjectRegion(area="533100")])
    starts_on = date(2024, 9, 1)


class HostOrganisationFactory(Factory):
    """A hotel in Beijing."""

    class Meta:
        model = HostOrganisation

    name = factory.Sequence(lambda n: f"示范宾馆{n}")
    uscc = factory.Sequence(uscc)
    venue = Venue.HOTEL
    province = "110000"
    city = "北京市"
    address = "北京市东城区示范路1号"


class PostFactory(Factory):
    """A post that breaks no rule."""

    class Meta:
        model = Post

    host_organisation = factory.SubFactory(HostOrganisationFactory)
    name = "前厅接待"
    venue = Venue.HOTEL
    labour_intensity = LabourIntensity.I
    hazards = factory.LazyFunction(list)
