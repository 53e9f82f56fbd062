"""PRG-01 … PRG-09, each just inside and just outside of what is asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exchange.core.rules import Outcome, Severity
from exchange.programmes.models import BasicSubject, CourseKind
from exchange.programmes.rules import PROGRAMME, Line, Plan, State, checks_of, measures

DAY = date(2026, 9, 1)
ASKED = list(BasicSubject)


def course(hours=90, **values):
    """A required course of the major at 18 hours a credit."""
    given = {"name": "课程", "kind": CourseKind.MAJOR, "credits": Decimal(hours) / 18, **values}
    return Line(hours=hours, **given)


def plan(*courses, length_years=3):
    return Plan(DAY, length_years, courses)


def outcome(code, judged):
    (rule,) = (rule for rule in PROGRAMME.rules if rule.code == code)
    return rule.check(judged).outcome


HOLDS, BROKEN, OPEN = Outcome.HOLDS, Outcome.BROKEN, Outcome.NOT_RECORDED
BASIC = {"kind": CourseKind.BASIC}


@pytest.mark.parametrize(
    ("code", "judged", "expected"),
    [
        ("PRG-01", plan(course(3000)), HOLDS),
        ("PRG-01", plan(course(2999)), BROKEN),
        ("PRG-01", plan(course(2000), length_years=2), OPEN),
        ("PRG-02", plan(course(28, **BASIC), course(72)), HOLDS),
        ("PRG-02", plan(course(27, **BASIC), course(73)), BROKEN),
        ("PRG-02", plan(course(42, **BASIC), course(58)), HOLDS),
        ("PRG-02", plan(course(43, **BASIC), course(57)), BROKEN),
        ("PRG-02", plan(), OPEN),
        ("PRG-03", plan(course(10, is_elective=True), course(90)), HOLDS),
        ("PRG-03", plan(course(9, is_elective=True), course(91)), BROKEN),
        ("PRG-04", plan(course(100, practice_hours=50)), HOLDS),
        ("PRG-04", plan(course(100, practice_hours=49)), BROKEN),
        ("PRG-06", plan(course(64, credits=Decimal(4)), course(72, credits=Decimal(4))), HOLDS),
        ("PRG-06", plan(course(63, credits=Decimal(4))), BROKEN),
        ("PRG-06", plan(course(73, credits=Decimal(4))), BROKEN),
        ("PRG-06", plan(course(36, credits=Decimal(0))), BROKEN),
        ("PRG-06", plan(), OPEN),
        ("PRG-07", plan(course(credits=Decimal(170))), HOLDS),
        ("PRG-07", plan(course(credits=Decimal("169.5"))), BROKEN),
        ("PRG-07", plan(course(credits=Decimal(100)), length_years=2), OPEN),
        ("PRG-08", plan(*[course(is_core=True)] * 6, course()), HOLDS),
        ("PRG-08", plan(*[course(is_core=True)] * 5, course()), BROKEN),
        ("PRG-08", plan(*[course(is_core=True)] * 8), HOLDS),
        ("PRG-08", plan(*[course(is_core=True)] * 9), BROKEN),
        ("PRG-09", plan(*(course(subject=subject, **BASIC) for subject in ASKED)), HOLDS),
        ("PRG-09", plan(*(course(subject=subject, **BASIC) for subject in ASKED[1:])), BROKEN),
    ],
)
def test_check_just_inside_and_just_outside(code, judged, expected):
    assert outcome(code, judged) is expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [(["5"], HOLDS), (["4.9"], BROKEN), (["3", "4"], HOLDS), (["3", "4.1"], BROKEN), ([], BROKEN), ([None], OPEN)],
)
def test_months_of_all_internships_count_together(months, expected):
    internships = (
        course(390, kind=CourseKind.POST_INTERNSHIP, internship_months=each and Decimal(each)) for each in months
    )

    assert outcome("PRG-05", plan(course(), *internships)) is expected


def test_share_is_not_rounded_into_what_is_asked():
    """9.996% reads 10.0% and is too little."""
    judged = plan(course(2499, is_elective=True), course(22501))

    assert measures.elective_share(judged).figure.zh.startswith("10.0%")
    assert outcome("PRG-03", judged) is BROKEN


def test_report_names_the_courses_that_make_it_so():
    odd = replace(course(60, credits=Decimal(4)), name="酒店概论")
    (check,) = (each for each in checks_of(plan(course(), odd)) if each.rule.code == "PRG-06")

    assert (check.state, check.measure.figure.zh) == (State.UNMET, "1 / 2 门不合")
    assert [each.zh for each in check.measure.courses] == ["酒店概论（60 学时 4 学分，每学分 15 学时）"]
    assert check.as_document()["courses"] == ["酒店概论（60 学时 4 学分，每学分 15 学时）"]


def test_report_says_which_subject_is_missing():
    taught = (course(subject=subject, **BASIC) for subject in ASKED if subject is not BasicSubject.HISTORY)
    (check,) = (each for each in checks_of(plan(*taught)) if each.rule.code == "PRG-09")

    assert check.measure.figure.zh == "缺历史"


def test_every_rule_has_a_figure_and_stands_in_the_order_of_the_numbers():
    checks = checks_of(plan(course()))

    assert [check.rule.code for check in checks] == [f"PRG-0{number}" for number in range(1, 10)]
    assert all(check.measure.figure.zh and check.measure.asked.en for check in checks)


def test_what_is_known_from_memory_is_the_schools_setting_and_no_law():
    by_school = {rule.code for rule in PROGRAMME.rules if not rule.regulation.is_law}

    assert by_school == {"PRG-03", "PRG-06", "PRG-07"}
    assert {rule.code for rule in PROGRAMME.rules if rule.severity is not Severity.WARN} == {"PRG-08"}


def test_a_hint_is_no_unmet_check():
    checks = {check.rule.code: check.state for check in checks_of(plan(course()))}

    assert (checks["PRG-08"], checks["PRG-01"]) == (State.HINT, State.UNMET)
