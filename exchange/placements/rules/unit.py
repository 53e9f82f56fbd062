"""What must be true before a host may take interns."""

from datetime import date

from stdnum.cn import uscc as credit_code

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import LegalStatus, Step, Venue
from exchange.placements.rules.books import N01, UNIT
from exchange.placements.rules.conditions import is_filled, is_known, is_true
from exchange.placements.rules.limits import codes, number

WITHOUT_POST = frozenset({Step.UNIT, Step.PLAN})

HOST_ENTERTAINS = Message(
    "实习单位属于酒吧、歌厅等营业性娱乐场所", "The host is a bar, karaoke or other place of commercial entertainment"
)
POST_ENTERTAINS = Message(
    "实习岗位设在酒吧、歌厅等营业性娱乐场所",
    "The post is in a bar, karaoke or other place of commercial entertainment",
)
NOT_REGISTERED = Message("实习单位不是依法登记的法人或非法人组织", "The host is no registered legal person or body")
CODE_IS_WRONG = Message("实习单位的统一社会信用代码有误", "The credit code of the host is wrong")

CONDITIONS = {
    "complete": Message("未确认实习条件完备", "That the conditions are complete is not confirmed"),
    "fits_training": Message("未确认符合专业培养要求", "That the host fits the training is not confirmed"),
    "fits_industry": Message("未确认符合产业发展实际", "That the host fits the industry is not confirmed"),
}
"""The three things of article 6(3) that somebody has to say yes to."""

INSPECTION_ITEMS = {
    "qualification": Message("考察报告缺单位资质", "The report lacks the host's qualification"),
    "credit": Message("考察报告缺诚信状况", "The report lacks the host's credit"),
    "management": Message("考察报告缺管理水平", "The report lacks the management"),
    "post_content": Message("考察报告缺实习岗位性质和内容", "The report lacks kind and content of the posts"),
    "working_time": Message("考察报告缺工作时间", "The report lacks the working time"),
    "working_environment": Message("考察报告缺工作环境", "The report lacks the working environment"),
    "living_environment": Message("考察报告缺生活环境", "The report lacks the living environment"),
    "health": Message("考察报告缺健康保障", "The report lacks the protection of health"),
    "safety": Message("考察报告缺安全防护", "The report lacks the protection of safety"),
}
"""The nine contents of article 7."""


@UNIT.rule(
    "INT-02",
    Severity.BLOCK,
    article="2¶4",
    regulation=N01,
    statement=Message(
        "实习单位是依法登记的法人或非法人组织", "The host is registered as a legal person or an unincorporated body"
    ),
    message=NOT_REGISTERED,
)
def host_is_registered(facts: Facts) -> Verdict:
    status = facts.host.legal_status
    registered = HOLDS if status is not LegalStatus.NONE else broken(message=NOT_REGISTERED)
    return every(is_known(status, "host.legal_status"), registered, _has_credit_code(facts.host.uscc))


def _has_credit_code(code: str | None) -> Verdict:
    """Eighteen characters with a check character (GB 32100-2015)."""
    if code is None:
        return is_known(None, "host.uscc")
    return HOLDS if credit_code.is_valid(code) else broken("host.uscc", message=CODE_IS_WRONG)


@UNIT.rule(
    "INT-04",
    Severity.BLOCK,
    article="6(1)",
    regulation=N01,
    statement=Message("实习单位合法经营，无违法失信记录", "The host has no record of breach or dishonesty"),
    message=Message("实习单位有违法失信记录", "The host has a record of breach or dishonesty"),
)
def host_is_honest(facts: Facts) -> Verdict:
    record = facts.host.dishonesty_record
    return every(
        is_known(record, "host.dishonesty_record"),
        broken() if record else HOLDS,
        is_known(facts.host.dishonesty_checked_on, "host.dishonesty_checked_on"),
    )


@UNIT.rule(
    "INT-05",
    Severity.BLOCK,
    article="6(2)",
    regulation=N01,
    statement=Message(
        "实习单位近3年无违反安全生产法律法规的记录", "The host has not broken the law on work safety for three years"
    ),
    message=Message(
        "实习单位近3年有违反安全生产法律法规的记录", "The host has broken the law on work safety within three years"
    ),
    limits=("safety_clean_years",),
)
def host_is_safe(facts: Facts) -> Verdict:
    """The years are counted back from the meeting that decided on the host."""
    breach, decided_on = facts.host.last_safety_breach_on, facts.host.party_meeting_on
    if breach is None:
        return HOLDS
    if decided_on is None:
        return is_known(None, "host.party_meeting_on")
    return broken() if _is_within_years(breach, number("safety_clean_years", on=decided_on), decided_on) else HOLDS


def _is_within_years(day: date, years: int, of: date) -> bool:
    """Later than the same day so many years before; compared as numbers, so that no sum leaves the calendar."""
    return (day.year + years, day.month, day.day) > (of.year, of.month, of.day)


@UNIT.rule(
    "INT-06",
    Severity.GATE,
    article="6(3)",
    regulation=N01,
    statement=Message(
        "实习条件完备，符合专业培养要求和产业发展实际", "The conditions are complete and fit training and industry"
    ),
    message=Message("未确认实习条件", "The conditions are not confirmed"),
)
def conditions_are_confirmed(facts: Facts) -> Verdict:
    conditions = facts.host.conditions
    return every(
        *(is_true(getattr(conditions, name), f"host.conditions.{name}", said) for name, said in CONDITIONS.items())
    )


@UNIT.rule(
    "INT-07",
    Severity.GATE,
    article="7",
    regulation=N01,
    statement=Message(
        "实地考察评估已形成书面报告，九项内容齐全", "The host was inspected; the report holds all nine contents"
    ),
    message=Message("实地考察报告不全", "The report of the inspection is not complete"),
)
def host_is_inspected(facts: Facts) -> Verdict:
    inspection = facts.host.inspection
    unsigned = Message("考察报告未签署", "The report of the inspection is not signed")
    return every(
        HOLDS if inspection.signed_on else not_recorded("host.inspection.signed_on", message=unsigned),
        *(
            is_filled(getattr(inspection.items, name), f"host.inspection.items.{name}", said)
            for name, said in INSPECTION_ITEMS.items()
        ),
    )


@UNIT.rule(
    "INT-08",
    Severity.GATE,
    article="7",
    regulation=N01,
    statement=Message(
        "实习单位经校级党组织会议研究确定，并已对外公开",
        "The school's Party meeting has decided on the host, and the list is published",
    ),
    message=Message("实习单位未经确定并公开", "The host is not decided on and published"),
)
def host_is_approved_and_published(facts: Facts) -> Verdict:
    return every(
        is_known(facts.host.party_meeting_on, "host.party_meeting_on"),
        is_known(facts.host.published_on, "host.published_on"),
    )


@UNIT.rule(
    "INT-26",
    Severity.BLOCK,
    article="16(5)",
    regulation=N01,
    statement=Message(
        "不安排学生到酒吧、夜总会、歌厅、洗浴中心、电子游戏厅、网吧等营业性娱乐场所实习",
        "No student works in a bar, nightclub, karaoke, bath centre, arcade, internet café or the like",
    ),
    message=HOST_ENTERTAINS,
    limits=("entertainment_venues",),
)
def venue_is_no_entertainment(facts: Facts) -> Verdict:
    """A hotel with a karaoke room may take interns, only not there: the post counts as soon as there is one."""
    host = _is_allowed(facts, facts.host.venue, "host.venue", HOST_ENTERTAINS)
    if facts.step in WITHOUT_POST:
        return host
    return every(host, _is_allowed(facts, facts.post.venue, "post.venue", POST_ENTERTAINS))


def _is_allowed(facts: Facts, venue: Venue | None, path: str, message: Message) -> Verdict:
    if venue is None:
        return is_known(venue, path)
    return broken(message=message) if venue in codes("entertainment_venues", on=facts.placement.start) else HOLDS


@UNIT.rule(
    "INT-27",
    Severity.BLOCK,
    article="16(6)",
    regulation=N01,
    statement=Message(
        "不通过中介机构或有偿代理组织、安排和管理实习", "No agency organises, arranges or manages the internship"
    ),
    message=Message("实习通过中介机构或有偿代理安排", "The internship is arranged by an agency"),
)
def no_agency_arranges(facts: Facts) -> Verdict:
    return broken("placement.agency") if facts.placement.agency else HOLDS
