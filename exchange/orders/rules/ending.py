"""Graduation, completion, the exchange of one for the other; awards and sanctions."""

from datetime import date

from exchange.core.periods import months_after
from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.orders.rules.books import BOOKS, LIMITS, NATIONAL, ZHEJIANG
from exchange.orders.rules.conditions import done, stated

GRADUATION, COMPLETION = BOOKS[OrderKind.GRADUATION], BOOKS[OrderKind.COMPLETION]
EXCHANGE = BOOKS[OrderKind.DIPLOMA_EXCHANGE]
AWARD, SANCTION = BOOKS[OrderKind.AWARD], BOOKS[OrderKind.SANCTION]
REMOVAL = BOOKS[OrderKind.SANCTION_REMOVAL]


@GRADUATION.rule(
    "STA-81",
    Severity.GATE,
    article="42",
    regulation=ZHEJIANG,
    statement=Message("毕业审核通过", "The graduation audit is passed"),
    message=Message("缺少毕业审核通过的日期", "The day on which the graduation audit was passed is missing"),
)
def audit_is_passed(facts: Facts) -> Verdict:
    return done(facts, "audit_passed_on")


@GRADUATION.rule(
    "STA-82",
    Severity.GATE,
    article="43",
    regulation=ZHEJIANG,
    statement=Message("提前毕业由学生申请", "Who graduates early has applied for it"),
    message=Message("没到毕业的学期，提前毕业要有学生申请", "Before the last months an application is needed"),
    limits=("graduation_month",),
)
def early_graduation_is_applied_for(facts: Facts) -> Verdict:
    month = LIMITS.number("graduation_month", on=facts.effective_on)
    last_months = date(facts.graduating_school_year + 1, month, 1)
    return HOLDS if facts.effective_on >= last_months else done(facts, "student_applied_on")


@COMPLETION.rule(
    "STA-83",
    Severity.GATE,
    article="45",
    regulation=ZHEJIANG,
    statement=Message("补考后仍不合格的才结业", "Completion follows make-up examinations that were not passed"),
    message=Message("缺少最后一次补考的日期", "The day of the last make-up examination is missing"),
)
def makeup_was_offered(facts: Facts) -> Verdict:
    return done(facts, "makeup_passed_on")


@COMPLETION.rule(
    "STA-84",
    Severity.BLOCK,
    article="45",
    regulation=ZHEJIANG,
    statement=Message("结业在学制年限期满时", "Completion comes at the end of the years of study"),
    message=Message("学制年限没有期满，不能结业", "The years of study are not over yet"),
    limits=("graduation_month",),
)
def years_of_study_are_over(facts: Facts) -> Verdict:
    month = LIMITS.number("graduation_month", on=facts.effective_on)
    return HOLDS if facts.effective_on >= date(facts.graduating_school_year + 1, month, 1) else broken()


@EXCHANGE.rule(
    "STA-85",
    Severity.BLOCK,
    article="45",
    regulation=ZHEJIANG,
    statement=Message("结业半年后、两年内换发毕业证书", "The exchange comes half a year to two years after completion"),
    message=Message(
        "换发毕业证书只能在结业半年后、两年内",
        "The exchange is possible from half a year to two years after completion",
    ),
    limits=("diploma_exchange_from_months", "diploma_exchange_until_months"),
)
def exchange_is_in_time(facts: Facts) -> Verdict:
    if facts.left_on is None:
        return broken()
    first = months_after(facts.left_on, LIMITS.number("diploma_exchange_from_months", on=facts.effective_on))
    last = months_after(facts.left_on, LIMITS.number("diploma_exchange_until_months", on=facts.effective_on))
    return HOLDS if first <= facts.effective_on <= last else broken()


@EXCHANGE.rule(
    "STA-86",
    Severity.GATE,
    article="45",
    regulation=ZHEJIANG,
    statement=Message("学生申请，补考合格", "The student has applied and passed the make-up examination"),
    message=Message("缺少学生申请或补考合格的日期", "The application or the passed make-up examination is missing"),
)
def exchange_is_applied_for(facts: Facts) -> Verdict:
    return every(done(facts, "student_applied_on"), done(facts, "makeup_passed_on"))


@AWARD.rule(
    "STA-91",
    Severity.GATE,
    article="28",
    regulation=NATIONAL,
    statement=Message("奖励有名称和级别，经过公示", "An award has a name and a level and was published"),
    message=Message("缺少奖励名称、级别或公示日期", "The name, the level or the publication of the award is missing"),
)
def award_is_published(facts: Facts) -> Verdict:
    return every(stated(facts, "award"), stated(facts, "award_level"), done(facts, "published_on"))


@SANCTION.rule(
    "STA-92",
    Severity.GATE,
    article="29",
    regulation=NATIONAL,
    statement=Message("处分写明种类，书面通知学生和家长", "A sanction has its kind; student and parents are told"),
    message=Message("缺少处分种类或书面通知日期", "The kind of the sanction or the written notice is missing"),
)
def sanction_is_told(facts: Facts) -> Verdict:
    return every(stated(facts, "sanction"), done(facts, "guardian_notified_on"))


@REMOVAL.rule(
    "STA-93",
    Severity.BLOCK,
    article="41",
    regulation=ZHEJIANG,
    statement=Message(
        "处分解除满六个月（毕业年级满三个月）才撤出档案",
        "A record is removed six months after the sanction was lifted, three in the graduating year",
    ),
    message=Message(
        "处分解除未满六个月（毕业年级三个月），不能撤出档案",
        "Less than six months (three in the graduating year) have passed since the sanction was lifted",
    ),
    limits=("sanction_removal_months", "sanction_removal_months_graduating"),
)
def sanction_was_lifted_long_ago(facts: Facts) -> Verdict:
    lifted_on = facts.evidence.lifted_on
    if lifted_on is None:
        return not_recorded("lifted_on")
    name = "sanction_removal_months_graduating" if facts.is_graduating else "sanction_removal_months"
    months = LIMITS.number(name, on=facts.effective_on)
    return HOLDS if months_after(lifted_on, months) <= facts.effective_on else broken("lifted_on")


@REMOVAL.rule(
    "STA-94",
    Severity.GATE,
    article="41",
    regulation=ZHEJIANG,
    statement=Message("学生申请撤出处分记录", "The student has applied for the removal"),
    message=Message("缺少学生的申请", "The application of the student is missing"),
)
def removal_is_applied_for(facts: Facts) -> Verdict:
    return done(facts, "student_applied_on")
