"""The figures behind the checks: what a plan has, what is asked for, and which courses make it so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.core.rules import HOLDS, Message, Verdict, broken, not_recorded
from exchange.programmes.models import BasicSubject
from exchange.programmes.rules.plan import Line, Plan

LIMITS = DatedValues(Path(__file__).parents[1] / "limits.json")
NO_COURSES = Message("还没有课程", "There are no courses yet")


@dataclass(frozen=True)
class Measure:
    """``is_met`` is None where nothing is asked of such a plan, or the figure cannot be told."""

    figure: Message
    asked: Message
    is_met: bool | None
    courses: tuple[Message, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The same as a rule says it."""
        if self.is_met is None:
            return not_recorded("courses", message=self.figure)
        return HOLDS if self.is_met else broken("courses", message=self._said)

    @property
    def _said(self) -> Message:
        figure, asked = self.figure, self.asked
        return Message(f"现在是{figure.zh}，要求{asked.zh}", f"Now {figure.en}, asked for: {asked.en}")


def total_hours(plan: Plan) -> Measure:
    """The hours of all courses against those of three years; other lengths have no number."""
    figure = Message(f"{plan.hours:,} 学时", f"{plan.hours:,} hours")
    return _at_least(plan, "total_hours_at_least", Decimal(plan.hours), figure, Message("学时", "hours"))


def total_credits(plan: Plan) -> Measure:
    """The credits of all courses against those of three years; other lengths have no number."""
    credits = sum((course.credits for course in plan.courses), Decimal(0))
    figure = Message(f"{_plain(credits)} 学分", f"{_plain(credits)} credits")
    return _at_least(plan, "total_credits_at_least", credits, figure, Message("学分", "credits"))


def public_basic_share(plan: Plan) -> Measure:
    """Public basic courses in the hours of all."""
    limits = LIMITS.table("public_basic_percent", on=plan.day)
    return _share(plan, plan.those(lambda each: each.is_public_basic), least=limits["least"], most=limits["most"])


def elective_share(plan: Plan) -> Measure:
    """Elective courses in the hours of all."""
    least = LIMITS.number("elective_percent_at_least", on=plan.day)
    return _share(plan, plan.those(lambda each: each.is_elective), least=least)


def practice_share(plan: Plan) -> Measure:
    """Hours of practice in the hours of all."""
    least = LIMITS.number("practice_percent_at_least", on=plan.day)
    practice = plan.those(lambda each: each.practice_hours)
    hours = sum(course.practice_hours for course in practice)
    named = (_with_hours(course.name, course.practice_hours) for course in practice)
    return _percent(plan, hours, named, least=least)


def internship_length(plan: Plan) -> Measure:
    """The months of all post internships, together or in parts."""
    limits = LIMITS.table("internship_months", on=plan.day)
    internships = plan.those(lambda each: each.is_internship)
    unsaid = [course for course in internships if course.internship_months is None]
    months = sum((course.internship_months or Decimal(0) for course in internships), Decimal(0))
    asked = Message(f"{limits['least']} 到 {limits['most']} 个月", f"{limits['least']} to {limits['most']} months")
    named = tuple(_with_months(course) for course in internships)
    figure = Message(f"{_plain(months)} 个月", f"{_plain(months)} months")
    if unsaid:
        figure = Message("没有写实习几个月", "The months of the internship are not recorded")
        return Measure(figure, asked, None, named)
    return Measure(figure, asked, limits["least"] <= months <= limits["most"], named)


def hours_per_credit(plan: Plan) -> Measure:
    """The courses whose hours do not fit their credits."""
    limits = LIMITS.table("hours_per_credit", on=plan.day)
    least, most = limits["least"], limits["most"]
    asked = Message(f"每门课 {least} 到 {most} 学时 1 学分", f"{least} to {most} hours a credit in every course")
    if not plan.courses:
        return Measure(NO_COURSES, asked, None)
    odd = plan.those(lambda each: not least * each.credits <= each.hours <= most * each.credits)
    figure = Message(f"{len(odd)} / {len(plan.courses)} 门不合", f"{len(odd)} of {len(plan.courses)} courses differ")
    return Measure(figure, asked, not odd, tuple(map(_with_ratio, odd)))


def core_courses(plan: Plan) -> Measure:
    """How many core courses of the major there are."""
    limits = LIMITS.table("core_courses", on=plan.day)
    core = plan.those(lambda each: each.is_core)
    return Measure(
        figure=Message(f"{len(core)} 门", f"{len(core)} courses"),
        asked=Message(f"{limits['least']} 到 {limits['most']} 门", f"{limits['least']} to {limits['most']} courses"),
        is_met=limits["least"] <= len(core) <= limits["most"],
        courses=tuple(_with_hours(course.name, course.hours) for course in core),
    )


def basic_subjects(plan: Plan) -> Measure:
    """Which of the public basic subjects are not taught."""
    wanted = LIMITS.codes("basic_subjects", on=plan.day) | LIMITS.codes("basic_subjects_of_the_school", on=plan.day)
    taught = {course.subject for course in plan.courses}
    missing = [subject for subject in BasicSubject if subject.value in wanted and subject not in taught]
    figure = Message("都开了", "all are taught") if not missing else _missing(missing)
    asked = Message(f"{len(wanted)} 个科目都开课", f"all {len(wanted)} subjects")
    named = (Message.of(subject.label) for subject in BasicSubject if subject in taught)
    return Measure(figure, asked, not missing, tuple(named))


def _at_least(plan: Plan, limit: str, number: Decimal, figure: Message, unit: Message) -> Measure:
    least = LIMITS.table(limit, on=plan.day).get(str(plan.length_years))
    if least is None:
        return Measure(figure, Message("只对三年制有规定", "Asked of three years only"), None)
    return Measure(figure, Message(f"至少 {least:,} {unit.zh}", f"at least {least:,} {unit.en}"), number >= least)


def _share(plan: Plan, courses: tuple[Line, ...], *, least: int, most: int | None = None) -> Measure:
    named = (_with_hours(course.name, course.hours) for course in courses)
    return _percent(plan, sum(course.hours for course in courses), named, least=least, most=most)


def _percent(plan: Plan, hours: int, named: Iterable[Message], *, least: int, most: int | None = None) -> Measure:
    asked = Message(f"至少 {least}%", f"at least {least}%")
    if most is not None:
        asked = Message(f"{least}% 到 {most}%", f"{least}% to {most}%")
    if not plan.hours:
        return Measure(NO_COURSES, asked, None)
    percent = Decimal(100 * hours) / plan.hours
    figure = Message(
        f"{percent:.1f}%（{hours:,} / {plan.hours:,} 学时）", f"{percent:.1f}% ({hours:,} of {plan.hours:,} hours)"
    )
    return Measure(figure, asked, least <= percent and (most is None or percent <= most), tuple(named))


def _with_hours(name: str, hours: int) -> Message:
    return Message(f"{name} {hours}", f"{name} {hours}")


def _with_months(course: Line) -> Message:
    if course.internship_months is None:
        return Message(course.name, course.name)
    months = _plain(course.internship_months)
    return Message(f"{course.name} {months} 个月", f"{course.name} {months} months")


def _with_ratio(course: Line) -> Message:
    if not course.credits:
        return Message(f"{course.name}（没有学分）", f"{course.name} (no credits)")
    ratio = _plain(round(course.hours / course.credits, 1))
    return Message(
        f"{course.name}（{course.hours} 学时 {_plain(course.credits)} 学分，每学分 {ratio} 学时）",
        f"{course.name} ({course.hours} hours, {_plain(course.credits)} credits: {ratio} hours a credit)",
    )


def _missing(subjects: list[BasicSubject]) -> Message:
    labels = [Message.of(subject.label) for subject in subjects]
    zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
    return Message(f"缺{zh}", f"missing: {en}")


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
