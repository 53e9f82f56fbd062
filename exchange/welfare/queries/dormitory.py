"""Reading rooms, beds and who sleeps in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.core.database import db
from exchange.students.models import ON_ROLL, Sex, Student
from exchange.welfare.models import BedStay, DormitoryBuilding, DormitoryRoom

OPEN = BedStay.ended_on.is_(None)


@dataclass(frozen=True)
class Beds:
    """A room and how many of its beds are taken."""

    room: DormitoryRoom
    taken: int

    @property
    def free(self) -> int:
        return self.room.capacity - self.taken


def buildings() -> list[DormitoryBuilding]:
    """All buildings by name."""
    return list(db.session.scalars(select(DormitoryBuilding).order_by(DormitoryBuilding.name)))


def find_building(name: str) -> DormitoryBuilding | None:
    """The building with this name."""
    return db.session.scalar(select(DormitoryBuilding).where(DormitoryBuilding.name == name))


def slept(day: date | None) -> ColumnElement[bool]:
    """The stays of a day, from the first to the last night; without one the present ones."""
    if day is None:
        return OPEN
    return and_(BedStay.begins_on <= day, or_(OPEN, BedStay.ended_on > day))


def rooms(
    *, building_id: int | None = None, sex: str = "", with_free_beds: bool = False, day: date | None = None
) -> Select[DormitoryRoom, int]:
    """Rooms with the number of beds taken, now or on a day, by building and number; to be paged."""
    taken = (
        select(func.count(BedStay.id))
        .where(BedStay.room_id == DormitoryRoom.id, slept(day))
        .correlate(DormitoryRoom)
        .scalar_subquery()
    )
    found = select(DormitoryRoom, taken).join(DormitoryRoom.building).options(joinedload(DormitoryRoom.building))
    if building_id:
        found = found.where(DormitoryRoom.building_id == building_id)
    if sex in set(Sex):
        found = found.where(DormitoryRoom.sex == Sex(sex))
    if with_free_beds:
        found = found.where(taken < DormitoryRoom.capacity)
    return found.order_by(DormitoryBuilding.name, DormitoryRoom.number, DormitoryRoom.id)


def rooms_with_free_beds(sex: Sex | None = None) -> list[Beds]:
    """Where somebody can still be put."""
    found = rooms(sex=sex.value if sex else "", with_free_beds=True)
    return [Beds(room, taken) for room, taken in db.session.execute(found)]


def occupants(room: DormitoryRoom, *, day: date | None = None) -> list[BedStay]:
    """Who sleeps in the room now, or slept there on a day, by bed."""
    stays = select(BedStay).where(BedStay.room_id == room.id, slept(day)).options(_with_student())
    return list(db.session.scalars(stays.order_by(BedStay.bed)))


def history_of(room: DormitoryRoom, *, limit: int = 50) -> list[BedStay]:
    """Who slept in the room before, the last to leave first."""
    stays = select(BedStay).where(BedStay.room_id == room.id, BedStay.ended_on.is_not(None)).options(_with_student())
    return list(db.session.scalars(stays.order_by(BedStay.ended_on.desc(), BedStay.id.desc()).limit(limit)))


def stays_of(student: Student) -> list[BedStay]:
    """Where a student sleeps and slept, the newest first."""
    stays = select(BedStay).where(BedStay.student_id == student.id).options(_with_room())
    return list(db.session.scalars(stays.order_by(BedStay.begins_on.desc(), BedStay.id.desc())))


def present_stays(student_ids: Sequence[int]) -> dict[int, BedStay]:
    """Student → where the student sleeps now."""
    stays = select(BedStay).where(BedStay.student_id.in_(student_ids), OPEN).options(_with_room())
    return {stay.student_id: stay for stay in db.session.scalars(stays)}


def last_stay(student: Student) -> BedStay | None:
    """Where a student sleeps, or slept last."""
    stays = select(BedStay).where(BedStay.student_id == student.id).options(_with_room())
    return db.session.scalar(stays.order_by(BedStay.begins_on.desc(), BedStay.id.desc()).limit(1))


def is_unclaimed(stay: BedStay) -> bool:
    """Whether the bed of an ended stay is still there, for the same sex, and nobody has had it since."""
    if stay.bed > stay.room.capacity or stay.student.sex is not stay.room.sex:
        return False
    same_bed = (BedStay.room_id == stay.room_id, BedStay.bed == stay.bed, BedStay.id != stay.id)
    since = select(BedStay.id).where(*same_bed, or_(OPEN, BedStay.ended_on > stay.ended_on))
    return db.session.scalar(since.limit(1)) is None


def stays_off_roll() -> list[BedStay]:
    """Beds held by students who have left the roll."""
    stays = select(BedStay).join(BedStay.student).where(OPEN, Student.status.not_in(ON_ROLL))
    return list(db.session.scalars(stays.options(_with_room(), joinedload(BedStay.student)).order_by(BedStay.id)))


def totals(*, day: date | None = None) -> dict[Sex, tuple[int, int]]:
    """Sex → beds there are, and beds taken now or on a day."""
    taken = select(BedStay.room_id, func.count(BedStay.id).label("taken")).where(slept(day)).group_by(BedStay.room_id)
    counted = taken.subquery()
    sums = (
        select(DormitoryRoom.sex, func.sum(DormitoryRoom.capacity), func.coalesce(func.sum(counted.c.taken), 0))
        .outerjoin(counted, counted.c.room_id == DormitoryRoom.id)
        .group_by(DormitoryRoom.sex)
    )
    return {sex: (int(beds), int(held)) for sex, beds, held in db.session.execute(sums)}


def _with_student() -> ORMOption:
    return joinedload(BedStay.student).joinedload(Student.school_class)


def _with_room() -> ORMOption:
    return joinedload(BedStay.room).joinedload(DormitoryRoom.building)
