"""Cooperation projects, host organisations and posts."""

from datetime import date
from decimal import Decimal

import factory
from stdnum.cn import uscc as credit_code

from exchange.partners.models import (
    CooperationProject,
    CreditCheck,
    HostApproval,
    HostOrganisation,
    HostPublication,
    InternshipPlan,
    Post,
    ProjectRegion,
    SiteInspection,
)
from exchange.partners.values import INSPECTION_ITEMS, PLAN_SECTIONS, LabourIntensity, LegalStatus, Venue
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


def host_records():
    """All that a host must have before it takes anybody."""
    return [
        SiteInspection(
            inspected_on=date(2026, 1, 8),
            signed_on=date(2026, 1, 9),
            inspectors="示范教师",
            items=dict.fromkeys(INSPECTION_ITEMS, "符合要求"),
            complete=True,
            fits_training=True,
            fits_industry=True,
        ),
        CreditCheck(checked_on=date(2026, 1, 7), has_dishonesty_record=False, source="信用中国"),
        HostApproval(party_meeting_on=date(2026, 1, 12), minutes_no="〔2026〕1号"),
        HostPublication(published_on=date(2026, 1, 13), place="校园网"),
        InternshipPlan(agreed_on=date(2026, 1, 15), sections=dict.fromkeys(PLAN_SECTIONS, "见方案")),
    ]


class HostOrganisationFactory(Factory):
    """A hotel in Beijing that may take interns: 32 at once, of which 9 are from other schools."""

    class Meta:
        model = HostOrganisation

    name = factory.Sequence(lambda n: f"示范宾馆{n}")
    uscc = factory.Sequence(uscc)
    venue = Venue.HOTEL
    province = "110000"
    city = "北京市"
    address = "北京市东城区示范路1号"
    legal_status = LegalStatus.LEGAL_PERSON
    staff_total = 320
    staff_counted_on = date(2026, 1, 8)
    other_interns = 9
    records = factory.LazyFunction(host_records)


class PostFactory(Factory):
    """A post that breaks no rule, with room for four at once."""

    class Meta:
        model = Post

    host_organisation = factory.SubFactory(HostOrganisationFactory)
    name = "前厅接待"
    venue = Venue.HOTEL
    labour_intensity = LabourIntensity.I
    hazards = factory.LazyFunction(list)
    majors = factory.LazyFunction(lambda: ["740104"])
    staff_same_kind = 22
    wage = Decimal(3000)
    lowest_grade_wage = Decimal(2200)
