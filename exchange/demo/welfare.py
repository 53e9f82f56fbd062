"""How the younger class fares: absences and talks, beds, journeys home, home visits. Told up to the day of the loading.

What waits for somebody depends on today, so these stories count their days back from it.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from exchange.core.database import SCHOOL_TIME, now, today
from exchange.students.models import Sex, Student
from exchange.welfare import service
from exchange.welfare.models import AbsenceKind, ContactKind, Leg, TravelGroup, Trip

if TYPE_CHECKING:
    from exchange.demo.school_year import School

FEWEST, EARLIEST = 34, date(2025, 11, 1)  # students and day for which these stories make sense
KEYS = UUID("5a0c2f6e-8f0f-4f43-9d0c-3c8d9a2b7e11")
SKIPPED = {2: 31, 5: 12, 8: 64}
"""Place in the list → class hours missed without leave in this term."""
HOUSES = (("竹苑1号楼", Sex.FEMALE), ("竹苑2号楼", Sex.MALE))


def look_after(school: "School", students: list[Student]) -> None:
    """The younger class; a small demonstration has too few students for these stories."""
    if len(students) < FEWEST or today() < EARLIEST:
        return
    _note_absences(school, students)
    _talk(school, students)
    _give_beds(school, students)
    _go_home_for_the_harvest(school, students[3:9])
    _plan_the_winter(school, students)
    _visit(school, students[:8])
    service.count_candidates()


def _note_absences(school: "School", students: list[Student]) -> None:
    teacher, day = school.people["homeroom_teacher"], today()
    begun = max(term.starts_on for term in school.terms.values() if term.starts_on <= day)
    for place, hours in SKIPPED.items():
        last = min(begun + timedelta(days=24), day)
        service.note_absence(
            students[place], kind=AbsenceKind.UNEXCUSED, starts_on=begun, ends_on=last, hours=hours, by=teacher
        )
    for student, days in ((students[0], 17), (students[1], 2)):
        service.note_absence(student, kind=AbsenceKind.LEFT, starts_on=day - timedelta(days=days), by=teacher)
    service.note_absence(students[3], kind=AbsenceKind.SICK, starts_on=day, hours=7, by=teacher)


def _talk(school: "School", students: list[Student]) -> None:
    for place, student in enumerate(students[2:]):
        _call(school, student, days_ago=3 + place * 2 % 45, agreed="在校情况都说了，家里放心。")
    _call(
        school,
        students[0],
        days_ago=15,
        agreed="孩子已经到家，想在家里帮忙收甘蔗；劝他先回来上课。",
        next_step="请村干部一起上门再谈。",
    )


def _call(school: "School", student: Student, *, days_ago: int, agreed: str, next_step: str = "") -> None:
    service.note_contact(
        student,
        kind=ContactKind.CALL,
        held_on=today() - timedelta(days=days_ago),
        with_whom=_family_of(student),
        agreed=agreed,
        next_step=next_step,
        by=school.people["homeroom_teacher"],
    )


def _give_beds(school: "School", students: list[Student]) -> None:
    registrar = school.people["registrar"]
    for name, sex in HOUSES:
        house = service.create_building(name=name, by=registrar)
        numbers = [str(number) for number in range(101, 109)]
        service.create_rooms(house, numbers=numbers, sex=sex, capacity=6, by=registrar)
    service.fill_beds(students[:-2], by=registrar)


def _go_home_for_the_harvest(school: "School", students: list[Student]) -> None:
    """Some have arrived, some should have: their arrivals are to be confirmed today."""
    registrar, teacher = school.people["registrar"], school.people["homeroom_teacher"]
    leaves_on = today() - timedelta(days=3)
    trip = service.create_trip(name="秋收假", leaves_on=leaves_on, back_on=today() + timedelta(days=5), by=registrar)
    group = _group(school, trip, "瑞丽组", Leg.HOME, now() - timedelta(days=3), hours=30)
    seats = service.send_with(group, students, by=teacher)
    places = {
        seat.id: (f"E{seat.student.student_no}", f"05车{place:02d}A") for place, seat in enumerate(seats, start=1)
    }
    service.set_tickets(group, places, by=registrar)
    for seat in seats[:4]:
        arrived = group.meets_at + timedelta(hours=31)
        service.confirm_arrival(seat, arrived_at=arrived, spoken_to=_family_of(seat.student), by=teacher)


def _plan_the_winter(school: "School", students: list[Student]) -> None:
    registrar, teacher = school.people["registrar"], school.people["homeroom_teacher"]
    trip = service.create_trip(name="2027年寒假", leaves_on=date(2027, 1, 23), back_on=date(2027, 2, 21), by=registrar)
    out, back = (datetime(2027, *day, 8, tzinfo=SCHOOL_TIME) for day in ((1, 23), (2, 19)))
    service.send_with(_group(school, trip, "芒市组", Leg.HOME, out, hours=34), students[2:20], by=teacher)
    service.send_with(_group(school, trip, "盈江组", Leg.HOME, out, hours=38), students[20:30], by=teacher)
    service.send_with(_group(school, trip, "返校组", Leg.BACK, back, hours=36), students[2:30], by=teacher)
    service.let_stay(trip, students[30:33], place="学校宿舍", carer="值班老师", by=teacher)


def _group(school: "School", trip: Trip, name: str, leg: Leg, start: datetime, *, hours: int) -> TravelGroup:
    return service.create_group(
        trip,
        leg=leg,
        name=name,
        route="德清—杭州东—昆明—芒市" if leg is Leg.HOME else "芒市—昆明—杭州东—德清",
        carrier="K739，转大巴",
        meeting_point="学校南门" if leg is Leg.HOME else "芒市客运站",
        meets_at=start,
        arrives_at=start + timedelta(hours=hours),
        escort=school.people["homeroom_teacher"],
        by=school.people["registrar"],
    )


def _visit(school: "School", students: list[Student]) -> None:
    teacher = school.people["homeroom_teacher"]
    sheets = service.plan_visits(students, occasion="秋季家访", by=teacher)
    for sheet in sheets[5:]:
        service.fill_sheet(
            sheet,
            key=str(uuid5(KEYS, sheet.student.student_no)),
            visited_on=today() - timedelta(days=10),
            with_whom=_family_of(sheet.student),
            situation="老人在家照看弟弟妹妹，离镇上一个半小时山路，下雨不通车。",
            wishes="希望孩子学好手艺，毕业以后在浙江先做几年。",
            agreed="每两周打一次电话；寒假跟组回家。",
            visitors=teacher.name,
            by=teacher,
        )


def _family_of(student: Student) -> str:
    return student.guardianships[0].guardian.name if student.guardianships else "家里"
