"""Withdrawal, dismissal, expulsion, death: how somebody leaves before the end."""

from collections.abc import Callable
from datetime import timedelta

from exchange.core.periods import months_after
from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.orders.evidence import Ground
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.orders.rules.books import BOOKS, LIMITS, ZHEJIANG
from exchange.orders.rules.conditions import done, is_adult, stated
from exchange.students.models import StudentStatus

WITHDRAWAL, DISMISSAL = BOOKS[OrderKind.WITHDRAWAL], BOOKS[OrderKind.DISMISSAL]
EXPULSION, DEATH = BOOKS[OrderKind.EXPULSION], BOOKS[OrderKind.DEATH]
LOST = BOOKS[OrderKind.LOST]


@WITHDRAWAL.rule(
    "STA-41",
    Severity.GATE,
    article="22",
    regulation=ZHEJIANG,
    statement=Message("学生和监护人申请退学", "Student and guardian have applied to withdraw"),
    message=Message("缺少学生或监护人的退学申请", "The application of student or guardian is missing"),
)
def withdrawal_is_applied_for(facts: Facts) -> Verdict:
    return every(done(facts, "student_applied_on"), done(facts, "guardian_applied_on"))


@DISMISSAL.rule(
    "STA-51",
    Severity.BLOCK,
    article="22",
    regulation=ZHEJIANG,
    statement=Message("不勒令未成年学生退学", "No minor is ordered to leave"),
    message=Message("学生未成年，不得勒令退学", "The student is a minor and must not be ordered to leave"),
    limits=("minor_below_age",),
)
def no_minor_is_dismissed(facts: Facts) -> Verdict:
    return HOLDS if is_adult(facts) else broken()


@DISMISSAL.rule(
    "STA-52",
    Severity.BLOCK,
    article="22",
    regulation=ZHEJIANG,
    statement=Message("认定退学有规定的四种情形之一", "The school may dismiss in one of four cases only"),
    message=Message("没有达到认定退学的情形", "None of the four cases of dismissal is given"),
    limits=("return_grace_days", "leave_at_most_years", "unexcused_hours", "absent_days"),
)
def case_of_dismissal_is_given(facts: Facts) -> Verdict:
    ground = facts.evidence.ground
    return CASES[ground](facts) if ground in CASES else not_recorded("ground")


def _leave_has_expired(facts: Facts) -> Verdict:
    """休学期满，两周内不复学."""
    until = facts.leave_until or facts.evidence.leave_until
    if facts.status is not StudentStatus.ON_LEAVE:
        return broken()
    if until is None:
        return not_recorded("leave_until")
    grace = timedelta(days=LIMITS.number("return_grace_days", on=facts.effective_on))
    return HOLDS if facts.effective_on - until > grace else broken()  # a leave may be written without an end


def _has_been_away_for_two_years(facts: Facts) -> Verdict:
    """连续休学两年，仍不能复学."""
    if facts.status is not StudentStatus.ON_LEAVE or facts.left_on is None:
        return broken()
    months = 12 * LIMITS.number("leave_at_most_years", on=facts.effective_on)
    return HOLDS if months_after(facts.left_on, months) <= facts.effective_on else broken()


def _has_missed_hours(facts: Facts) -> Verdict:
    """一学期旷课累计达90课时以上."""
    hours = facts.evidence.unexcused_hours
    if hours is None:
        return not_recorded("unexcused_hours")
    return HOLDS if hours >= LIMITS.number("unexcused_hours", on=facts.effective_on) else broken("unexcused_hours")


def _has_been_gone_for_weeks(facts: Facts) -> Verdict:
    """擅自离校连续两周以上: more than fourteen days, the first one counted."""
    since = facts.evidence.absent_since
    if since is None:
        return not_recorded("absent_since")
    days = (facts.effective_on - since).days + 1
    return HOLDS if days > LIMITS.number("absent_days", on=facts.effective_on) else broken("absent_since")


CASES: dict[Ground | None, Callable[[Facts], Verdict]] = {
    Ground.LEAVE_EXPIRED: _leave_has_expired,
    Ground.TWO_YEARS: _has_been_away_for_two_years,
    Ground.ABSENT_HOURS: _has_missed_hours,
    Ground.ABSENT_WEEKS: _has_been_gone_for_weeks,
}


@DISMISSAL.rule(
    "STA-53",
    Severity.GATE,
    article="22",
    regulation=ZHEJIANG,
    statement=Message("通知监护人，联系不上的公告", "The guardian is told; where nobody is reached, by public notice"),
    message=Message("没有通知监护人，也没有公告", "Neither was the guardian told nor was there a public notice"),
)
def guardian_is_told(facts: Facts) -> Verdict:
    return either(done(facts, "guardian_notified_on"), done(facts, "public_notice_on"))


@LOST.rule(
    "STA-55",
    Severity.GATE,
    article="22",
    regulation=ZHEJIANG,
    statement=Message(
        "定为流失以前联系过监护人，联系不上的公告",
        "Before somebody counts as lost the guardian is contacted; where nobody is reached, by public notice",
    ),
    message=Message(
        "没有联系监护人的日期，也没有公告日期", "Neither a contact with the guardian nor a public notice is recorded"
    ),
)
def guardian_was_sought(facts: Facts) -> Verdict:
    return either(done(facts, "guardian_notified_on"), done(facts, "public_notice_on"))


@LOST.rule(
    "STA-56",
    Severity.GATE,
    article="22",
    regulation=ZHEJIANG,
    statement=Message(
        "擅自离校连续两周以上才定为流失", "Nobody counts as lost before two weeks of absence without leave"
    ),
    message=Message(
        "缺少擅自离校的第一天，或离校没有超过两周",
        "The first day of the absence is missing, or it is not two weeks ago",
    ),
    limits=("absent_days",),
)
def has_been_gone_long_enough_to_be_lost(facts: Facts) -> Verdict:
    return _has_been_gone_for_weeks(facts)


@EXPULSION.rule(
    "STA-61",
    Severity.BLOCK,
    article="40",
    regulation=ZHEJIANG,
    statement=Message("不开除未成年学生", "No minor is expelled"),
    message=Message("学生未成年，不得开除", "The student is a minor and must not be expelled"),
    limits=("minor_below_age",),
)
def no_minor_is_expelled(facts: Facts) -> Verdict:
    return HOLDS if is_adult(facts) else broken()


@EXPULSION.rule(
    "STA-62",
    Severity.GATE,
    article="40",
    regulation=ZHEJIANG,
    statement=Message("开除有规定的两种情形之一", "The school may expel in one of two cases only"),
    message=Message("缺少开除的事由", "The case for the expulsion is missing"),
)
def case_of_expulsion_is_given(facts: Facts) -> Verdict:
    return stated(facts, "ground")


@EXPULSION.rule(
    "STA-65",
    Severity.BLOCK,
    article="40",
    regulation=ZHEJIANG,
    statement=Message(
        "“留校察看一年内无悔改”要有留校察看的处分",
        "Who is expelled for not having reformed on probation was put on probation",
    ),
    message=Message(
        "没有留校察看的处分，不能以“留校察看一年内无悔改”开除",
        "There is no sanction of probation that stands, so this case of expulsion is not given",
    ),
)
def unreformed_was_on_probation(facts: Facts) -> Verdict:
    return broken() if facts.evidence.ground is Ground.UNREFORMED and not facts.was_on_probation else HOLDS


@EXPULSION.rule(
    "STA-63",
    Severity.GATE,
    article="40",
    regulation=ZHEJIANG,
    statement=Message(
        "书面通知学生和家长，告知可以听证", "Student and parents are told in writing, with the right to a hearing"
    ),
    message=Message("缺少书面通知或听证告知", "The written notice or the offer of a hearing is missing"),
)
def hearing_is_offered(facts: Facts) -> Verdict:
    return every(done(facts, "guardian_notified_on"), done(facts, "hearing_offered_on"))


@EXPULSION.rule(
    "STA-64",
    Severity.GATE,
    article="40",
    regulation=ZHEJIANG,
    statement=Message("开除由校领导集体研究决定", "The leadership of the school decides together"),
    message=Message("缺少校领导集体研究决定的日期", "The decision of the leadership is missing"),
)
def leadership_has_decided(facts: Facts) -> Verdict:
    return done(facts, "leadership_decided_on")


@DEATH.rule(
    "STA-71",
    Severity.GATE,
    article="23",
    regulation=ZHEJIANG,
    statement=Message("死亡及时逐级上报，凭证明注销", "A death is reported to the province, and proved"),
    message=Message("缺少证明或逐级上报的日期", "The proof or the report is missing"),
)
def death_is_proved_and_reported(facts: Facts) -> Verdict:
    return every(done(facts, "proof_on"), done(facts, "reported_to_province_on"))
