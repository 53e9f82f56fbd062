"""Leave of absence and the return from it."""

from exchange.core.periods import months_after
from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.orders.evidence import Ground
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.orders.rules.books import BOOKS, LIMITS, ZHEJIANG
from exchange.orders.rules.conditions import done, stated

LEAVE, RESUMPTION = BOOKS[OrderKind.LEAVE], BOOKS[OrderKind.RESUMPTION]


@LEAVE.rule(
    "STA-21",
    Severity.GATE,
    article="20",
    regulation=ZHEJIANG,
    statement=Message("学生和监护人申请休学", "Student and guardian have applied for the leave"),
    message=Message("缺少学生或监护人的休学申请", "The application of student or guardian is missing"),
)
def leave_is_applied_for(facts: Facts) -> Verdict:
    return every(done(facts, "student_applied_on"), done(facts, "guardian_applied_on"))


@LEAVE.rule(
    "STA-22",
    Severity.GATE,
    article="20",
    regulation=ZHEJIANG,
    statement=Message(
        "休学有事由，因病休学有县级以上医院证明", "A leave has its ground; for illness, a county hospital certifies it"
    ),
    message=Message(
        "缺少休学事由；因病休学要有县级以上医院证明",
        "The ground is missing; for illness a certificate of a county hospital is needed",
    ),
)
def leave_has_a_ground(facts: Facts) -> Verdict:
    if facts.evidence.ground is Ground.ILLNESS:
        return done(facts, "hospital_certificate_on")
    return stated(facts, "ground")


@LEAVE.rule(
    "STA-23",
    Severity.BLOCK,
    article="20",
    regulation=ZHEJIANG,
    statement=Message(
        "创业或实践休学，已入学满一年或修满三分之一学分",
        "A leave for business comes after a year here, or with a third of the credits",
    ),
    message=Message(
        "入学未满一年，也未修满三分之一学分，不能因创业或实践休学",
        "Less than a year here and less than a third of the credits: no leave for business or practical work",
    ),
    limits=("business_leave_after_months",),
)
def business_comes_after_a_year(facts: Facts) -> Verdict:
    if facts.evidence.ground is not Ground.BUSINESS or facts.evidence.has_third_of_credits:
        return HOLDS
    months = LIMITS.number("business_leave_after_months", on=facts.effective_on)
    return HOLDS if months_after(facts.enrolled_on, months) <= facts.effective_on else broken("has_third_of_credits")


@LEAVE.rule(
    "STA-24",
    Severity.GATE,
    article="20",
    regulation=ZHEJIANG,
    statement=Message("学校与监护人签订休学期间的责任协议", "School and guardian have agreed who is responsible"),
    message=Message("缺少与监护人签订的责任协议", "The agreement with the guardian on responsibility is missing"),
)
def responsibility_is_agreed(facts: Facts) -> Verdict:
    return done(facts, "agreement_signed_on")


@LEAVE.rule(
    "STA-25",
    Severity.GATE,
    article="20",
    regulation=ZHEJIANG,
    statement=Message("休学写明到哪一天", "The leave says until which day it lasts"),
    message=Message("缺少休学的最后一天，或早于生效日期", "The last day of the leave is missing or before its first"),
)
def leave_has_an_end(facts: Facts) -> Verdict:
    until = facts.evidence.leave_until
    if until is None:
        return not_recorded("leave_until")
    return HOLDS if until >= facts.effective_on else broken("leave_until")


@RESUMPTION.rule(
    "STA-31",
    Severity.WARN,
    article="21",
    regulation=ZHEJIANG,
    statement=Message("学期开始前一个月申请复学", "The return is applied for a month before the term begins"),
    message=Message("复学申请不到学期开始前一个月", "The application came less than a month before the term"),
    limits=("resumption_applied_months_before",),
)
def return_is_applied_for_in_time(facts: Facts) -> Verdict:
    applied_on = facts.evidence.student_applied_on
    if applied_on is None:
        return not_recorded("student_applied_on")
    months = LIMITS.number("resumption_applied_months_before", on=facts.effective_on)
    return HOLDS if months_after(applied_on, months) <= facts.next_term.starts_on else broken("student_applied_on")


@RESUMPTION.rule(
    "STA-32",
    Severity.GATE,
    article="21",
    regulation=ZHEJIANG,
    statement=Message("学生申请复学", "The student has applied to return"),
    message=Message("缺少学生的复学申请", "The student's application to return is missing"),
)
def return_is_applied_for(facts: Facts) -> Verdict:
    return done(facts, "student_applied_on")


@RESUMPTION.rule(
    "STA-33",
    Severity.GATE,
    article="21",
    regulation=ZHEJIANG,
    statement=Message(
        "因病休学的有县级以上医院健康证明，并经学校复查",
        "After illness a county hospital certifies health, and the school checks it",
    ),
    message=Message(
        "因病休学复学，缺少县级以上医院健康证明或学校复查",
        "After illness the certificate of a county hospital or the check by the school is missing",
    ),
)
def health_is_certified(facts: Facts) -> Verdict:
    if facts.leave_ground is not Ground.ILLNESS:
        return HOLDS
    return every(done(facts, "hospital_certificate_on"), done(facts, "rechecked_on"))
