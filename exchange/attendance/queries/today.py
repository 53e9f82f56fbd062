"""Who of a class is where now, and what the homeroom teacher wants to know about each at a glance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.attendance.limits import moment_at
from exchange.attendance.models import AttendanceMark, LeaveRequest, RollEntry
from exchange.attendance.queries.excuses import Excuses, excuses_on, leave_label
from exchange.attendance.queries.rolls import last_marks
from exchange.attendance.spans import Moment
from exchange.core.database import SCHOOL_TIME, db
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.authority import birthday
from exchange.students.models import ON_ROLL, Guardianship, Student, StudentStatus
from exchange.welfare.models import HolidayStay, Leg, Seat, TravelGroup, Trip
from exchange.welfare.queries.attrition import facts_of
from exchange.welfare.queries.contacts import FamilyContact, last_family_contacts
from exchange.welfare.queries.dormitory import present_stays
from exchange.welfare.rules.attrition import Alert, Facts, alerts


class Where(LabelledEnum):
    """Where somebody is, as far as the school knows; who is missed comes first."""

    UNKNOWN = "unknown", _("不在")
    HOSPITAL = "hospital", _("住院")
    LEAVE = "leave", _("请假")
    HOME = "home", _("回家")
    HOST = "host", _("实习")
    BREAK = "break", _("休学")
    SCHOOL = "school", _("在校")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"unknown": "blocked", "hospital": "warning", "school": "done"}.get(self.value, "info")


@dataclass(frozen=True)
class Whereabouts:
    """Where, and in words what is known about it."""

    where: Where
    detail: str = ""


@dataclass(frozen=True)
class Person:
    """One row of the page."""

    student: Student
    place: Whereabouts
    hours: int  # missed without leave in this term
    alert: Alert | None
    contact: FamilyContact
    bond: Guardianship | None  # who is called first
    bed: str
    is_birthday: bool


def people_of(class_id: int, moment: datetime) -> list[Person]:
    """The class by name, who is missed first."""
    day = moment.astimezone(SCHOOL_TIME).date()
    members = select(Student).where(Student.school_class_id == class_id)
    ids = members.where(Student.status.in_(ON_ROLL)).with_only_columns(Student.id)
    students = _with_families(members.where(Student.status.in_(ON_ROLL)))
    known = [student.id for student in students]
    facts, contacts, beds = facts_of(members, day), last_family_contacts(known, day), present_stays(known)
    places = _places(students, ids, moment)
    people = [
        Person(
            student,
            places[student.id],
            facts[student.id].hours if student.id in facts else 0,
            next(iter(alerts(facts.get(student.id, Facts(day)))), None),
            contacts[student.id],
            _first_to_call(student, day),
            f"{beds[student.id].room.label}-{beds[student.id].bed}" if student.id in beds else "",
            birthday(student.birth_date, day.year - student.birth_date.year) == day,
        )
        for student in students
    ]
    return sorted(people, key=lambda person: person.place.where is not Where.UNKNOWN)


def counts_of(people: Sequence[Person]) -> dict[Where, int]:
    """How many are where, without the empty places."""
    counts = Counter(person.place.where for person in people)
    return {where: counts[where] for where in Where if counts[where]}


def _with_families(students: Select[Student]) -> list[Student]:
    families = selectinload(Student.guardianships).joinedload(Guardianship.guardian)
    return list(db.session.scalars(students.options(families).order_by(Student.pinyin, Student.id)))


def _first_to_call(student: Student, day: date) -> Guardianship | None:
    holding = [bond for bond in student.guardianships if bond.holds(day)]
    return min(holding, key=lambda bond: (not bond.guardian.phone, bond.call_order, bond.id), default=None)


def _places(students: Sequence[Student], ids: Select[int], moment: datetime) -> dict[int, Whereabouts]:
    now, day = moment_at(moment), moment.astimezone(SCHOOL_TIME).date()
    excuses, marks = excuses_on(ids, day), last_marks(ids, day)
    journeys = _journeys(ids, moment) | _stays(ids, day)
    return {
        student.id: _away(student, excuses, now)
        or journeys.get(student.id)
        or _missed(marks.get(student.id))
        or Whereabouts(Where.SCHOOL)
        for student in students
    }


def _away(student: Student, excuses: Excuses, now: Moment) -> Whereabouts | None:
    """What keeps the student away by decision, or against one."""
    if student.status is StudentStatus.ON_LEAVE:
        return Whereabouts(Where.BREAK)
    if student.id in excuses.left:
        return Whereabouts(Where.UNKNOWN, _("擅自离校，还没有回来"))
    if placement := excuses.placements.get(student.id):
        return Whereabouts(Where.HOST, placement.host.name)
    for leave in excuses.leave.get(student.id, []):
        if leave.span.covers(*now):
            return _on_leave(leave)
    if absence := excuses.noted.get(student.id):
        return Whereabouts(Where.LEAVE, absence.kind.label)
    return None


def _on_leave(leave: LeaveRequest) -> Whereabouts:
    until = _("到 %(day)s", day=format_short_date(leave.ends_on))
    where = Where.HOSPITAL if leave.in_hospital else Where.LEAVE
    return Whereabouts(where, until if leave.in_hospital else f"{leave_label(leave)} {until}")


def _missed(entry: RollEntry | None) -> Whereabouts | None:
    """What the last roll of today says."""
    if entry is None or entry.mark is AttendanceMark.LATE:
        return None
    return Whereabouts(Where.UNKNOWN, f"{entry.roll.time.label} {entry.mark.label}")


def _journeys(ids: Select[int], moment: datetime) -> dict[int, Whereabouts]:
    """Who is on the way or at home: from the departure home to the arrival back, as the escorts confirm it."""
    day = moment.astimezone(SCHOOL_TIME).date()
    seats = (
        select(Seat)
        .join(Seat.group)
        .join(Trip, Trip.id == Seat.trip_id)
        .where(Seat.student_id.in_(ids), TravelGroup.meets_at <= moment, Trip.back_on >= day)
        .options(joinedload(Seat.group))
        .order_by(TravelGroup.meets_at)
    )
    found: dict[int, Whereabouts] = {}
    for seat in db.session.scalars(seats):
        found.pop(seat.student_id, None)
        if seat.leg is Leg.HOME:
            detail = _("已到家") if seat.arrived_at else _("在路上：%(group)s", group=seat.group.name)
            found[seat.student_id] = Whereabouts(Where.HOME, detail)
        elif seat.arrived_at is None:
            found[seat.student_id] = Whereabouts(Where.HOME, _("返校路上：%(group)s", group=seat.group.name))
    return found


def _stays(ids: Select[int], day: date) -> dict[int, Whereabouts]:
    """Who stays here over a holiday, and who looks after them."""
    stays = (
        select(HolidayStay)
        .join(HolidayStay.trip)
        .where(HolidayStay.student_id.in_(ids), Trip.leaves_on <= day, Trip.back_on >= day)
    )
    return {
        stay.student_id: Whereabouts(
            Where.SCHOOL, _("假期留下：%(place)s，%(carer)s照看", place=stay.place, carer=stay.carer)
        )
        for stay in db.session.scalars(stays)
    }
