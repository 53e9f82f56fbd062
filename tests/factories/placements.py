"""Placements and what is recorded for them."""

from datetime import date
from decimal import Decimal

import factory

from exchange.placements import service
from exchange.placements.facts.values import Capability, FilingKind, InsurancePayer
from exchange.placements.models import Placement
from exchange.placements.rules.signatures import AGREEMENT_ITEMS
from tests.factories.accounts import InstructorFactory
from tests.factories.base import Factory
from tests.factories.partners import PostFactory
from tests.factories.students import StudentFactory


class PlacementFactory(Factory):
    """A plan for Beijing that breaks no rule of planning but that nobody has declared yet what is taken of the student;
    nothing is recorded for its first day."""

    class Meta:
        model = Placement

    student = factory.SubFactory(StudentFactory, birth_date=date(2008, 5, 6), enrolled_on=date(2024, 9, 1))
    post = factory.SubFactory(PostFactory)
    starts_on = date(2026, 3, 2)
    ends_on = date(2026, 8, 28)
    workplace = "北京市东城区示范路1号"
    directions = "地铁5号线示范站A口，步行6分钟"
    capability = Capability.RELATIVELY_INDEPENDENT
    instructor = factory.SubFactory(InstructorFactory)
    mentor_name = "示范主管"
    mentor_phone = "01000000000"


SIGNED_ON = date(2026, 2, 1)


def record_consent(placement, *, by=None):
    return service.record_consent(placement, student_signed_on=SIGNED_ON, guardian_signed_on=SIGNED_ON, by=by)


def record_agreement(placement, *, by=None):
    return service.record_agreement(
        placement,
        school_signed_on=SIGNED_ON,
        host_signed_on=SIGNED_ON,
        student_signed_on=SIGNED_ON,
        guardian_signed_on=SIGNED_ON,
        items=dict.fromkeys(AGREEMENT_ITEMS, True) | {"other": False},
        by=by,
    )


def record_safety_test(placement, *, by=None):
    return service.record_safety_test(placement, score=Decimal(92), pass_score=Decimal(60), taken_on=SIGNED_ON, by=by)


def record_insurance(placement, *, by=None):
    return service.record_insurance(
        placement,
        covers_from=placement.starts_on,
        covers_to=placement.ends_on,
        payer=InsurancePayer.SCHOOL_TUITION,
        student_listed=True,
        student_paid=Decimal(0),
        by=by,
    )


def record_cross_province_filing(placement, *, by=None):
    return service.record_filing(
        placement,
        kind=FilingKind.CROSS_PROVINCE,
        authority_consent_on=SIGNED_ON,
        filed_on=SIGNED_ON,
        package_sent_on=SIGNED_ON,
        by=by,
    )


def record_post_filing(placement, *, by=None):
    return service.record_filing(placement, kind=FilingKind.POST_INTERNSHIP, filed_on=SIGNED_ON, by=by)


def record_training(placement, *, by=None):
    return service.record_training(placement, student_on=SIGNED_ON, instructor_on=SIGNED_ON, mentor_on=SIGNED_ON, by=by)


def record_lodging(placement, *, by=None):
    return service.record_lodging(
        placement,
        away_from_home=True,
        unified=True,
        address="北京市东城区示范公寓301室",
        warden_phone="01000000001",
        by=by,
    )


def record_declaration(placement, *, by=None):
    """Nothing is charged, nothing withheld, no guarantee asked."""
    return service.record_declaration(placement, fees={}, documents_withheld=[], guarantees=[], by=by)


CURES = {
    "INT-36": record_declaration,
    "INT-37": record_declaration,
    "INT-13": record_consent,
    "INT-20": record_agreement,
    "INT-21": record_agreement,
    "INT-41": record_cross_province_filing,
    "INT-46": record_safety_test,
    "INT-47": record_insurance,
    "INT-03": record_post_filing,
    "INT-11": record_training,
    "INT-40": record_lodging,
}
"""Rule → what clears it."""


def record_everything(placement, *, by=None):
    """All that the law asks for before the first day."""
    for cure in dict.fromkeys(CURES.values()):
        cure(placement, by=by)
