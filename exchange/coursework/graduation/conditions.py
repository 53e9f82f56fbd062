"""The three conditions of graduation: conduct, courses, internship. What is missing is named one by one."""

from datetime import date
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.core.rules import HOLDS, Message, Verdict, broken, every, not_recorded
from exchange.coursework.graduation.facts import CourseState, Facts, Internship

SETTINGS = DatedValues(Path(__file__).with_name("settings.json"))


def conduct_is_passed(facts: Facts) -> Verdict:
    """思想品德评价合格: every term here is assessed, and not more of them are failed than the school allows."""
    open_terms = [each.term for each in facts.conduct if each.passed is None]
    failed = [each.term for each in facts.conduct if each.passed is False]
    verdicts = [not_recorded("conduct", message=_conduct_open(term)) for term in open_terms]
    if len(failed) > SETTINGS.number("conduct_terms_failed_at_most", on=facts.day):
        verdicts += [broken("conduct", message=_conduct_failed(term)) for term in failed]
    if not facts.conduct:
        verdicts.append(not_recorded("conduct", message=Message("没有操行评定", "There is no conduct assessment")))
    return every(*verdicts)


def credits_required(on: date) -> int:
    """The credits with which the courses count as done (规定学分), as in force on the day."""
    return SETTINGS.number("required_credits", on=on)


def courses_are_passed(facts: Facts) -> Verdict:
    """修满全部课程且成绩合格, or 修满规定学分. The internship is judged by its own condition."""
    if not facts.courses:
        return not_recorded("courses", message=Message("专业还没有课程", "The programme has no courses yet"))
    if facts.earned >= credits_required(facts.day):
        return HOLDS
    open_courses = [each for each in facts.courses if not each.passed and not each.is_internship]
    return every(*(broken("courses", message=_course_open(course)) for course in open_courses))


def internship_is_passed(facts: Facts) -> Verdict:
    """实习鉴定合格: by the internship course of the programme, or the appraisal of one that is over."""
    if any(course.passed for course in facts.courses if course.is_internship):
        return HOLDS
    if any(each.is_over and each.passed for each in facts.internships):
        return HOLDS
    named = [_internship_open(each) for each in facts.internships]
    missing = named or [Message("没有岗位实习", "There is no post internship")]
    return every(*(not_recorded("internship", message=message) for message in missing))


def all_is_done(facts: Facts) -> Verdict:
    """The three together (GR-01)."""
    return every(conduct_is_passed(facts), courses_are_passed(facts), internship_is_passed(facts))


def _conduct_open(term: Message) -> Message:
    return Message(f"{term.zh}没有操行评定", f"Conduct is not assessed: {term.en}")


def _conduct_failed(term: Message) -> Message:
    return Message(f"{term.zh}操行不合格", f"Conduct was not passed: {term.en}")


def _course_open(course: CourseState) -> Message:
    return Message(f"{course.name}：{course.state.zh}", f"{course.name}: {course.state.en}")


def _internship_open(internship: Internship) -> Message:
    if not internship.is_over:
        end = Message.day(internship.ends_on)
        return Message(
            f"{internship.host}的实习到{end.zh}才结束", f"The internship at {internship.host} ends on {end.en}"
        )
    if internship.passed is None:
        return Message(f"{internship.host}的实习还没有鉴定", f"The internship at {internship.host} is not appraised")
    return Message(f"{internship.host}的实习鉴定不合格", f"The internship at {internship.host} was not passed")
