"""Reading journeys: who travels, who stays, who was not decided about, and who has not arrived."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.core.database import SCHOOL_TIME, db, end_of
from exchange.programmes.models import SchoolClass
from exchange.students import history
from exchange.students.models import ON_ROLL, Guardianship, Student
from exchange.welfare.models import HolidayStay, Leg, Seat, TravelGroup, Trip
from exchange.welfare.rules.limits import limit
from exchange.welfare.rules.travel import is_late, is_missed


@dataclass
class Load:
    """A group with how many travel in it and how many have arrived."""

    group: TravelGroup
    travelling: int = 0
    arrived: int = 0


@dataclass
class Plans:
    """What was decided for the students of a class: student → seat by way, or stay."""

    seats: dict[int, dict[Leg, Seat]] = field(default_factory=dict)
    stays: dict[int, HolidayStay] = field(default_factory=dict)


@dataclass(frozen=True)
class Late:
    """A student who is back too late, or not back at all."""

    student: Student
    arrived_on: date | None
    days: int


def trips() -> Select[Trip]:
    """All trips, the next or newest first; to be paged."""
    return select(Trip).order_by(Trip.leaves_on.desc(), Trip.id.desc())


def find_trip(name: str) -> Trip | None:
    """The trip with this name."""
    return db.session.scalar(select(Trip).where(Trip.name == name))


def groups_of(trip: Trip) -> list[TravelGroup]:
    """The groups of a trip: home first, then in the order of departure."""
    groups = select(TravelGroup).where(TravelGroup.trip_id == trip.id).options(joinedload(TravelGroup.escort))
    order = (TravelGroup.leg.desc(), TravelGroup.meets_at, TravelGroup.id)
    return list(db.session.scalars(groups.order_by(*order)).unique())


def loads_of(trip: Trip, moment: datetime) -> list[Load]:
    """The groups with how many travel, and how many had arrived by the moment."""
    arrived = func.sum(case((Seat.arrived_at <= moment, 1), else_=0))
    counted = select(Seat.group_id, func.count(Seat.id), arrived).where(Seat.trip_id == trip.id).group_by(Seat.group_id)
    figures = {row[0]: (row[1], row[2]) for row in db.session.execute(counted)}
    return [Load(group, *figures.get(group.id, (0, 0))) for group in groups_of(trip)]


def seats_in(group: TravelGroup, seats: Select[Seat] | None = None, *, moment: datetime | None = None) -> list[Seat]:
    """Who travels in a group, of these seats or of all: who has not arrived, now or by the moment, first; by name."""
    is_there = ~_not_there(Seat.arrived_at, moment) if moment else Seat.arrived_at.is_not(None)
    inside = (select(Seat) if seats is None else seats).join(Seat.student).where(Seat.group_id == group.id)
    inside = inside.options(*with_families()).order_by(is_there, Student.pinyin, Seat.id)
    return list(db.session.scalars(inside))


def with_families() -> tuple[ORMOption, ...]:
    """Load student, class and guardians along: a list for the escort names them all."""
    student = joinedload(Seat.student)
    guardians = selectinload(Student.guardianships).joinedload(Guardianship.guardian)
    return student.joinedload(Student.school_class), student.options(guardians)


def missed(seats: Select[Seat], moment: datetime, *, trip: Trip | None = None) -> list[Seat]:
    """Of these seats, those whose arrival nobody had confirmed in time at the moment, the longest first."""
    waiting = seats.join(Seat.group).where(_not_there(Seat.arrived_at, moment), TravelGroup.arrives_at <= moment)
    if trip:
        waiting = waiting.where(Seat.trip_id == trip.id)
    waiting = waiting.options(
        joinedload(Seat.group), joinedload(Seat.student).joinedload(Student.school_class)
    ).order_by(TravelGroup.arrives_at, Seat.id)
    return [seat for seat in db.session.scalars(waiting) if is_missed(seat.group.arrives_at, moment)]


def _not_there(arrived_at: Any, moment: datetime) -> ColumnElement[bool]:
    return or_(arrived_at.is_(None), arrived_at > moment)


def to_confirm(seats: Select[Seat], moment: datetime) -> tuple[ScalarSelect[int], ScalarSelect[str]]:
    """How many of these seats have arrived by the plan unconfirmed, and who first; two parts of a statement."""
    waiting = seats.join(Seat.group).where(Seat.arrived_at.is_(None), TravelGroup.arrives_at <= moment)
    first = waiting.join(Seat.student).with_only_columns(Student.name).order_by(TravelGroup.arrives_at, Seat.id)
    return waiting.with_only_columns(func.count(Seat.id)).scalar_subquery(), first.limit(1).scalar_subquery()


def plans_of(trip: Trip, student_ids: Sequence[int]) -> Plans:
    """What was decided for these students."""
    plans = Plans()
    seats = select(Seat).where(Seat.trip_id == trip.id, Seat.student_id.in_(student_ids))
    for seat in db.session.scalars(seats.options(joinedload(Seat.group))):
        plans.seats.setdefault(seat.student_id, {})[seat.leg] = seat
    stays = select(HolidayStay).where(HolidayStay.trip_id == trip.id, HolidayStay.student_id.in_(student_ids))
    plans.stays = {stay.student_id: stay for stay in db.session.scalars(stays)}
    return plans


def stays_in(trip: Trip, students: Select[Student]) -> list[HolidayStay]:
    """Who of these stays, with class, by name."""
    stays = select(HolidayStay).join(HolidayStay.student).where(HolidayStay.trip_id == trip.id)
    stays = stays.where(HolidayStay.student_id.in_(students.with_only_columns(Student.id)))
    people = joinedload(HolidayStay.student).joinedload(Student.school_class)
    return list(db.session.scalars(stays.options(people).order_by(Student.pinyin, HolidayStay.id)))


def undecided(trip: Trip, students: Select[Student]) -> list[tuple[SchoolClass, int]]:
    """Classes with the number of students of whom nobody has said whether they go or stay."""
    goes = select(Seat.student_id).where(Seat.trip_id == trip.id, Seat.leg == Leg.HOME)
    stays = select(HolidayStay.student_id).where(HolidayStay.trip_id == trip.id)
    open_ones = students.where(
        Student.status.in_(ON_ROLL), Student.enrolled_on <= trip.leaves_on, Student.id.not_in(goes.union(stays))
    )
    counted = (
        open_ones.join(SchoolClass, SchoolClass.id == Student.school_class_id)
        .with_only_columns(SchoolClass, func.count(Student.id))
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.intake_year.desc(), SchoolClass.number)
    )
    return [(school_class, count) for school_class, count in db.session.execute(counted)]


def late_returns(trip: Trip, students: Select[Student], day: date) -> list[Late]:
    """Who went home and by the day came back too late, or was not back although it was too late; not back first."""
    if not is_late(trip.back_on, day):
        return []
    went = select(Seat.student_id).where(Seat.trip_id == trip.id, Seat.leg == Leg.HOME)
    allowed = datetime.combine(
        trip.back_on + timedelta(days=limit("days_of_late_return", day) + 1), datetime.min.time(), SCHOOL_TIME
    )
    back = select(Seat.student_id, Seat.arrived_at).where(Seat.trip_id == trip.id, Seat.leg == Leg.BACK).subquery()
    late = (
        history.as_of(students, day)
        .outerjoin(back, back.c.student_id == Student.id)
        .where(Student.id.in_(went))
        .where(or_(back.c.arrived_at.is_(None), back.c.arrived_at >= allowed))
        .options(joinedload(Student.school_class))
        .add_columns(back.c.arrived_at)
        .order_by(back.c.arrived_at.is_not(None), Student.pinyin)
    )
    found = []
    for student, arrived_at in db.session.execute(late):
        is_back = arrived_at is not None and arrived_at < end_of(day)
        arrived_on = arrived_at.astimezone(SCHOOL_TIME).date() if is_back else None
        found.append(Late(student, arrived_on, ((arrived_on or day) - trip.back_on).days))
    return found
