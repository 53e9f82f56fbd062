"""Finding applicants: lists, numbers, and whether somebody is known already."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.core.database import db
from exchange.core.masking import RESIDENT_ID
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.queries import history
from exchange.enrolment.rules import Newcomer
from exchange.enrolment.workflow import TAKING_A_PLACE
from exchange.partners.models import CooperationProject
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student
from exchange.students.roster.identity import normalise_id
from exchange.students.values import index_of

SORTS = {
    "name": (Applicant.name, Applicant.id),
    "-name": (Applicant.name.desc(), Applicant.id),
    "county": (Applicant.county, Applicant.id),
    "-county": (Applicant.county.desc(), Applicant.id),
}


def with_people() -> tuple[ORMOption, ...]:
    """Load project, class and group along: a page asks for all of them."""
    return (
        joinedload(Applicant.project),
        joinedload(Applicant.school_class),
        joinedload(Applicant.arrival_group),
    )


def listed(
    scope: Select[Applicant],
    *,
    project: CooperationProject,
    year: int,
    q: str = "",
    status: str = "",
    county: str = "",
    sort: str = "",
    day: date | None = None,
) -> Select[Applicant]:
    """The applicants of an intake within the scope, filtered; who came first stands first.

    With ``day`` those who were entered by then, by their status of that day.
    """
    rows = scope.where(Applicant.project_id == project.id, Applicant.intake_year == year).options(*with_people())
    if wanted := unicodedata.normalize("NFKC", q).strip():
        number = normalise_id(wanted)
        if RESIDENT_ID.fullmatch(number):
            rows = rows.where(Applicant.resident_id_index == index_of(number))
        else:
            rows = rows.where(
                or_(
                    Applicant.name.icontains(q.strip(), autoescape=True),
                    Applicant.admission_no.startswith(wanted, autoescape=True),
                )
            )
    if day is not None:
        rows = history.with_step(rows, day)
    if status in set(ApplicantStatus) and day is not None:
        rows = rows.where(history.has_status(ApplicantStatus(status)))
    elif status in set(ApplicantStatus):
        rows = rows.where(Applicant.status == ApplicantStatus(status))
    if county:
        rows = rows.where(Applicant.county == county)
    return rows.order_by(*SORTS.get(sort, (Applicant.id,)))


def is_taken() -> ColumnElement[bool]:
    """Who has a place: admitted, arrived or registered."""
    return Applicant.status.in_(TAKING_A_PLACE)


def classes_of(project: CooperationProject, year: int) -> list[SchoolClass]:
    """The classes of an intake of a project."""
    classes = select(SchoolClass).where(SchoolClass.project_id == project.id, SchoolClass.intake_year == year)
    return list(db.session.scalars(classes.order_by(SchoolClass.number, SchoolClass.id)))


def arrived_by_class() -> list[tuple[SchoolClass, int]]:
    """Classes with newcomers who wait for registration, and how many."""
    counted = (
        select(SchoolClass, func.count(Applicant.id))
        .join(Applicant, Applicant.school_class_id == SchoolClass.id)
        .where(Applicant.status == ApplicantStatus.ARRIVED)
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
    )
    return [(school_class, count) for school_class, count in db.session.execute(counted)]


def registered_in(school_class: SchoolClass) -> list[Applicant]:
    """Who has come onto the register of the class through an application, by student number."""
    rows = select(Applicant).join(Applicant.student).where(Applicant.school_class_id == school_class.id)
    return list(db.session.scalars(rows.options(contains_eager(Applicant.student)).order_by(Student.student_no)))


def applied_with(resident_id: str, year: int) -> Applicant | None:
    """Who has applied in this year with this resident ID, under whatever project."""
    applied = select(Applicant).where(
        Applicant.resident_id_index == index_of(resident_id), Applicant.intake_year == year
    )
    return db.session.scalar(applied)


def last_number(prefix: str) -> int:
    """The highest serial among the admission numbers that begin so."""
    highest = db.session.scalar(
        select(func.max(Applicant.admission_no)).where(Applicant.admission_no.startswith(prefix))
    )
    return int(highest[len(prefix) :]) if highest else 0


def newcomer_of(applicant: Applicant) -> Newcomer:
    """The applicant as the rules of registration ask."""
    return newcomers([applicant])[applicant.id]


def newcomers(applicants: Sequence[Applicant]) -> dict[int, Newcomer]:
    """Applicant → what the rules of registration ask; the records of all are looked up at once."""
    indexes = {applicant.resident_id_index for applicant in applicants if applicant.resident_id_index}
    known = select(Student.resident_id_index, Student.student_no).where(Student.resident_id_index.in_(indexes))
    numbers = dict(db.session.execute(known).all()) if indexes else {}
    return {
        applicant.id: Newcomer(
            documents=frozenset(applicant.documents),
            has_class=applicant.school_class_id is not None,
            student_no=numbers.get(applicant.resident_id_index or "", ""),
        )
        for applicant in applicants
    }
