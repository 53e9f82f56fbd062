"""Moving up a year. What other features know arrives as obstacles: each has its rule, which a reason excuses."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Regulation, Severity, Verdict, broken, every
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.orders.obstacles import Cause
from exchange.orders.rules.books import BOOKS, NATIONAL, ZHEJIANG

PROMOTION = BOOKS[OrderKind.PROMOTION]
SCHOOL = Regulation("学校", Message("学校约定", "The school’s own arrangement"), date(2018, 9, 1), is_law=False)


@PROMOTION.rule(
    "STA-18",
    Severity.BLOCK,
    article="24",
    regulation=NATIONAL,
    statement=Message("毕业年级不再升级", "Nobody moves up from the graduating year"),
    message=Message("已是毕业年级，没有下一年级可升", "This is the graduating year: there is none to move up to"),
)
def there_is_a_year_to_move_up_to(facts: Facts) -> Verdict:
    return HOLDS if facts.ending_school_year < facts.graduating_school_year else broken()


@PROMOTION.rule(
    "STA-08",
    Severity.BLOCK,
    article="24",
    regulation=NATIONAL,
    statement=Message("一个学年只升一次级", "Nobody moves up twice for one school year"),
    message=Message("这个学年已经升过级", "The student has moved up for this school year already"),
)
def has_not_moved_up_yet(facts: Facts) -> Verdict:
    return broken() if facts.has_moved_up else HOLDS


@PROMOTION.rule(
    "STA-19",
    Severity.WARN,
    article="24",
    regulation=NATIONAL,
    statement=Message("升级的学生本学年课程及格", "Who moves up has passed the courses of the year"),
    message=Message("本学年有课程不及格", "Courses of the year were not passed"),
)
def courses_of_the_year_are_passed(facts: Facts) -> Verdict:
    return _free_of(Cause.COURSES, facts)


@PROMOTION.rule(
    "STA-20",
    Severity.WARN,
    article="24",
    regulation=NATIONAL,
    statement=Message("升级的学生不在留校察看期", "Who moves up is not on probation"),
    message=Message("学生在留校察看期", "The student is on probation"),
)
def is_not_on_probation(facts: Facts) -> Verdict:
    return broken() if facts.on_probation else HOLDS


@PROMOTION.rule(
    "STA-26",
    Severity.WARN,
    article="学期注册",
    regulation=SCHOOL,
    statement=Message("升级的学生本学年末注册过学期", "Who moves up was registered for the last term of the year"),
    message=Message("没有学期注册", "Not registered for the term"),
)
def is_registered_for_the_term(facts: Facts) -> Verdict:
    return _free_of(Cause.REGISTRATION, facts)


@PROMOTION.rule(
    "STA-27",
    Severity.WARN,
    article="22",
    regulation=ZHEJIANG,
    statement=Message(
        "升级的学生一学期旷课没有达到劝退的课时", "Who moves up has not reached the hours that ask for a decision"
    ),
    message=Message("旷课达到要由学校决定的课时", "The hours missed without leave ask the school for a decision"),
)
def misses_fewer_hours_than_ask_for_a_decision(facts: Facts) -> Verdict:
    return _free_of(Cause.HOURS, facts)


def _free_of(cause: Cause, facts: Facts) -> Verdict:
    return every(*(broken(message=each.message) for each in facts.obstacles if each.cause is cause))
