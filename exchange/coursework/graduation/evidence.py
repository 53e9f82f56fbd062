"""The records behind each rule of the audit, whether it is met or not."""

from collections.abc import Callable
from datetime import date

from exchange.core.i18n import _
from exchange.core.rules import Message
from exchange.coursework.grading import plain
from exchange.coursework.graduation.conditions import credits_required
from exchange.coursework.graduation.facts import LAST_MONTH, Facts
from exchange.coursework.graduation.rules import last_day_to_register

LAST_DAY = 31  # of August


def evidence_of(code: str, facts: Facts) -> tuple[Message, ...]:
    """What the records say for the rule with this code."""
    return EVIDENCE[code](facts)


def _conditions(facts: Facts) -> tuple[Message, ...]:
    terms, courses, over = len(facts.conduct), len(facts.courses), sum(each.is_over for each in facts.internships)
    passed = sum(each.passed is True for each in facts.conduct)
    done = sum(course.passed for course in facts.courses)
    earned, required = plain(facts.earned), credits_required(facts.day)
    return (
        Message(f"操行合格 {passed} / {terms} 学期", f"Conduct passed in {passed} of {terms} terms"),
        Message(f"课程合格 {done} / {courses} 门", f"Courses passed: {done} of {courses}"),
        Message(f"已得学分 {earned}", f"Credits earned: {earned}"),
        Message(f"规定学分 {required}", f"Credits asked for: {required}"),
        Message(f"岗位实习已结束 {over} 次", f"Post internships ended: {over}"),
    )


def _early_application(facts: Facts) -> tuple[Message, ...]:
    return (_noted(facts.notes.early_applied_on, _("申请提前毕业"), _("没有申请提前毕业")),)


def _deadline(facts: Facts) -> tuple[Message, ...]:
    day = Message.day(last_day_to_register(facts))
    return (Message(f"毕业登记最晚{day.zh}", f"Graduation is to be registered by {day.en}"),)


def _length(facts: Facts) -> tuple[Message, ...]:
    years, length = facts.years_of_study, facts.length_years
    return (Message(f"在学第 {years} 年，学制 {length} 年", f"Year {years} of study; the programme has {length}"),)


def _last_day(facts: Facts) -> tuple[Message, ...]:
    day = Message.day(date(facts.intake_year + facts.length_years, LAST_MONTH, LAST_DAY))
    return (Message(f"学制到{day.zh}期满", f"The years of study end on {day.en}"),)


def _status(facts: Facts) -> tuple[Message, ...]:
    word = Message.of(facts.status.label)
    if facts.left_on is None:
        return (Message(f"学籍：{word.zh}", f"Status: {word.en}"),)
    since = Message.day(facts.left_on)
    return (Message(f"学籍：{word.zh}，{since.zh}起", f"Status: {word.en}, since {since.en}"),)


def _enlistment(facts: Facts) -> tuple[Message, ...]:
    return (_noted(facts.notes.enlisted_on, _("应征入伍"), _("没有应征入伍的登记")),)


def _noted(day: date | None, what: object, nothing: object) -> Message:
    if day is None:
        return Message.of(nothing)
    word, on = Message.of(what), Message.day(day)
    return Message(f"{on.zh}{word.zh}", f"{word.en}: {on.en}")


def _extras(facts: Facts) -> tuple[Message, ...]:
    noted = [each for each in (facts.notes.minor_programme, facts.notes.dual_certificate) if each]
    return tuple(Message(each, each) for each in noted) or (Message.of(_("没有辅修专业或双证融通的登记")),)


EVIDENCE: dict[str, Callable[[Facts], tuple[Message, ...]]] = {
    "GR-01": _conditions,
    "GR-02": _early_application,
    "GR-03": _deadline,
    "GR-04": _length,
    "GR-05": _last_day,
    "GR-06": _status,
    "GR-07": _status,
    "GR-08": _status,
    "GR-09": _enlistment,
    "GR-10": _extras,
}
