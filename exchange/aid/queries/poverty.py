"""Hardship as of a day, and where the roster says something else."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from exchange.aid.categories import NONE, Category, categories, meant_by
from exchange.aid.models import PovertyStatus
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.students.models import ON_ROLL, Student
from exchange.students.queries import listed

PORTION = 500


class Disagreement(NamedTuple):
    """What the roster says, what is recorded for the day, and what the roster's word may mean."""

    student: Student
    roster: str
    recorded: list[PovertyStatus]
    meanings: list[Category]


def statuses_of(student: Student) -> list[PovertyStatus]:
    """All that was ever recorded of a student, void ones too, the newest first."""
    statuses = select(PovertyStatus).where(PovertyStatus.student_id == student.id)
    ordered = statuses.order_by(PovertyStatus.begins_on.desc(), PovertyStatus.id.desc())
    return list(db.session.scalars(ordered.options(joinedload(PovertyStatus.assessed_by))).unique())


def statuses_on(day: date, student_ids: Sequence[int]) -> dict[int, list[PovertyStatus]]:
    """Student → what holds on the day, in the order in which it began."""
    return _by_student(_holds(day), student_ids)


def begun_by(day: date, student_ids: Sequence[int]) -> dict[int, list[PovertyStatus]]:
    """Student → what began on the day or before and is not void, whether it has ended or not, in that order."""
    return _by_student(and_(PovertyStatus.voided_at.is_(None), PovertyStatus.begins_on <= day), student_ids)


def listed_on(day: date, *, q: str = "", class_name: str = "", sort: str = "") -> Select[Student]:
    """The students of whom something holds on the day."""
    with_status = select(PovertyStatus.student_id).where(_holds(day))
    return listed(select(Student).where(Student.id.in_(with_status)), q=q, class_name=class_name, sort=sort)


def disagreements(day: date) -> list[Disagreement]:
    """Students on the roll of whom the roster says one thing and the statuses of the day another, by class and name.

    Sealed values cannot be compared by the database: all are read, once, by the page that shows them.
    """
    on_roll = select(Student.id, Student.poverty).where(Student.status.in_(ON_ROLL), Student.poverty.is_not(None))
    said: dict[int, str] = {row[0]: str(row[1]) for row in db.session.execute(on_roll)}
    recorded = statuses_on(day, list(said))
    differing = [
        student_id
        for student_id, value in said.items()
        if not agrees(value, [each.category_code for each in recorded.get(student_id, [])], day)
    ]
    students = select(Student).join(Student.school_class).options(joinedload(Student.school_class))
    ordered = students.where(Student.id.in_(differing)).order_by(SchoolClass.name, Student.pinyin, Student.id)
    return [
        Disagreement(student, said[student.id], recorded.get(student.id, []), meant_by(said[student.id], day))
        for student in db.session.scalars(ordered)
    ]


def agrees(roster_value: str, codes: Sequence[str], day: date) -> bool:
    """One of the recorded kinds is what the roster means; 否 agrees with none at all."""
    meant = {each.code for each in meant_by(roster_value, day)}
    if not codes:
        return not meant or meant == {NONE}
    return bool(meant & set(codes)) or not meant


def overlapping(student: Student, code: str, begins_on: date, until: date | None) -> PovertyStatus | None:
    """A status of the same kind that holds on one of these days."""
    for status in statuses_of(student):
        begins_before_end = until is None or status.begins_on < until
        ends_after_begin = status.until is None or status.until > begins_on
        if not status.is_void and status.category_code == code and begins_before_end and ends_after_begin:
            return status
    return None


def label_of(code: str) -> str:
    """The category in words."""
    return categories()[code].label


def _by_student(condition: ColumnElement[bool], student_ids: Sequence[int]) -> dict[int, list[PovertyStatus]]:
    found: dict[int, list[PovertyStatus]] = defaultdict(list)
    for start in range(0, len(student_ids), PORTION):
        portion = student_ids[start : start + PORTION]
        statuses = select(PovertyStatus).where(PovertyStatus.student_id.in_(portion), condition)
        for status in db.session.scalars(statuses.order_by(PovertyStatus.begins_on, PovertyStatus.id)):
            found[status.student_id].append(status)
    return found


def _holds(day: date) -> ColumnElement[bool]:
    until: InstrumentedAttribute[date | None] = PovertyStatus.until
    still = or_(until.is_(None), until > day)
    return and_(PovertyStatus.voided_at.is_(None), PovertyStatus.begins_on <= day, still)
