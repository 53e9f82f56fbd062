"""What must be true before a student is given a post."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every
from exchange.placements.facts import Facts
from exchange.placements.rules.books import N01, PLACE
from exchange.placements.rules.conditions import (
    has_reached,
    is_cognitive,
    is_known,
    is_past_birthday,
    start_is_known,
)
from exchange.placements.rules.limits import codes, number


@PLACE.rule(
    "INT-22",
    Severity.BLOCK,
    article="16(1)",
    regulation=N01,
    statement=Message("一年级在校学生不参加岗位实习", "No student of the first grade is on a post internship"),
    message=Message(
        "学生在实习期间仍是一年级在校学生", "The student is still in the first grade during the internship"
    ),
    limits=("min_grade", "school_year_first_month", "spring_entry_first_month"),
)
def student_has_left_first_grade(facts: Facts) -> Verdict:
    return either(is_cognitive(facts), _starts_after_first_grade(facts))


def _starts_after_first_grade(facts: Facts) -> Verdict:
    enrolled_on, start = facts.student.enrolled_on, facts.placement.start
    if enrolled_on is None or start is None:
        return every(is_known(enrolled_on, "student.enrolled_on"), start_is_known(facts))
    return HOLDS if (start.year, start.month) >= _second_grade(enrolled_on, on=start) else broken()


def _second_grade(enrolled_on: date, *, on: date) -> tuple[int, int]:
    """Year and month in which the second grade begins; a spring or summer entrant begins the first in autumn."""
    is_winter_entry = enrolled_on.month < number("spring_entry_first_month", on=on)
    first_school_year = enrolled_on.year - 1 if is_winter_entry else enrolled_on.year
    return first_school_year + number("min_grade", on=on) - 1, number("school_year_first_month", on=on)


@PLACE.rule(
    "INT-23",
    Severity.BLOCK,
    article="16(2)",
    regulation=N01,
    statement=Message(
        "学生在实习开始当日已满16周岁（自生日次日起算）",
        "On the first day the student's sixteenth birthday has passed",
    ),
    message=Message("学生在实习开始当日未满16周岁", "The student is not yet sixteen on the first day"),
    limits=("min_age_years",),
)
def student_is_old_enough(facts: Facts) -> Verdict:
    return either(is_cognitive(facts), _is_past_minimum_age(facts))


def _is_past_minimum_age(facts: Facts) -> Verdict:
    birth_date, start = facts.student.birth_date, facts.placement.start
    if birth_date is None or start is None:
        return every(is_known(birth_date, "student.birth_date"), start_is_known(facts))
    return HOLDS if is_past_birthday(birth_date, number("min_age_years", on=start), on=start) else broken()


@PLACE.rule(
    "INT-24",
    Severity.BLOCK,
    article="16(3)",
    regulation=N01,
    statement=Message(
        "不安排未成年学生从事《未成年工特殊保护规定》禁忌的劳动",
        "No minor does work that the rules for the protection of young workers forbid",
    ),
    message=Message("岗位含有未成年学生禁忌从事的劳动", "The post has hazards that are forbidden for minors"),
    limits=("minor_below_age", "hazards_forbidden_for_minors"),
)
def minor_is_spared_hazards(facts: Facts) -> Verdict:
    return either(_is_adult(facts), _post_suits_minors(facts))


def _is_adult(facts: Facts) -> Verdict:
    birth_date, start = facts.student.birth_date, facts.placement.start
    if birth_date is None or start is None:
        return every(is_known(birth_date, "student.birth_date"), start_is_known(facts))
    return HOLDS if has_reached(birth_date, number("minor_below_age", on=start), on=start) else broken()


def _post_suits_minors(facts: Facts) -> Verdict:
    if facts.post.hazards is None:
        return is_known(None, "post.hazards")
    forbidden = codes("hazards_forbidden_for_minors", on=facts.placement.start)
    return HOLDS if forbidden.isdisjoint(facts.post.hazards) else broken()


@PLACE.rule(
    "INT-28",
    Severity.BLOCK,
    article="16(7)",
    regulation=N01,
    statement=Message("岗位的体力劳动强度低于Ⅲ级", "The physical work of the post is below level III of GB/T 3869"),
    message=Message("岗位属于Ⅲ级强度及以上体力劳动", "The post is physical work of level III or above"),
    limits=("labour_intensity_allowed",),
)
def work_is_light_enough(facts: Facts) -> Verdict:
    intensity = facts.post.labour_intensity
    if intensity is None:
        return is_known(None, "post.labour_intensity")
    return HOLDS if intensity in codes("labour_intensity_allowed", on=facts.placement.start) else broken()
