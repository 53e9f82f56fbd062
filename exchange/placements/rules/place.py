"""What must be true before a student is given a post: who arranged it, who guides, and whom the law keeps out."""

from datetime import date, timedelta

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Period
from exchange.placements.facts.values import Arranger, InternshipKind
from exchange.placements.rules.books import N01, PLACE
from exchange.placements.rules.conditions import (
    is_cognitive,
    is_known,
    is_past_birthday,
    start_is_known,
)
from exchange.placements.rules.limits import number

CATEGORY = 2  # the first digits of a major's code are its category (专业大类)


@PLACE.rule(
    "INT-10",
    Severity.GATE,
    article="8",
    regulation=N01,
    statement=Message(
        "实习全程有学校指导教师和单位专门人员指导", "An instructor and a mentor guide the student all the time"
    ),
    message=Message("指导人员没有覆盖实习全程", "Instructor and mentor do not cover the whole internship"),
)
def student_is_guided_throughout(facts: Facts) -> Verdict:
    instructor = Message("学校指导教师没有覆盖实习全程", "The school's instructor does not cover the whole internship")
    mentor = Message("单位指导人员没有覆盖实习全程", "The host's mentor does not cover the whole internship")
    return every(
        start_is_known(facts),
        is_known(facts.placement.end, "placement.end"),
        _covers(facts, facts.instructors, "instructors", instructor),
        _covers(facts, facts.mentors, "mentors", mentor),
    )


def _covers(facts: Facts, periods: tuple[Period, ...] | None, path: str, message: Message) -> Verdict:
    """Whether the periods hold every day; one with an unknown end may close a gap."""
    start, end = facts.placement.start, facts.placement.end
    if periods is None:
        return not_recorded(path, message=message)
    if not periods:
        return broken(path, message=message)
    known = [(each.from_, each.to) for each in periods if each.from_ and each.to]
    if start is None or end is None or _first_gap(known, start, end) is None:
        return HOLDS
    unknown = [
        f"{path}[{position}].{name}"
        for position, each in enumerate(periods)
        for name, day in (("from", each.from_), ("to", each.to))
        if day is None
    ]
    return not_recorded(*unknown, message=message) if unknown else broken(path, message=message)


def _first_gap(periods: list[tuple[date, date]], start: date, end: date) -> date | None:
    """The first day from start to end on which nobody is there."""
    day = start
    for first, last in sorted(periods):
        if first > day:
            break
        if last >= end:
            return None
        day = max(day, last + timedelta(days=1))
    return day if day <= end else None


@PLACE.rule(
    "INT-12",
    Severity.WARN,
    article="8",
    regulation=N01,
    statement=Message("岗位与学生所学专业对口或相近", "The post belongs to the category of the student's major"),
    message=Message("岗位跨专业大类", "The post belongs to another category of majors"),
)
def post_fits_major(facts: Facts) -> Verdict:
    major, majors = facts.student.major, facts.post.majors
    if major is None or majors is None:
        return every(is_known(major, "student.major"), is_known(majors, "post.majors"))
    return HOLDS if major[:CATEGORY] in {each[:CATEGORY] for each in majors if each} else broken()


@PLACE.rule(
    "INT-14",
    Severity.BLOCK,
    article="9",
    regulation=N01,
    statement=Message("认识实习由学校安排，学生不自行选择", "A cognitive visit is arranged by the school"),
    message=Message("认识实习由学生自行选择", "The student has chosen the cognitive visit"),
)
def visit_is_arranged_by_school(facts: Facts) -> Verdict:
    return either(_is_post_internship(facts), _is_arranged_by(facts, Arranger.SCHOOL))


def _is_post_internship(facts: Facts) -> Verdict:
    if facts.placement.kind is None:
        return is_known(None, "placement.kind")
    return HOLDS if facts.placement.kind is InternshipKind.POST else broken()


def _is_arranged_by(facts: Facts, arranger: Arranger) -> Verdict:
    if facts.placement.arranged_by is None:
        return is_known(None, "placement.arranged_by")
    return HOLDS if facts.placement.arranged_by is arranger else broken()


@PLACE.rule(
    "INT-15",
    Severity.GATE,
    article="9,10",
    regulation=N01,
    statement=Message(
        "学生自选单位的，本人和监护人已申请、学校已同意",
        "For a host of the student's own choice student and guardian have applied and the school has agreed",
    ),
    message=Message("自选实习单位的申请不全", "The application for a host of the student's own choice is incomplete"),
)
def own_choice_is_approved(facts: Facts) -> Verdict:
    application = facts.placement.self_application
    parts = {
        "student_signed_on": Message("自选单位未见学生本人申请", "The student has not applied for the own choice"),
        "guardian_signed_on": Message(
            "自选单位未见监护人申请签字", "The guardian has not signed the application for the own choice"
        ),
        "school_approved_on": Message("自选单位未见学校同意", "The school has not agreed to the own choice"),
    }
    return either(
        _is_arranged_by(facts, Arranger.SCHOOL),
        every(
            *(
                HOLDS
                if getattr(application, name)
                else not_recorded(f"placement.self_application.{name}", message=said)
                for name, said in parts.items()
            )
        ),
    )


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
