"""Rolls of the last weeks, and leave at every step: told up to the day of the loading."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from exchange.attendance import service
from exchange.attendance.limits import moment_at
from exchange.attendance.models import AttendanceMark, LeaveKind, LeaveRequest, LeaveStatus, RollTime
from exchange.core.database import now, today
from exchange.students.models import Student
from exchange.welfare.rules.counting import is_school_day

if TYPE_CHECKING:
    from exchange.demo.school_year import School

WEEKS, EARLIEST = 3, date(2025, 11, 1)
FEWEST = 34  # students for whom these stories make sense, as in the chapter on welfare
CALLED = (RollTime.FIRST, RollTime.FIFTH, RollTime.EVENING)
"""When the roll is called in the demonstration; a real school calls it in every lesson."""


def keep(school: "School", older: list[Student], students: list[Student]) -> None:
    """The younger class, which is in school; a small demonstration has too few students."""
    if len(students) < FEWEST or today() < EARLIEST:
        return
    _ask_for_leave(school, students)
    _ask_by_phone(school, older)
    random = Random(school.seed)
    for day, time in _rolls():
        _call(school, students, day, time, random)


def _rolls() -> Iterator[tuple[date, RollTime]]:
    """The rolls of the last weeks but for today's, of which only the first lesson was called."""
    days = (today() - timedelta(days=back) for back in range(7 * WEEKS, 0, -1))
    yield from ((day, time) for day in days if is_school_day(day) for time in CALLED)
    if is_school_day(today()) and moment_at(now()).place >= RollTime.FIRST.place:
        yield today(), RollTime.FIRST


def _call(school: "School", students: list[Student], day: date, time: RollTime, random: Random) -> None:
    marks = {}
    for student in students[10:]:
        chance = random.random()
        if chance < 0.01:
            marks[student.id] = AttendanceMark.ABSENT
        elif chance < 0.03:
            marks[student.id] = AttendanceMark.LATE
        elif chance < 0.035:
            marks[student.id] = AttendanceMark.LEFT_EARLY
    school_class = students[0].school_class
    teacher = school.people["homeroom_teacher" if time is RollTime.EVENING else "subject_teacher"]
    service.take_roll(school_class, day=day, time=time, marks=marks, version=0, by=teacher)


def _ask_for_leave(school: "School", students: list[Student]) -> None:
    """One waits for the guardian, one for the teacher, two are away, one is back, one was refused."""
    teacher, day = school.people["homeroom_teacher"], today()
    _ask(school, students[12], LeaveKind.PERSONAL, 3, 4, "姐姐结婚，回盈江。")
    _agreed(school, students[13], LeaveKind.FESTIVAL, 5, 7, "目瑙纵歌节，回家和家里人一起过。")
    ill = _agreed(school, students[14], LeaveKind.SICK, 0, 1, "发烧，校医让休息两天。")
    operated = _agreed(school, students[15], LeaveKind.SICK, -1, 4, "阑尾炎，在县医院手术。", in_hospital=True)
    back = _agreed(school, students[16], LeaveKind.PERSONAL, -2, 1, "办身份证。")
    refused = _agreed(school, students[17], LeaveKind.PERSONAL, 2, 2, "想去杭州玩一天。")
    for leave in (ill, operated, back):
        service.approve(leave, by=teacher)
    service.come_back(back, by=teacher)
    reason = f"{(day + timedelta(days=2)).day} 日有考试，周末再去。"
    service.refuse(refused, reason=reason, by=teacher)


def _ask_by_phone(school: "School", older: list[Student]) -> None:
    """The demonstration's student asks on the own phone."""
    own = school.people["student"]
    student = next((each for each in older if each.user_id == own.id), None)
    if student is None:
        return
    first = today() + timedelta(days=8)
    service.ask_leave(
        student, kind=LeaveKind.FESTIVAL, starts_on=first, ends_on=first, reason="阿露窝罗节，和同乡一起过。", by=own
    )


def _ask(
    school: "School",
    student: Student,
    kind: LeaveKind,
    first: int,
    last: int,
    reason: str,
    *,
    in_hospital: bool = False,
) -> LeaveRequest:
    """Filed by the homeroom teacher, as most are where the student has no account."""
    return service.ask_leave(
        student,
        kind=kind,
        starts_on=today() + timedelta(days=first),
        ends_on=today() + timedelta(days=last),
        in_hospital=in_hospital,
        reason=reason,
        by=school.people["homeroom_teacher"],
    )


def _agreed(
    school: "School",
    student: Student,
    kind: LeaveKind,
    first: int,
    last: int,
    reason: str,
    *,
    in_hospital: bool = False,
) -> LeaveRequest:
    """The guardian of a minor has said yes on the phone."""
    leave = _ask(school, student, kind, first, last, reason, in_hospital=in_hospital)
    if leave.status is LeaveStatus.AWAITING_GUARDIAN:
        bond = next(iter(student.guardianships), None)
        spoken_to = bond.guardian.name if bond else "家里"
        service.note_call(leave, spoken_to=spoken_to, by=school.people["homeroom_teacher"])
    return leave
