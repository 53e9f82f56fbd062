"""Cooperation projects, host organisations and posts."""

from datetime import date

import factory

from exchange.partners.models import CooperationProject, HostOrganisation, LabourIntensity, Post, Venue
from tests.factories.base import Factory


class CooperationProjectFactory(Factory):
    class Meta:
        model = CooperationProject

    name = factory.Sequence(lambda n: f"协作项目{n}")
    sending_region = "533100"
    starts_on = date(2024, 9, 1)


class HostOrganisationFactory(Factory):
    """A hotel in Beijing."""

    class Meta:
        model = HostOrganisation

    name = factory.Sequence(lambda n: f"示范宾馆{n}")
    uscc = factory.Sequence(lambda n: f"{n:018d}")
    venue = Venue.HOTEL
    province = "110000"
    city = "北京市"


class PostFactory(Factory):
    """A post that breaks no rule."""

    class Meta:
        model = Post

    host_organisation = factory.SubFactory(HostOrganisationFactory)
    name = "前厅接待"
    venue = Venue.HOTEL
    labour_intensity = LabourIntensity.I
    hazards = factory.LazyFunction(list)
