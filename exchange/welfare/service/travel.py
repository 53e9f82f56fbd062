"""Trips, groups and seats; and that everybody has arrived."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.students.models import ON_ROLL, Student
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import HolidayStay, Leg, Seat, TravelGroup, Trip
from exchange.welfare.queries import travel as queries


class TripExists(DomainError):
    """Two trips, or two groups of one way, cannot share a name."""


class ImpossibleJourney(DomainError):
    """Days and hours that cannot be meant."""


class NotTravelling(DomainError):
    """Somebody who cannot be put into a group."""


def create_trip(*, name: str, leaves_on: date, back_on: date, by: User | None) -> Trip:
    """A holiday with its journeys. Raises ``ImpossibleJourney`` and ``TripExists``."""
    if back_on <= leaves_on:
        raise ImpossibleJourney(_("返校的日子要在放假之后。"))
    if queries.find_trip(name) is not None:
        raise TripExists(_("“%(name)s”已经有了。", name=name))
    trip = Trip(name=name, leaves_on=leaves_on, back_on=back_on)
    db.session.add(trip)
    record(WelfareEvent.TRIP_CREATED, trip, by=by, name=name)
    return trip


def create_group(
    trip: Trip,
    *,
    leg: Leg,
    name: str,
    route: str,
    carrier: str = "",
    meeting_point: str,
    meets_at: datetime,
    arrives_at: datetime,
    escort: User | None,
    by: User | None,
) -> TravelGroup:
    """Who travels together one way. Raises ``ImpossibleJourney`` and ``TripExists``."""
    lock(trip)
    _check_hours(meets_at, arrives_at)
    _check_name(trip, leg, name)
    group = TravelGroup(
        trip=trip,
        leg=leg,
        name=name,
        route=route,
        carrier=carrier,
        meeting_point=meeting_point,
        meets_at=meets_at,
        arrives_at=arrives_at,
        escort=escort,
    )
    db.session.add(group)
    record(WelfareEvent.GROUP_CREATED, group, by=by, leg=leg.value, name=name)
    return group


def change_group(group: TravelGroup, *, by: User | None, **values: Any) -> None:
    """Another train, hour, place or escort; the way stays. Raises as ``create_group`` does."""
    lock(group)
    _check_hours(values["meets_at"], values["arrives_at"])
    if values["name"] != group.name:
        _check_name(group.trip, group.leg, values["name"])
    changes: dict[str, Any] = {
        name: [_shown(getattr(group, name)), _shown(value)]
        for name, value in values.items()
        if getattr(group, name) != value
    }
    for name, value in values.items():
        setattr(group, name, value)
    if changes:
        record(WelfareEvent.GROUP_CHANGED, group, by=by, **changes)


def send_with(group: TravelGroup, students: Sequence[Student], *, by: User | None) -> list[Seat]:
    """Put students into a group; who was in another one that way changes, who was to stay goes home.

    Raises ``NotTravelling``, and then nobody is moved.
    """
    lock(group)
    ids = [student.id for student in students]
    plans = queries.plans_of(group.trip, ids)
    for student in students:
        _check_may_travel(student, group, plans)
    if group.leg is Leg.HOME:
        for student_id in plans.stays.keys() & set(ids):
            db.session.delete(plans.stays[student_id])
    seats = []
    for student in students:
        seat = plans.seats.get(student.id, {}).get(group.leg)
        if seat is None:
            seat = Seat(trip_id=group.trip_id, leg=group.leg, student=student)
            db.session.add(seat)
        elif seat.group_id != group.id:
            seat.ticket, seat.place = None, ""  # the ticket was for another train
        seat.group = group
        seats.append(seat)
        record(WelfareEvent.SEAT_TAKEN, student, by=by, trip=group.trip.name, leg=group.leg.value, group=group.name)
    return seats


def let_stay(trip: Trip, students: Sequence[Student], *, place: str, carer: str, by: User | None) -> None:
    """These students do not go home; seats that they had are given up. Raises ``NotTravelling``."""
    lock(trip)
    ids = [student.id for student in students]
    plans = queries.plans_of(trip, ids)
    for student in students:
        if any(seat.arrived_at for seat in plans.seats.get(student.id, {}).values()):
            raise NotTravelling(_("%(name)s已经出发了，不能再改成留下。", name=student.name))
    db.session.execute(delete(Seat).where(Seat.trip_id == trip.id, Seat.student_id.in_(ids)))
    for student in students:
        stay = plans.stays.get(student.id) or HolidayStay(trip=trip, student=student)
        stay.place, stay.carer = place, carer
        db.session.add(stay)
        record(WelfareEvent.STAY_PLANNED, student, by=by, trip=trip.name, place=place)


def set_tickets(group: TravelGroup, tickets: dict[int, tuple[str, str]], *, by: User | None) -> int:
    """Seat → ticket number and place; gives how many have changed."""
    lock(group)
    changed = 0
    for seat in db.session.scalars(select(Seat).where(Seat.group_id == group.id, Seat.id.in_(tickets))):
        ticket, place = tickets[seat.id]
        if (seat.ticket or "", seat.place) != (ticket, place):
            seat.ticket, seat.place = ticket or None, place
            changed += 1
    if changed:
        record(WelfareEvent.TICKETS_SET, group, by=by, seats=changed)
    return changed


def confirm_arrival(seat: Seat, *, arrived_at: datetime, spoken_to: str = "", by: User | None) -> None:
    """The student is there: at home a guardian says so, at school somebody has seen the student.

    Raises ``NotPossible`` and ``ImpossibleJourney``. A second tap on what is confirmed is refused.
    """
    lock(seat)
    if seat.arrived_at is not None:
        raise NotPossible(_("%(name)s的到达已经确认过了。", name=seat.student.name))
    if arrived_at > now():
        raise ImpossibleJourney(_("到达的时间还没有到。"))
    if arrived_at < seat.group.meets_at:
        raise ImpossibleJourney(_("到达的时间早于集合时间。"))
    if seat.leg is Leg.HOME and not spoken_to.strip():
        raise ImpossibleJourney(_("写下是和哪位监护人确认的。"))
    seat.arrived_at, seat.spoken_to = arrived_at, spoken_to.strip() or None
    seat.confirmed_by_id = by.id if by else None
    record(
        WelfareEvent.ARRIVAL_CONFIRMED,
        seat.student,
        by=by,
        trip=seat.group.trip.name,
        leg=seat.leg.value,
        arrived_at=arrived_at.isoformat(),
    )


def print_list(group: TravelGroup, *, by: User) -> list[Seat]:
    """The list for the escort, with whole phone numbers; that somebody took it is recorded."""
    seats = queries.seats_in(group)
    record(WelfareEvent.LIST_PRINTED, group, by=by, rows=len(seats), fields=["phone", "guardian.phone"])
    return seats


def _check_may_travel(student: Student, group: TravelGroup, plans: queries.Plans) -> None:
    if student.status not in ON_ROLL:
        raise NotTravelling(_("%(name)s不在籍，不能编入返乡组。", name=student.name))
    seat = plans.seats.get(student.id, {}).get(group.leg)
    if seat and seat.arrived_at and seat.group_id != group.id:
        raise NotTravelling(_("%(name)s已经到了，不能换组。", name=student.name))


def _check_hours(meets_at: datetime, arrives_at: datetime) -> None:
    if arrives_at <= meets_at:
        raise ImpossibleJourney(_("到达要在集合之后。"))


def _check_name(trip: Trip, leg: Leg, name: str) -> None:
    if any(group.leg is leg and group.name == name for group in queries.groups_of(trip)):
        raise TripExists(_("“%(name)s”已经有了。", name=name))


def _shown(value: Any) -> str | None:
    return value.username if isinstance(value, User) else str(value) if value is not None else None
