"""What must be true of the kind, the plan and the length of an internship."""

from datetime import date

from exchange.core.periods import months_after
from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Period
from exchange.placements.rules.books import N01, PLAN
from exchange.placements.rules.conditions import is_cognitive, is_filled, is_known, is_true
from exchange.placements.rules.limits import number

DAYS_OF_A_MONTH = 31  # the rest of a month is never as long, so that whole months alone make one

SECTIONS = {
    "requirements": Message("实习方案缺岗位要求", "The plan lacks the requirements of the post"),
    "objectives": Message("实习方案缺实习目标", "The plan lacks the objectives"),
    "tasks": Message("实习方案缺实习任务", "The plan lacks the tasks"),
    "standards": Message("实习方案缺实习标准", "The plan lacks the standards"),
    "preparation": Message("实习方案缺实习准备", "The plan lacks the preparation"),
    "assessment": Message("实习方案缺考核要求", "The plan lacks the assessment"),
    "safeguards": Message("实习方案缺保障措施", "The plan lacks the safeguards"),
}
"""The seven contents of article 8."""


@PLAN.rule(
    "INT-01",
    Severity.BLOCK,
    article="2",
    regulation=N01,
    statement=Message(
        "实习只有认识实习和岗位实习两种", "An internship is either a cognitive visit or a post internship"
    ),
    message=Message("未登记实习类型", "The kind of internship is not recorded"),
)
def kind_is_known(facts: Facts) -> Verdict:
    return is_known(facts.placement.kind, "placement.kind")


@PLAN.rule(
    "INT-09",
    Severity.GATE,
    article="8",
    regulation=N01,
    statement=Message(
        "校企双方已共同制订实习方案，七项内容齐全", "School and host have agreed on a plan with all seven contents"
    ),
    message=Message("实习方案不全", "The plan is not complete"),
)
def plan_is_agreed(facts: Facts) -> Verdict:
    alone = Message("实习方案未经实习单位共同商定", "The plan is not agreed with the host")
    return every(
        is_true(facts.plan.agreed_with_host, "plan.agreed_with_host", alone),
        *(
            is_filled(getattr(facts.plan.sections, name), f"plan.sections.{name}", said)
            for name, said in SECTIONS.items()
        ),
    )


@PLAN.rule(
    "INT-18",
    Severity.WARN,
    article="12",
    regulation=N01,
    statement=Message("岗位实习一般为6个月", "A post internship generally lasts six months"),
    message=Message("岗位实习时间与6个月相差较大", "The post internship is far from six months"),
    limits=("usual_months_at_least", "usual_months_at_most"),
)
def length_is_usual(facts: Facts) -> Verdict:
    return either(is_cognitive(facts), _lasts_about_six_months(facts))


def _lasts_about_six_months(facts: Facts) -> Verdict:
    """Segments add up: their whole months, and what is left over of them."""
    start = facts.placement.start
    segments = facts.placement.segments or (Period(start, facts.placement.end),)
    lengths = [_length(each.from_, each.to) for each in segments if each.from_ and each.to]
    if len(lengths) < len(segments):
        return every(is_known(start, "placement.start"), is_known(facts.placement.end, "placement.end"))
    months = sum(whole for whole, _left in lengths)
    in_days = months * DAYS_OF_A_MONTH + sum(left for _whole, left in lengths)
    least, most = number("usual_months_at_least", on=start), number("usual_months_at_most", on=start)
    return HOLDS if least * DAYS_OF_A_MONTH <= in_days <= most * DAYS_OF_A_MONTH else broken()


def _length(first: date, last: date) -> tuple[int, int]:
    """Whole calendar months from the first to the last day, both included, and the days left over."""
    day_after = last.toordinal() + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    while months > 0 and _day_of(first, months) > day_after:
        months -= 1
    return max(months, 0), max(day_after - _day_of(first, max(months, 0)), 0)


def _day_of(first: date, months: int) -> int:
    """The day on which so many months are over, as a number; beyond the calendar none ever is."""
    try:
        return months_after(first, months).toordinal()
    except ValueError:
        return date.max.toordinal() + DAYS_OF_A_MONTH
