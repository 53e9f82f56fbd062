"""Internships at every step of the workflow: ended, at work, in preparation for Beijing, planned, ended early."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exchange.core.database import today
from exchange.demo import hosts
from exchange.partners.models import Post
from exchange.placements import service
from exchange.placements.facts.values import Capability, FilingKind, InsurancePayer
from exchange.placements.models import Placement
from exchange.shifts import service as shifts
from exchange.shifts.pattern import Hours, laid_over
from exchange.students.models import Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

ITEMS = (
    "party_info",
    "time_place_content_requirements_conditions",
    "board_lodging_worktime_rest",
    "pay_and_method",
    "labour_protection_health",
    "insurance_and_accidents",
    "assessment_method",
    "breach_liability",
)
WEEK = dict.fromkeys(range(5), Hours(time(9), time(17, 30), 60))
ENDED = (date(2026, 3, 2), date(2026, 8, 28))
AT_WORK = (date(2026, 9, 7), date(2027, 3, 5))
SPRING = (date(2027, 3, 8), date(2027, 9, 3))
BEIJING = date(2026, 11, 23)  # or the day of loading, where that comes first: once all is cleared, they can start


def send_out(school: "School", students: list[Student]) -> None:
    """The internships of the older class."""
    near, far, capital = hosts.open_posts(school)
    for student in students[:12]:
        placement = _prepared(school, student, near, ENDED)
        _start(school, placement)
        service.change_status(placement, "end", by=school.people["internship_officer"])
    for student in students[12:20]:
        _start(school, _prepared(school, student, far, AT_WORK))
    for student in students[20:21]:
        left = _prepared(school, student, far, AT_WORK)
        _start(school, left)
        service.change_status(
            left, "terminate", by=school.people["internship_officer"], reason="学生因家中有事申请提前结束"
        )
    for student in students[21:24]:
        _chosen_for_beijing(school, student, capital)
    for student in students[24:28]:
        _plan(school, student, near, SPRING)


def _plan(school: "School", student: Student, post: Post, period: tuple[date, date]) -> Placement:
    """Drafted; the student has said that nothing is charged, withheld or asked as a guarantee."""
    placement = service.plan_placement(
        student=student,
        post=post,
        starts_on=period[0],
        ends_on=period[1],
        workplace=post.host_organisation.address,
        directions="从学校统一乘车前往，带队老师全程陪同。",
        instructor=school.people["instructor"],
        instructor_phone="13700000001",
        mentor_name="企业导师",
        mentor_phone="13700000002",
        capability=Capability.RELATIVELY_INDEPENDENT,
        by=school.people["internship_officer"],
    )
    service.record_declaration(
        placement, fees={}, documents_withheld=[], guarantees=[], by=school.people["internship_officer"]
    )
    return placement


def _prepared(school: "School", student: Student, post: Post, period: tuple[date, date]) -> Placement:
    """Approved, with everything recorded that the law asks for before the first day."""
    placement = _plan(school, student, post, period)
    service.change_status(placement, "approve", by=school.people["principal"])
    signed, officer = period[0] - timedelta(days=20), school.people["internship_officer"]
    service.record_consent(placement, student_signed_on=signed, guardian_signed_on=signed, by=officer)
    service.record_agreement(
        placement,
        school_signed_on=signed,
        host_signed_on=signed,
        student_signed_on=signed,
        guardian_signed_on=signed,
        items=dict.fromkeys(ITEMS, True),
        by=officer,
    )
    service.record_safety_test(placement, score=Decimal(92), pass_score=Decimal(60), taken_on=signed, by=officer)
    service.record_insurance(
        placement,
        covers_from=period[0],
        covers_to=period[1],
        payer=InsurancePayer.SCHOOL_TUITION,
        student_listed=True,
        by=officer,
    )
    service.record_training(placement, student_on=signed, instructor_on=signed, mentor_on=signed, by=officer)
    service.record_lodging(
        placement,
        away_from_home=True,
        unified=True,
        address=f"{post.host_organisation.name}员工宿舍",
        warden_phone=post.host_organisation.contact_phone,
        by=officer,
    )
    service.record_filing(placement, kind=FilingKind.POST_INTERNSHIP, filed_on=signed, by=officer)
    _plan_shifts(school, placement)
    return placement


def _plan_shifts(school: "School", placement: Placement) -> None:
    """Five days a week, seven and a half hours a day, with the days off of the year."""
    officer = school.people["internship_officer"]
    shifts.draft(placement, laid_over(WEEK, placement.starts_on, placement.ends_on), by=officer)
    shifts.make_effective([placement], by=officer)


def _start(school: "School", placement: Placement) -> None:
    service.change_status(placement, "start", by=school.people["internship_officer"])


def _chosen_for_beijing(school: "School", student: Student, post: Post) -> None:
    """Chosen round by round; the test is passed, while signatures, filings, training and lodging are still missing."""
    first = min(BEIJING, today())
    placement = _plan(school, student, post, (first, first + timedelta(days=179)))
    service.change_status(placement, "approve", by=school.people["principal"])
    officer, tested, signed = school.people["internship_officer"], first - timedelta(days=7), first - timedelta(days=5)
    service.record_safety_test(placement, score=Decimal(95), pass_score=Decimal(60), taken_on=tested, by=officer)
    service.record_consent(placement, student_signed_on=signed, guardian_signed_on=None, by=officer)
