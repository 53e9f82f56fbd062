"""Applicants, the groups in which they travel, and term registrations."""

from datetime import date

import factory

from exchange.core.database import now
from exchange.enrolment.models import Applicant, ApplicantStatus, ArrivalGroup, EntryDocument, TermRegistration
from exchange.students.models import Sex
from exchange.students.values import index_of
from tests.factories.base import Factory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory, resident_id

PAPERS = [EntryDocument.ADMISSION_LETTER.value, EntryDocument.IDENTITY_CARD.value, EntryDocument.JUNIOR_DIPLOMA.value]


class ArrivalGroupFactory(Factory):
    """By train from Kunming."""

    class Meta:
        model = ArrivalGroup

    project = factory.SubFactory(CooperationProjectFactory)
    intake_year = 2026
    arrives_on = date(2026, 8, 28)
    transport = "G1376"
    place = "德清站"
    escort_name = "示范教师"
    escort_phone = "13900000009"


class ApplicantFactory(Factory):
    """A girl of sixteen from Mangshi, put forward and not decided upon."""

    class Meta:
        model = Applicant

    class Params:
        serial = factory.Sequence(lambda n: n)
        admitted = factory.Trait(
            status=ApplicantStatus.ADMITTED,
            admission_no=factory.Sequence(lambda n: f"202699{n:03d}"),
            admitted_on=date(2026, 6, 1),
        )
        arrived = factory.Trait(
            admitted=True,
            status=ApplicantStatus.ARRIVED,
            arrived_at=factory.LazyFunction(now),
            documents=factory.LazyFunction(lambda: list(PAPERS)),
        )

    project = factory.SubFactory(CooperationProjectFactory)
    intake_year = 2026
    name = factory.Sequence(lambda n: "月" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(n)))
    sex = Sex.FEMALE
    birth_date = factory.LazyAttribute(lambda applicant: date(2008 + applicant.serial // 350 % 5, 5, 7))
    resident_id = factory.LazyAttribute(
        lambda applicant: resident_id(applicant.serial, applicant.birth_date, applicant.sex)
    )
    resident_id_index = factory.LazyAttribute(lambda applicant: index_of(applicant.resident_id))
    ethnicity = "18"
    county = "533103"
    home_school = "示范中学"
    guardian_name = "月妈"
    guardian_relation = "母亲"
    guardian_phone = "13800000001"
    school_class = factory.LazyAttribute(
        lambda applicant: SchoolClassFactory(project=applicant.project, intake_year=applicant.intake_year)
    )


class TermRegistrationFactory(Factory):
    class Meta:
        model = TermRegistration

    student = factory.SubFactory(StudentFactory)
    term = factory.SubFactory(TermFactory)
    registered_on = date(2026, 9, 1)
