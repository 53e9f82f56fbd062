"""Entering applicants and correcting what is written of them.

The trail keeps which fields were changed, not the values: who is not taken must be forgotten, there too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.enrolment import policy, queries
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.models import Applicant
from exchange.enrolment.reading import read_application
from exchange.enrolment.workflow import OPEN
from exchange.partners.models import CooperationProject
from exchange.partners.queries import counties_of
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import area_name
from exchange.students.known import students_by_id
from exchange.students.values import index_of

PLAIN = ("county", "home_school", "wishes")


class NotReadable(DomainError):
    """What is written cannot be right; ``problems`` says which field and why."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__("\n".join(sentence for sentences in problems.values() for sentence in sentences))
        self.problems = problems


class AlreadyApplied(DomainError):
    """A person applies once a year, and nobody applies who is on the register."""


class OutsideOfProject(DomainError):
    """A county that does not belong to the project, or a class of another intake."""


def enter_applicant(
    *,
    project: CooperationProject,
    year: int,
    written: Mapping[str, str],
    school_class: SchoolClass | None = None,
    by: User | None,
    source: Mapping[str, Any] | None = None,
) -> tuple[Applicant, list[str]]:
    """Enter somebody whom a county puts forward; gives the applicant and what should be looked at again.

    ``source`` goes into the trail: the import from which the application comes.

    Raises ``NotReadable``, ``AlreadyApplied`` and ``OutsideOfProject``.
    """
    values, notes = _read(written)
    _check_place(project, year, values["county"], school_class)
    _check_person(values["resident_id"], year, by=by)
    applicant = Applicant(project=project, intake_year=year, school_class=school_class, **values)
    db.session.add(applicant)
    record(
        EnrolmentEvent.APPLIED,
        applicant,
        by=by,
        project=project.name,
        year=year,
        county=applicant.county,
        **source or {},
    )
    return applicant, notes


def change_applicant(
    applicant: Applicant,
    *,
    written: Mapping[str, str],
    school_class: SchoolClass | None,
    by: User | None,
    source: Mapping[str, Any] | None = None,
) -> list[str]:
    """Correct what is written, until registration; gives what should be looked at again. Raises as entering does."""
    lock(applicant)
    if applicant.status not in OPEN:
        raise NotPossible(_("%(name)s的报名已经结束，不能再改。", name=applicant.name))
    values, notes = _read(written)
    _check_place(applicant.project, applicant.intake_year, values["county"], school_class)
    if values["resident_id_index"] != applicant.resident_id_index:
        _check_person(values["resident_id"], applicant.intake_year, by=by)
    values["school_class"] = school_class
    fields = [name for name, value in values.items() if getattr(applicant, name) != value]
    for name in fields:
        setattr(applicant, name, values[name])
    if fields:
        record(EnrolmentEvent.CHANGED, applicant, by=by, fields=fields, **source or {})
    return notes


def remove_applicants(applicants: Sequence[Applicant], *, by: User | None, source: Mapping[str, Any]) -> None:
    """Delete applications that an undone import has entered and nobody has decided upon."""
    for applicant in applicants:
        record(EnrolmentEvent.REMOVED, applicant, by=by, **source)
        db.session.delete(applicant)
    db.session.flush()


def _read(written: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    reading = read_application(written, today=today())
    if reading.problems:
        raise NotReadable(reading.problems)
    index = index_of(reading.values["resident_id"])
    return reading.values | {name: written.get(name, "") for name in PLAIN} | {
        "resident_id_index": index
    }, reading.notes


def _check_place(project: CooperationProject, year: int, county: str, school_class: SchoolClass | None) -> None:
    if county not in {area.code for area in counties_of(project)}:
        raise OutsideOfProject(
            _("%(county)s不在“%(project)s”的生源地区里。", county=area_name(county), project=project.name)
        )
    if school_class and (school_class.project_id, school_class.intake_year) != (project.id, year):
        raise OutsideOfProject(_("%(name)s不是这个项目这一年的班级。", name=school_class.name))


def _check_person(resident_id: str, year: int, *, by: User | None) -> None:
    """Whoever may not see the other record learns only that there is one."""
    applied = queries.applied_with(resident_id, year)
    known = students_by_id([resident_id])
    if (applied is not None or known) and by is not None and not policy.sees_all(by):
        _refuse_in_general(applied, by)
    if applied is not None:
        raise AlreadyApplied(
            _("这个身份证件号今年已经报名：%(name)s，%(status)s。", name=applied.name, status=applied.status.label)
        )
    if known:
        number = known[resident_id].student_no
        raise AlreadyApplied(_("这个身份证件号已有学生记录（学号 %(number)s），不能再报名。", number=number))


def _refuse_in_general(applied: Applicant | None, by: User) -> None:
    is_seen = applied and db.session.scalar(policy.visible_to(by).where(Applicant.id == applied.id))
    if not is_seen:
        raise AlreadyApplied(_("这个身份证件号已经登记过，不能再报名。请和学校联系。"))
