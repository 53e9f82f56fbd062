"""What a bureau reads of a student's last journey: with which group, and whether the student has arrived."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.core.database import SCHOOL_TIME, db
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.models import Student
from exchange.students.outline import Line, tells
from exchange.welfare.models import HolidayStay, Seat, TravelGroup


@tells
def last_journey(student: Student) -> list[Line]:
    """The last way home or back, or that the student stays in a later holiday."""
    seats = select(Seat).join(Seat.group).where(Seat.student_id == student.id).order_by(TravelGroup.meets_at.desc())
    seat = db.session.scalar(seats.limit(1).options(joinedload(Seat.group).joinedload(TravelGroup.trip)))
    stays = select(HolidayStay).join(HolidayStay.trip).where(HolidayStay.student_id == student.id)
    stay = db.session.scalar(stays.order_by(HolidayStay.id.desc()).limit(1).options(joinedload(HolidayStay.trip)))
    if stay and (seat is None or seat.group.trip.leaves_on < stay.trip.leaves_on):
        return [Line(str(_("返乡返校")), str(_("%(trip)s不回家", trip=stay.trip.name)))]
    return [Line(str(_("返乡返校")), _in_words(seat))] if seat else []


def _in_words(seat: Seat) -> str:
    group = seat.group
    known = {"trip": group.trip.name, "leg": group.leg.label, "group": group.name}
    if seat.arrived_at is None:
        day = format_short_date(group.meets_at.astimezone(SCHOOL_TIME).date())
        return str(_("%(trip)s%(leg)s，%(group)s，%(day)s 出发，还没有确认到达", day=day, **known))
    day = format_short_date(seat.arrived_at.astimezone(SCHOOL_TIME).date())
    return str(_("%(trip)s%(leg)s，%(group)s，%(day)s 到达", day=day, **known))
