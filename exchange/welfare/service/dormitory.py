"""Rooms, and putting students into beds: the sex fits, one bed holds one student, and nobody off the roll."""

from collections.abc import Sequence

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.students.models import ON_ROLL, Sex, Student
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import BedStay, DormitoryBuilding, DormitoryRoom, StayEnd
from exchange.welfare.queries import dormitory as queries

MOST_BEDS = 20


class RoomExists(DomainError):
    """Two rooms of a house cannot share a number."""


class BedRefused(DomainError):
    """The bed is taken, is none of the room, or does not fit the student."""


def create_building(*, name: str, by: User | None) -> DormitoryBuilding:
    """A house with rooms. Raises ``RoomExists``."""
    if queries.find_building(name) is not None:
        raise RoomExists(_("宿舍楼“%(name)s”已经有了。", name=name))
    building = DormitoryBuilding(name=name)
    db.session.add(building)
    record(WelfareEvent.BUILDING_CREATED, building, by=by, name=name)
    return building


def create_rooms(
    building: DormitoryBuilding, *, numbers: Sequence[str], sex: Sex, capacity: int, by: User | None
) -> list[DormitoryRoom]:
    """Rooms of one kind at once. Raises ``RoomExists``."""
    lock(building)
    present = {room.number for room, _taken in db.session.execute(queries.rooms(building_id=building.id))}
    twice = sorted(present & set(numbers))
    if twice:
        raise RoomExists(_("%(house)s已经有 %(number)s 房间。", house=building.name, number="、".join(twice)))
    rooms = [
        DormitoryRoom(building=building, number=number, sex=sex, capacity=capacity) for number in dict.fromkeys(numbers)
    ]
    db.session.add_all(rooms)
    record(WelfareEvent.ROOMS_CREATED, building, by=by, numbers=list(numbers), sex=sex.value, capacity=capacity)
    return rooms


def change_room(room: DormitoryRoom, *, sex: Sex, capacity: int, by: User | None) -> None:
    """Another number of beds, or for the others; nobody may be left without a bed. Raises ``NotPossible``."""
    lock(room)
    inside = queries.occupants(room)
    if sex is not room.sex and inside:
        raise NotPossible(_("%(room)s还住着人，不能改男女。", room=room.label))
    if any(stay.bed > capacity for stay in inside):
        raise NotPossible(
            _("%(room)s的 %(bed)s 号床还有人住，先换床。", room=room.label, bed=max(stay.bed for stay in inside))
        )
    before = [room.sex.value, room.capacity]
    room.sex, room.capacity = sex, capacity
    record(WelfareEvent.ROOM_CHANGED, room, by=by, room=[before, [sex.value, capacity]])


def assign_bed(student: Student, room: DormitoryRoom, *, bed: int | None = None, by: User | None) -> BedStay:
    """Put the student into this bed, or into the first free one; who sleeps elsewhere moves. Raises ``BedRefused``."""
    lock(room)
    lock(student)
    if student.status not in ON_ROLL:
        raise BedRefused(_("%(name)s不在籍，不能安排床位。", name=student.name))
    if student.sex is not room.sex:
        raise BedRefused(
            _("%(room)s住%(sex)s生，%(name)s不能住。", room=room.label, sex=room.sex.label, name=student.name)
        )
    taken = {stay.bed: stay for stay in queries.occupants(room)}
    present = queries.present_stays([student.id]).get(student.id)
    free = [each for each in range(1, room.capacity + 1) if each not in taken]
    if bed is None and present and present.room_id == room.id:
        raise BedRefused(_("%(name)s已经住在%(room)s。", name=student.name, room=room.label))
    if bed is None and not free:
        raise BedRefused(_("%(room)s没有空床了。", room=room.label))
    wanted = free[0] if bed is None else bed
    if wanted in taken:
        raise BedRefused(
            _("%(room)s %(bed)s 号床住着%(name)s。", room=room.label, bed=wanted, name=taken[wanted].student.name)
        )
    if wanted not in free:
        raise BedRefused(_("%(room)s没有 %(bed)s 号床。", room=room.label, bed=wanted))
    if present:
        _end(present, StayEnd.MOVED)
        db.session.flush()  # the bed is free before it is taken again
    stay = BedStay(room=room, bed=wanted, student=student, begins_on=today())
    db.session.add(stay)
    former = f"{present.room.label}-{present.bed}" if present else None
    record(WelfareEvent.BED_ASSIGNED, student, by=by, bed=[former, f"{room.label}-{wanted}"])
    return stay


def assign_room(students: Sequence[Student], room: DormitoryRoom, *, by: User | None) -> list[BedStay]:
    """Put all of them into one room, or nobody. Raises ``BedRefused``."""
    with db.session.begin_nested():
        return [assign_bed(student, room, by=by) for student in students]


def fill_beds(students: Sequence[Student], *, by: User | None) -> list[BedStay]:
    """Put students into free beds in the order of the rooms, so that a class stays together.

    All or nobody: raises ``BedRefused`` when the beds for one sex do not suffice.
    """
    stays = []
    with db.session.begin_nested():
        for sex in Sex:
            group = [student for student in students if student.sex is sex]
            beds = _free_beds(sex, most=len(group)) if group else []
            if len(group) > len(beds):
                raise BedRefused(
                    _(
                        "%(sex)s生要 %(needed)s 张床，只有 %(free)s 张空床。",
                        sex=sex.label,
                        needed=len(group),
                        free=len(beds),
                    )
                )
            stays += [assign_bed(each, room, bed=bed, by=by) for each, (room, bed) in zip(group, beds, strict=False)]
    return stays


def move_out(stay: BedStay, *, by: User | None) -> None:
    """The student leaves the bed; the stay remains as history. Raises ``NotPossible``."""
    lock(stay)
    if stay.ended_on is not None:
        raise NotPossible(_("这张床已经空出来了。"))
    _end(stay, StayEnd.MOVED_OUT)
    record(WelfareEvent.BED_FREED, stay.student, by=by, bed=f"{stay.room.label}-{stay.bed}")


def _end(stay: BedStay, why: StayEnd) -> None:
    stay.ended_on, stay.ended_by = today(), why


def _free_beds(sex: Sex, *, most: int) -> list[tuple[DormitoryRoom, int]]:
    beds: list[tuple[DormitoryRoom, int]] = []
    for each in queries.rooms_with_free_beds(sex):
        taken = {stay.bed for stay in queries.occupants(each.room)}
        beds += [(each.room, bed) for bed in range(1, each.room.capacity + 1) if bed not in taken]
        if len(beds) >= most:
            break
    return beds
