"""Registering: the papers are seen, nobody bears the same number, and the student comes into being."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.enrolment import queries
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.models import Applicant, ApplicantStatus, EntryDocument
from exchange.enrolment.rules import REGISTRATION
from exchange.enrolment.service.steps import Step, TooEarly
from exchange.partners.models import ProjectMode
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import registration_batch
from exchange.students.models import Student
from exchange.students.service import NewStudent, create_students
from exchange.students.values import GROUP_NAMES


def record_documents(applicant: Applicant, documents: Iterable[EntryDocument], *, by: User | None) -> None:
    """Which papers were seen. Raises ``NotPossible`` for who has not come or is registered."""
    lock(applicant)
    if applicant.status is not ApplicantStatus.ARRIVED:
        raise NotPossible(
            _("%(name)s现在是“%(status)s”，不用查验证件。", name=applicant.name, status=applicant.status.label)
        )
    seen = sorted(EntryDocument(document).value for document in documents)
    if seen != applicant.documents:
        former, applicant.documents = applicant.documents, seen
        record(EnrolmentEvent.DOCUMENTS_SEEN, applicant, by=by, documents=[former, seen])


def register(applicant: Applicant, step: Step) -> dict[str, Any]:
    """Make the student of the applicant, enrolled on the day of the step. Raises ``Unmet`` and ``TooEarly``."""
    if step.on > today():
        raise TooEarly(_("入学日期还没有到。"))
    if step.on.year < applicant.intake_year:
        raise TooEarly(_("入学日期不能早于招生年份 %(year)s 年。", year=applicant.intake_year))
    REGISTRATION.enforce(queries.newcomer_of(applicant), reason=step.reason)
    school_class = db.session.get_one(SchoolClass, applicant.school_class_id)
    (student_id,) = create_students(
        [NewStudent(_roster_values(applicant, step.on), school_class)], by=step.by, source={"applicant": applicant.id}
    )
    student = db.session.get_one(Student, student_id)
    student.enrolled_on = step.on
    schools = schools_of(applicant)
    for field, school in schools.items():
        setattr(student, field, school)
    applicant.student = student
    batch = registration_batch(step.on)
    entry: dict[str, Any] = {"enrolled_on": step.on, "batch": f"{batch.year} {batch.season.value}", "due": batch.due}
    record(EnrolmentEvent.STUDENT_REGISTERED, student, by=step.by, **entry, **schools)
    return {**entry, "student": student_id}


def schools_of(applicant: Applicant) -> dict[str, str]:
    """The three schools of a student; empty is ours.

    The school that teaches keeps the register (XJ-05); who comes for a short stay remains on the home school's.
    """
    host = applicant.project.receiving_school
    stays_on_home_register = applicant.project.mode is ProjectMode.SHORT_TERM
    return {
        "home_school": applicant.home_school,
        "host_school": host,
        "registry_school": applicant.home_school if stays_on_home_register else host,
    }


def _roster_values(applicant: Applicant, entry: date) -> dict[str, Any]:
    """The applicant in the form of a roster row."""
    guardian = {
        "name": applicant.guardian_name,
        "relation": applicant.guardian_relation,
        "phone": applicant.guardian_phone,
    }
    values = {
        "name": applicant.name,
        "resident_id": applicant.resident_id,
        "sex": applicant.sex.value,
        "birth_date": applicant.birth_date.isoformat() if applicant.birth_date else "",
        "ethnicity": GROUP_NAMES.get(applicant.ethnicity, ""),
        "origin_area": applicant.county,
        "entry_month": f"{entry:%Y-%m}",
        "phone": applicant.phone,
        "guardians": [{**guardian, "is_guardian": True}] if applicant.guardian_name else [],
    }
    return {field: value for field, value in values.items() if value not in (None, "", [])}
