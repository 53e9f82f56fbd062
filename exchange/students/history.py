"""What a student's record said on a day: the status and the class that held then. Orders tell how it came about."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from exchange.core.database import db, today
from exchange.programmes.models import SchoolClass
from exchange.programmes.roll import Roll
from exchange.students.models import ON_ROLL, Period, Student, StudentStatus


class State(NamedTuple):
    """The part of a record that orders change."""

    status: StudentStatus
    school_class_id: int

    @property
    def is_on_roll(self) -> bool:
        """在籍: registered or on leave."""
        return self.status in ON_ROLL


class Span(NamedTuple):
    """A state and the day from which on it holds."""

    begins_on: date
    state: State


def state_of(student: Student) -> State:
    """What the record says today."""
    return State(student.status, student.school_class_id)


def periods_of(student: Student) -> list[Period]:
    """The periods of a student, the first first; none where nothing has ever changed."""
    periods = select(Period).where(Period.student_id == student.id).order_by(Period.begins_on)
    return list(db.session.scalars(periods))


def with_history(student_ids: Collection[int]) -> set[int]:
    """Those of the students whose state has changed: their history begins with the day of enrolment."""
    changed = select(Period.student_id).where(Period.student_id.in_(student_ids)).distinct()
    return set(db.session.scalars(changed)) if student_ids else set()


def periods_with_class(student: Student) -> list[Period]:
    """The same, the latest first, each with its class loaded."""
    periods = select(Period).where(Period.student_id == student.id).options(joinedload(Period.school_class))
    return list(db.session.scalars(periods.order_by(Period.begins_on.desc())))


def coming_periods(student: Student) -> list[Period]:
    """The periods that have not begun, the next first: what orders dated ahead will make of the record."""
    coming = select(Period).where(Period.student_id == student.id, Period.begins_on > today())
    with_class = coming.options(joinedload(Period.school_class))
    return list(db.session.scalars(with_class.order_by(Period.begins_on)))


def state_on(student: Student, day: date) -> State | None:
    """The state of that day; None before the day of enrolment."""
    if day < student.enrolled_on:
        return None
    holding = select(Period).where(Period.student_id == student.id, _holds(day))
    period = db.session.scalar(holding)
    return State(period.status, period.school_class_id) if period else state_of(student)


def as_of(students: Select[Student], day: date) -> Select[Student]:
    """Those of the students who were on the roll that day, whatever has become of them."""
    return with_state(students, day).where(status_on().in_(ON_ROLL), Student.enrolled_on <= day)


def with_state(students: Select[*tuple[Any, ...]], day: date) -> Select[*tuple[Any, ...]]:
    """Joined with the period of the day, so that ``status_on()`` and ``class_on()`` speak of that day."""
    return students.outerjoin(Period, and_(Period.student_id == Student.id, _holds(day)))


def status_on() -> ColumnElement[StudentStatus]:
    """The status of the day that ``with_state`` has joined."""
    return func.coalesce(Period.status, Student.status)


def class_on() -> ColumnElement[int]:
    """The class of the day that ``with_state`` has joined."""
    return func.coalesce(Period.school_class_id, Student.school_class_id)


def classes_on(students: Sequence[Student], day: date) -> dict[int, SchoolClass]:
    """Student → the class of that day, for those among these who have periods."""
    classes = (
        select(Period.student_id, SchoolClass).join(Period.school_class).options(joinedload(SchoolClass.programme))
    )
    found = classes.where(Period.student_id.in_([student.id for student in students]), _holds(day))
    return {row[0]: row[1] for row in db.session.execute(found)}


def states_on(students: Collection[Student], day: date) -> dict[int, Period]:
    """Student → the period of the day with its class, for those among these who have periods."""
    holding = select(Period).where(Period.student_id.in_([student.id for student in students]), _holds(day))
    periods = db.session.scalars(holding.options(joinedload(Period.school_class)))
    return {period.student_id: period for period in periods}


def head_counts(day: date, *, school_class_id: int | None = None) -> dict[StudentStatus, int]:
    """Status → how many students had it that day, of all who had come by then, in one class or in the school."""
    counted = with_state(select(status_on(), func.count(Student.id)).select_from(Student), day)
    counted = counted.where(Student.enrolled_on <= day).group_by(status_on())
    if school_class_id is not None:
        counted = counted.where(class_on() == school_class_id)
    return {StudentStatus(row[0]): int(row[1]) for row in db.session.execute(counted)}


def head_counts_of(class_ids: Collection[int], day: date) -> dict[int, dict[StudentStatus, int]]:
    """Class → status → how many of those who were in the class that day had it."""
    counted = with_state(select(class_on(), status_on(), func.count(Student.id)).select_from(Student), day)
    counted = counted.where(Student.enrolled_on <= day, class_on().in_(class_ids)).group_by(class_on(), status_on())
    found: dict[int, dict[StudentStatus, int]] = {class_id: {} for class_id in class_ids}
    for row in db.session.execute(counted):
        found[int(row[0])][StudentStatus(row[1])] = int(row[2])
    return found


def rolls_of(class_ids: Collection[int], day: date) -> dict[int, Roll]:
    """Class → how many of its students were on the roll on the day, and how many had which status."""
    counts = head_counts_of(class_ids, day)
    return {
        class_id: Roll(
            on_roll=sum(found.get(status, 0) for status in ON_ROLL),
            by_status=found,
        )
        for class_id, found in counts.items()
    }


def left_on(student_ids: Collection[int]) -> dict[int, date]:
    """Student → the first day off the roll, for those among these who have been on it by their periods."""
    ended = select(Period.student_id, func.max(Period.until)).where(
        Period.student_id.in_(student_ids), Period.status.in_(ON_ROLL), Period.begins_on <= today()
    )
    return {row[0]: row[1] for row in db.session.execute(ended.group_by(Period.student_id)) if row[1]}


def write_periods(student: Student, spans: Sequence[Span], *, on: date) -> None:
    """Put these periods in the place of those there were, and the state of ``on`` into the record.

    The first span begins with the enrolment. A student of whom nothing has changed needs no periods.
    """
    db.session.execute(delete(Period).where(Period.student_id == student.id))
    following = [span.begins_on for span in spans[1:]]
    rows = [
        {
            "student_id": student.id,
            "begins_on": span.begins_on,
            "until": until,
            "status": span.state.status,
            "school_class_id": span.state.school_class_id,
        }
        for span, until in zip(spans, [*following, None], strict=True)
    ]
    if len(rows) > 1:
        db.session.execute(insert(Period), rows)
    if rows:  # of who is enrolled ahead, nothing has begun yet
        begun = [span for span in spans if span.begins_on <= on]
        _take_on(student, (begun or spans[:1])[-1].state)


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, the later of two spans of one day, and without those that change nothing."""
    by_day = {span.begins_on: span for span in sorted(spans, key=lambda span: span.begins_on)}
    ordered = list(by_day.values())
    return ordered[:1] + [span for before, span in pairwise(ordered) if span.state != before.state]


def overtaken(day: date) -> Iterator[tuple[Student, State]]:
    """Students whose record does not yet say what holds on the day, because a change was dated ahead."""
    differs = or_(Period.status != Student.status, Period.school_class_id != Student.school_class_id)
    late = select(Student, Period.status, Period.school_class_id).join(Period, Period.student_id == Student.id)
    for student, status, class_id in db.session.execute(late.where(_holds(day), differs).order_by(Student.id)).all():
        yield student, State(status, class_id)


def _take_on(student: Student, state: State) -> None:
    db.session.execute(
        update(Student)
        .where(Student.id == student.id)
        .values(status=state.status, school_class_id=state.school_class_id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(student)


def _holds(day: date) -> ColumnElement[bool]:
    until: InstrumentedAttribute[date | None] = Period.until
    return and_(Period.begins_on <= day, or_(until.is_(None), until > day))
