"""GR-01 … GR-10, each on both sides of its edge."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exchange.core.rules import Message
from exchange.coursework.graduation.facts import ConductTerm, CourseState, Facts, Internship, Notes
from exchange.coursework.graduation.rules import GRADUATION, exchange_window, last_day_to_register
from exchange.students.models import StudentStatus as Is

LAST_DAY = date(2029, 7, 6)
FIRST, SECOND = Message("第一学期", "First term"), Message("第二学期", "Second term")
COURSES = (CourseState("语文", Decimal(4), True), CourseState("岗位实习", Decimal(26), True, is_internship=True))
DONE = Facts(
    day=date(2029, 6, 1),
    status=Is.REGISTERED,
    enrolled_on=date(2026, 9, 1),
    intake_year=2026,
    length_years=3,
    school_ends_on=LAST_DAY,
    conduct=(ConductTerm(FIRST, True), ConductTerm(SECOND, True)),
    courses=COURSES,
)
FAILED = CourseState("数学", Decimal(4), False, Message("不及格（52），补考 1 次", "failed (52), make-ups taken: 1"))


def codes(facts):
    return [finding.rule.code for finding in GRADUATION.findings(facts)]


def said(facts, code):
    return next(str(finding.message.zh) for finding in GRADUATION.findings(facts) if finding.rule.code == code)


def test_who_has_done_everything_is_free_of_findings():
    assert codes(DONE) == []


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"conduct": (ConductTerm(FIRST, None),)}, "第一学期没有操行评定"),
        ({"conduct": (ConductTerm(FIRST, False),)}, "第一学期操行不合格"),
        ({"conduct": ()}, "没有操行评定"),
        ({"courses": (*COURSES, FAILED)}, "数学：不及格（52），补考 1 次"),
        ({"courses": ()}, "专业还没有课程；没有岗位实习"),
        ({"courses": COURSES[:1]}, "没有岗位实习"),
    ],
)
def test_gr_01_names_each_thing_that_is_missing(change, missing):
    facts = replace(DONE, **change)

    assert codes(facts) == ["GR-01"]
    assert said(facts, "GR-01") == missing


def test_gr_01_everything_at_once_in_both_languages():
    facts = replace(DONE, conduct=(ConductTerm(FIRST, None),), courses=(COURSES[0], FAILED))

    (finding,) = GRADUATION.findings(facts)
    assert finding.message.en == (
        "Conduct is not assessed: First term; 数学: failed (52), make-ups taken: 1; there is no post internship"
    )
    assert said(facts, "GR-01") == "第一学期没有操行评定；数学：不及格（52），补考 1 次；没有岗位实习"


@pytest.mark.parametrize(("credits", "is_enough"), [(170, True), (169, False)])
def test_gr_01_credits_take_the_place_of_single_courses(credits, is_enough):
    many = CourseState("专业课程", Decimal(credits - 30), True)
    facts = replace(DONE, courses=(*COURSES, many, FAILED))

    assert ("GR-01" not in codes(facts)) is is_enough


@pytest.mark.parametrize(
    ("is_over", "passed", "holds"),
    [(True, True, True), (True, None, False), (True, False, False), (False, True, False)],
)
def test_gr_01_internship_is_over_and_appraised(is_over, passed, holds):
    internship = Internship("京华示范宾馆", date(2028, 3, 1), date(2028, 8, 31), is_over, passed)
    facts = replace(DONE, courses=COURSES[:1], internships=(internship,))

    assert ("GR-01" not in codes(facts)) is holds


@pytest.mark.parametrize(
    ("day", "applied_on", "offered"),
    [
        (date(2029, 4, 30), None, True),
        (date(2029, 5, 1), None, False),
        (date(2029, 4, 30), date(2029, 4, 1), False),
    ],
)
def test_gr_02_early_graduation(day, applied_on, offered):
    facts = replace(DONE, day=day, notes=Notes(early_applied_on=applied_on))

    assert ("GR-02" in codes(facts)) is offered


def test_gr_02_is_not_offered_while_anything_is_missing():
    assert "GR-02" not in codes(replace(DONE, day=date(2029, 4, 30), courses=(*COURSES, FAILED)))


def test_gr_03_twenty_workdays_lie_before_the_leaving():
    """6 July 2029 is a Friday; the Dragon Boat Festival falls on Saturday the 16th of June, so Monday is off."""
    last = last_day_to_register(DONE)

    assert last == date(2029, 6, 7)
    assert "GR-03" not in codes(replace(DONE, day=last))
    assert "GR-03" in codes(replace(DONE, day=last + timedelta(days=1)))


@pytest.mark.parametrize(("enrolled_on", "is_elastic"), [(date(2026, 9, 1), False), (date(2026, 8, 31), True)])
def test_gr_04_elastic_study_stands_on_the_diploma(enrolled_on, is_elastic):
    assert ("GR-04" in codes(replace(DONE, enrolled_on=enrolled_on))) is is_elastic


@pytest.mark.parametrize(("day", "is_over"), [(date(2029, 8, 31), False), (date(2029, 9, 1), True)])
def test_gr_05_completion_when_the_years_are_over(day, is_over):
    assert ("GR-05" in codes(replace(DONE, day=day, courses=(*COURSES, FAILED)))) is is_over
    assert "GR-05" not in codes(replace(DONE, day=day))


def test_gr_06_exchange_from_half_a_year_to_two_years_after():
    first, last = exchange_window(date(2029, 7, 1), on=date(2029, 7, 1))
    completed = replace(DONE, status=Is.COMPLETED, left_on=date(2029, 7, 1))

    assert (first, last) == (date(2030, 1, 1), date(2031, 7, 1))
    assert codes(replace(completed, day=last)) == ["GR-06"]
    assert "2030年1月1日到2031年7月1日" in said(replace(completed, day=last), "GR-06")
    assert codes(replace(completed, day=last + timedelta(days=1))) == []


@pytest.mark.parametrize("status", [Is.WITHDRAWN, Is.LOST, Is.EXPELLED, Is.TRANSFERRED])
def test_gr_07_who_leaves_midway_gets_a_statement(status):
    assert codes(replace(DONE, status=status)) == ["GR-07"]


def test_gr_07_nobody_else_does():
    assert "GR-07" not in codes(replace(DONE, status=Is.ON_LEAVE))


def test_gr_08_a_lost_diploma_is_not_issued_again():
    assert codes(replace(DONE, status=Is.GRADUATED)) == ["GR-08"]
    assert "GR-08" not in codes(replace(DONE, status=Is.COMPLETED))


def test_gr_09_enlisted():
    enlisted = replace(DONE, notes=Notes(enlisted_on=date(2029, 3, 1)))

    assert "提前毕业" in said(enlisted, "GR-09")
    assert "提前结业" in said(replace(enlisted, courses=(*COURSES, FAILED)), "GR-09")
    assert "GR-09" not in codes(DONE)


def test_gr_10_notes_for_the_diploma():
    noted = replace(DONE, notes=Notes(minor_programme="电子商务", dual_certificate="餐厅服务员四级"))

    assert said(noted, "GR-10") == "毕业证书注明：电子商务、餐厅服务员四级"
    assert "GR-10" not in codes(DONE)


def test_who_is_not_on_the_roll_lacks_nothing():
    assert "GR-01" not in codes(replace(DONE, status=Is.GRADUATED, courses=()))
