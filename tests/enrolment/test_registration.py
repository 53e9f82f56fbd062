"""From the applicant to the student."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.rules import Unmet
from exchange.enrolment import service
from exchange.enrolment.models import ApplicantStatus, EntryDocument
from exchange.enrolment.service import TooEarly
from exchange.partners.models import ProjectMode
from exchange.students.models import Student, StudentStatus
from tests.factories.accounts import RegistrarFactory
from tests.factories.enrolment import ApplicantFactory
from tests.factories.students import StudentFactory

DECEMBER = time_machine.travel("2026-12-12 12:00+08:00", tick=False)


def students():
    return database.session.scalar(select(func.count()).select_from(Student))


@DECEMBER
def test_register_makes_the_student_with_guardian_county_and_the_day(db):
    registrar = RegistrarFactory()
    applicant = ApplicantFactory(arrived=True, name="刀玉兰")

    service.change_status(applicant, "register", by=registrar)

    student = applicant.student
    assert applicant.status == ApplicantStatus.REGISTERED
    assert (student.name, student.resident_id, student.ethnicity) == ("刀玉兰", applicant.resident_id, "18")
    assert (student.county_of_origin, student.enrolled_on) == ("533103", date(2026, 12, 12))
    assert (student.status, student.school_class) == (StudentStatus.REGISTERED, applicant.school_class)
    assert student.student_no.startswith(f"2026{applicant.school_class.number:02d}")
    (bond,) = student.guardianships
    assert (bond.guardian.name, bond.relation, bond.guardian.phone) == ("月妈", "母亲", "13800000001")
    assert student.poverty is None
    assert timeline(student)[0].changes["batch"] == "2027 spring"
    assert timeline(applicant)[0].changes["due"] == "2027-04-20"


@pytest.mark.parametrize(
    ("mode", "receiving", "schools"),
    [
        (ProjectMode.FULL, "", ("示范中学", "", "")),
        (ProjectMode.TWO_PLUS_ONE, "湖州分校", ("示范中学", "湖州分校", "湖州分校")),
        (ProjectMode.SHORT_TERM, "", ("示范中学", "", "示范中学")),
    ],
)
def test_register_sets_the_three_schools(db, mode, receiving, schools):
    applicant = ApplicantFactory(arrived=True)
    applicant.project.mode, applicant.project.receiving_school = mode, receiving

    service.change_status(applicant, "register", by=None)

    student = applicant.student
    assert (student.home_school, student.host_school, student.registry_school) == schools


def test_nobody_is_registered_twice(db):
    applicant = ApplicantFactory(arrived=True)
    student = StudentFactory(resident_id=applicant.resident_id)

    with pytest.raises(Unmet, match=student.student_no):
        service.change_status(applicant, "register", by=RegistrarFactory(), reason="再注册一次")

    assert students() == 1


def test_papers_must_be_seen_first(db):
    applicant = ApplicantFactory(arrived=True, documents=[])
    with pytest.raises(Unmet, match="XJ-01"):
        service.change_status(applicant, "register", by=None)

    service.record_documents(applicant, [EntryDocument.HOUSEHOLD_REGISTER, EntryDocument.ADMISSION_LETTER], by=None)
    service.change_status(applicant, "register", by=None)

    assert applicant.student is not None


def test_papers_are_recorded_once_and_of_the_arrived_only(db):
    applicant = ApplicantFactory(arrived=True, documents=[])
    for _time in range(2):
        service.record_documents(applicant, [EntryDocument.IDENTITY_CARD], by=None)

    assert timeline(applicant)[0].changes == {"documents": [[], ["identity_card"]]}
    assert len(timeline(applicant)) == 1
    with pytest.raises(NotPossible):
        service.record_documents(ApplicantFactory(admitted=True), [], by=None)


@DECEMBER
def test_day_of_entry_may_lie_back_but_not_ahead(db):
    applicant = ApplicantFactory(arrived=True)
    with pytest.raises(TooEarly):
        service.change_status(applicant, "register", by=None, on=date(2026, 12, 13))

    service.change_status(applicant, "register", by=None, on=date(2026, 11, 20))

    assert timeline(applicant.student)[0].changes["batch"] == "2026 autumn"


def test_class_is_registered_in_one_go_and_each_refusal_is_named(db):
    first = ApplicantFactory(arrived=True)
    same = {"project": first.project, "school_class": first.school_class}
    without_papers = ApplicantFactory(arrived=True, documents=[], **same)
    known = ApplicantFactory(arrived=True, **same)
    StudentFactory(resident_id=known.resident_id)
    last = ApplicantFactory(arrived=True, **same)

    outcome = service.change_all([first, without_papers, known, last], "register", by=RegistrarFactory())

    assert outcome.done == [first, last]
    assert {person: why[:5] for person, why in outcome.refused} == {without_papers: "XJ-01", known: "XJ-09"}
    assert [each.student.student_no[-2:] for each in outcome.done] == ["01", "02"]
    assert students() == 3


@DECEMBER
def test_nobody_is_enrolled_before_the_year_of_the_intake(db):
    first = ApplicantFactory(arrived=True)
    service.change_status(first, "register", by=None, on=date(2026, 1, 1))
    assert first.student.enrolled_on == date(2026, 1, 1)

    with pytest.raises(TooEarly, match="2026 年"):
        service.change_status(ApplicantFactory(arrived=True), "register", by=None, on=date(2025, 12, 31))
    database.session.rollback()
