"""Entering applicants and correcting what is written of them."""

import pytest

from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.enrolment import service
from exchange.enrolment.models import ApplicantStatus
from exchange.enrolment.service import AlreadyApplied, NotReadable, OutsideOfProject
from exchange.partners.service import grant_regions
from tests.factories.accounts import PartnerUserFactory, RegistrarFactory
from tests.factories.enrolment import ApplicantFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory, resident_id

WRITTEN = {
    "name": "刀玉兰",
    "resident_id": resident_id(1),
    "ethnicity": "傣族",
    "county": "533103",
    "home_school": "芒市示范中学",
    "guardian_name": "刀母",
    "guardian_relation": "母亲",
    "guardian_phone": "13800000001",
}


def enter(project=None, **written):
    project = project or CooperationProjectFactory()
    return service.enter_applicant(project=project, year=2026, written=WRITTEN | written, by=None)[0]


def test_enter_keeps_what_is_written_and_the_trail_keeps_no_person(db):
    registrar = RegistrarFactory()

    applicant, notes = service.enter_applicant(
        project=CooperationProjectFactory(), year=2026, written=WRITTEN, by=registrar
    )

    assert (applicant.name, applicant.county, applicant.home_school) == ("刀玉兰", "533103", "芒市示范中学")
    assert (applicant.status, notes) == (ApplicantStatus.APPLIED, [])
    line = timeline(applicant)[0]
    assert line.actor == registrar
    assert "刀玉兰" not in str(line.changes)
    assert WRITTEN["resident_id"] not in str(line.changes)


def test_enter_refuses_what_is_not_readable(db):
    with pytest.raises(NotReadable) as refusal:
        enter(resident_id="123")

    assert list(refusal.value.problems) == ["resident_id"]


def test_enter_refuses_a_county_of_somewhere_else(db):
    with pytest.raises(OutsideOfProject, match="冕宁县"):
        enter(county="513433")


def test_enter_refuses_a_class_of_another_intake(db):
    project = CooperationProjectFactory()
    other = SchoolClassFactory(project=project, intake_year=2025)

    with pytest.raises(OutsideOfProject, match=other.name):
        service.enter_applicant(project=project, year=2026, written=WRITTEN, school_class=other, by=None)


def test_nobody_applies_twice_a_year_under_whatever_project(db):
    enter()

    with pytest.raises(AlreadyApplied, match="刀玉兰"):
        enter()


def test_somebody_may_apply_again_next_year(db):
    applicant = enter()

    again, _notes = service.enter_applicant(project=applicant.project, year=2027, written=WRITTEN, by=None)

    assert again.id != applicant.id


def test_who_has_a_record_does_not_apply(db):
    student = StudentFactory()

    with pytest.raises(AlreadyApplied, match=student.student_no):
        enter(resident_id=student.resident_id)


def test_bureau_learns_nothing_of_people_of_other_counties(db):
    bureau = PartnerUserFactory()
    grant_regions(bureau, ["533103"], by=None)
    project = CooperationProjectFactory()
    applicant = ApplicantFactory(project=project, county="533123", name="岩秘密")
    student = StudentFactory(county_of_origin="533123")
    own = ApplicantFactory(project=project, county="533103", name="岩温罕")
    general = "这个身份证件号已经登记过，不能再报名。请和学校联系。"

    for number, said in (
        (applicant.resident_id, general),
        (student.resident_id, general),
        (own.resident_id, "这个身份证件号今年已经报名：岩温罕，已报名。"),
    ):
        with pytest.raises(AlreadyApplied) as refusal:
            service.enter_applicant(project=project, year=2026, written=WRITTEN | {"resident_id": number}, by=bureau)
        assert str(refusal.value) == said


def test_change_records_the_fields_and_no_values(db):
    applicant = enter()

    service.change_applicant(
        applicant, written=WRITTEN | {"name": "刀玉香", "guardian_phone": "13800000002"}, school_class=None, by=None
    )

    assert applicant.name == "刀玉香"
    assert timeline(applicant)[0].changes == {"fields": ["name", "guardian_phone"]}


def test_change_without_a_difference_leaves_no_line(db):
    applicant = enter()

    service.change_applicant(applicant, written=WRITTEN, school_class=None, by=None)

    assert len(timeline(applicant)) == 1


def test_change_to_the_number_of_somebody_else_is_refused(db):
    enter(resident_id=resident_id(2))
    applicant = enter()

    with pytest.raises(AlreadyApplied):
        service.change_applicant(
            applicant, written=WRITTEN | {"resident_id": resident_id(2)}, school_class=None, by=None
        )


@pytest.mark.parametrize("status", [ApplicantStatus.REGISTERED, ApplicantStatus.REJECTED, ApplicantStatus.FORFEITED])
def test_what_is_closed_is_not_changed(db, status):
    applicant = ApplicantFactory(status=status)

    with pytest.raises(NotPossible):
        service.change_applicant(applicant, written=WRITTEN, school_class=None, by=None)

    assert database.session.scalar(database.select(database.func.count()).select_from(AuditEvent)) == 0
