"""How many interns a host and a post may have at once."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every
from exchange.placements.facts import Facts
from exchange.placements.rules.books import N01, PLACE
from exchange.placements.rules.conditions import is_cognitive, is_known
from exchange.placements.rules.limits import number


@PLACE.rule(
    "INT-16",
    Severity.WARN,
    article="11",
    regulation=N01,
    statement=Message(
        "岗位实习学生一般不超过实习单位在岗职工总数的10%", "Interns are generally at most a tenth of the host's staff"
    ),
    message=Message("岗位实习学生超过实习单位在岗职工总数的10%", "Interns are more than a tenth of the host's staff"),
    limits=("unit_headcount_percent",),
)
def host_has_few_interns(facts: Facts) -> Verdict:
    share = number("unit_headcount_percent", on=facts.placement.start)
    staff, interns = facts.host.staff_total, facts.host.interns_at_once
    return either(is_cognitive(facts), _within(interns, staff, share, "host.interns_at_once", "host.staff_total"))


@PLACE.rule(
    "INT-17",
    Severity.WARN,
    article="11",
    regulation=N01,
    statement=Message(
        "具体岗位的实习学生一般不高于同类岗位在岗职工总人数的20%",
        "Interns in a post are generally at most a fifth of the staff of that kind",
    ),
    message=Message(
        "该岗位的实习学生超过同类岗位在岗职工总人数的20%",
        "Interns in the post are more than a fifth of the staff of that kind",
    ),
    limits=("post_headcount_percent",),
)
def post_has_few_interns(facts: Facts) -> Verdict:
    share = number("post_headcount_percent", on=facts.placement.start)
    staff, interns = facts.post.staff_same_kind, facts.post.interns_at_once
    return either(is_cognitive(facts), _within(interns, staff, share, "post.interns_at_once", "post.staff_same_kind"))


def _within(interns: int | None, staff: int | None, percent: int, interns_path: str, staff_path: str) -> Verdict:
    """The share is rounded down: of 22 people a fifth is four."""
    if interns is None or staff is None:
        return every(is_known(interns, interns_path), is_known(staff, staff_path))
    return HOLDS if interns <= staff * percent // 100 else broken()
