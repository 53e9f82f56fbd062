"""GR-01 … GR-10: graduation, completion and what follows (``domain/rules.md`` §2.4). One function per rule."""

from datetime import date, timedelta

from exchange.core.periods import months_after
from exchange.core.rules import HOLDS, Message, Outcome, RuleBook, Severity, Verdict, broken
from exchange.coursework.graduation.conditions import SETTINGS, all_is_done
from exchange.coursework.graduation.facts import Facts
from exchange.orders.rules.books import LIMITS, NATIONAL, ZHEJIANG
from exchange.reference.calendar import DayKind, day_kind
from exchange.students.models import StudentStatus

GRADUATION: RuleBook[Facts] = RuleBook("GRADUATION")
LEFT_MIDWAY = {StudentStatus.WITHDRAWN, StudentStatus.LOST, StudentStatus.EXPELLED, StudentStatus.TRANSFERRED}


@GRADUATION.rule(
    "GR-01",
    Severity.GATE,
    article="42",
    regulation=ZHEJIANG,
    statement=Message(
        "思想品德评价合格，课程修满并合格，实习鉴定合格",
        "Conduct, all courses and the internship are passed",
    ),
    message=Message("还不能毕业", "Graduation is not possible yet"),
    limits=("required_credits", "conduct_terms_failed_at_most"),
)
def conditions_are_met(facts: Facts) -> Verdict:
    return all_is_done(facts) if facts.is_on_roll else HOLDS


@GRADUATION.rule(
    "GR-02",
    Severity.INFO,
    article="43",
    regulation=ZHEJIANG,
    statement=Message(
        "提前完成全部学业的可以申请提前毕业", "Who has done everything early may apply to graduate early"
    ),
    message=Message(
        "已经全部完成，可以由学生申请提前毕业", "Everything is done; the student may apply to graduate early"
    ),
)
def early_graduation_is_offered(facts: Facts) -> Verdict:
    may_apply = facts.is_on_roll and _is_done(facts) and facts.day < _graduation_opens(facts)
    return broken("early_applied_on") if may_apply and facts.notes.early_applied_on is None else HOLDS


@GRADUATION.rule(
    "GR-03",
    Severity.WARN,
    article="42",
    regulation=ZHEJIANG,
    statement=Message(
        "离校前 20 个工作日完成毕业登记", "Graduation is registered 20 workdays before the students leave"
    ),
    message=Message("毕业登记的最后期限已经过了", "The last day to register graduation has passed"),
    limits=("graduation_filed_workdays_before",),
)
def registration_is_in_time(facts: Facts) -> Verdict:
    return broken("status") if facts.is_on_roll and facts.day > last_day_to_register(facts) else HOLDS


@GRADUATION.rule(
    "GR-04",
    Severity.INFO,
    article="34",
    regulation=NATIONAL,
    statement=Message("弹性学制要在毕业证书上注明", "Elastic study is stated on the diploma"),
    message=Message("学习年限超过学制，毕业证书要注明弹性学制", "The diploma must state elastic study"),
)
def study_is_of_ordinary_length(facts: Facts) -> Verdict:
    is_longer = facts.is_on_roll and facts.years_of_study > facts.length_years
    return broken() if is_longer else HOLDS


@GRADUATION.rule(
    "GR-05",
    Severity.WARN,
    article="45",
    regulation=ZHEJIANG,
    statement=Message("年限期满仍不合格的，按结业处理", "Who still fails at the end of the years of study completes"),
    message=Message("学制年限已满还没有合格，按规定结业", "The years of study are over; completion applies"),
)
def completion_does_not_apply(facts: Facts) -> Verdict:
    return broken("status") if facts.is_on_roll and facts.years_are_over and not _is_done(facts) else HOLDS


@GRADUATION.rule(
    "GR-06",
    Severity.INFO,
    article="45",
    regulation=ZHEJIANG,
    statement=Message(
        "结业半年后、两年内补考合格的换发毕业证书",
        "From half a year to two years after completion the certificate may be exchanged for a diploma",
    ),
    message=Message("可以申请换发毕业证书", "The diploma may be applied for"),
    limits=("diploma_exchange_from_months", "diploma_exchange_until_months"),
)
def diploma_can_be_exchanged(facts: Facts) -> Verdict:
    if facts.status is not StudentStatus.COMPLETED or facts.left_on is None:
        return HOLDS
    first, last = exchange_window(facts.left_on, on=facts.day)
    opens, closes = Message.day(first), Message.day(last)
    said = Message(
        f"{opens.zh}到{closes.zh}补考合格，可以换发毕业证书",
        f"With all examinations passed the diploma can be had from {opens.en} to {closes.en}",
    )
    return broken(message=said) if facts.day <= last else HOLDS


@GRADUATION.rule(
    "GR-07",
    Severity.WARN,
    article="36",
    regulation=NATIONAL,
    statement=Message("中途离校的发写实性学习证明", "Who leaves midway is given a factual study statement"),
    message=Message("中途离校，要发写实性学习证明", "A factual study statement is due"),
)
def left_with_a_statement(facts: Facts) -> Verdict:
    return broken("factual_study_statement") if facts.status in LEFT_MIDWAY else HOLDS


@GRADUATION.rule(
    "GR-08",
    Severity.INFO,
    article="37",
    regulation=NATIONAL,
    statement=Message("毕业证书遗失不补发", "A lost diploma is not issued again"),
    message=Message(
        "毕业证书遗失不补发，由省级机构出具学历证明书",
        "A lost diploma is not issued again; the province certifies the qualification",
    ),
)
def diploma_is_kept(facts: Facts) -> Verdict:
    return broken() if facts.status is StudentStatus.GRADUATED else HOLDS


@GRADUATION.rule(
    "GR-09",
    Severity.INFO,
    article="43",
    regulation=ZHEJIANG,
    statement=Message("应征入伍的可以提前毕业或结业", "Who is enlisted may graduate or complete early"),
    message=Message("已应征入伍", "Enlisted"),
)
def enlisted_leave_early(facts: Facts) -> Verdict:
    if facts.notes.enlisted_on is None or not facts.is_on_roll:
        return HOLDS
    if _is_done(facts):
        return broken(
            message=Message("已应征入伍并完成学业，办理提前毕业", "Enlisted with everything done: graduates early")
        )
    return broken(
        message=Message("已应征入伍，可以提前结业，退役后继续", "Enlisted: may complete early and resume later")
    )


@GRADUATION.rule(
    "GR-10",
    Severity.INFO,
    article="44",
    regulation=ZHEJIANG,
    statement=Message(
        "辅修专业、双证融通可以在毕业证书上注明", "A minor programme or a second certificate may be noted"
    ),
    message=Message("可以在毕业证书上注明", "May be noted on the diploma"),
)
def diploma_needs_no_note(facts: Facts) -> Verdict:
    noted = [each for each in (facts.notes.minor_programme, facts.notes.dual_certificate) if each]
    if not noted or not facts.is_on_roll:
        return HOLDS
    return broken(
        message=Message(f"毕业证书注明：{'、'.join(noted)}", f"To be noted on the diploma: {', '.join(noted)}")
    )


def last_day_to_register(facts: Facts) -> date:
    """The last day on which graduation is registered in time: so many workdays lie between it and the leaving."""
    left = SETTINGS.number("graduation_filed_workdays_before", on=facts.day)
    day = facts.school_ends_on
    while left:
        day -= timedelta(days=1)
        left -= day_kind(day) is DayKind.WORKDAY
    return day


def exchange_window(completed_on: date, *, on: date) -> tuple[date, date]:
    """The first and the last day on which a completion can be exchanged for a diploma."""
    months = ("diploma_exchange_from_months", "diploma_exchange_until_months")
    first, last = (months_after(completed_on, LIMITS.number(name, on=on)) for name in months)
    return first, last


def _is_done(facts: Facts) -> bool:
    return all_is_done(facts).outcome is Outcome.HOLDS


def _graduation_opens(facts: Facts) -> date:
    """From this month of the last school year on graduation is not early any more."""
    return date(facts.intake_year + facts.length_years, LIMITS.number("graduation_month", on=facts.day), 1)
