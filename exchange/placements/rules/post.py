"""What must be true of the work itself before a student is given a post."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either
from exchange.placements.facts import Facts
from exchange.placements.facts.values import ExceptionScope, Sex
from exchange.placements.rules.books import N01, PLACE
from exchange.placements.rules.conditions import is_adult, is_known
from exchange.placements.rules.exceptions import is_filed
from exchange.placements.rules.limits import codes


@PLACE.rule(
    "INT-24",
    Severity.BLOCK,
    article="16(3)",
    regulation=N01,
    statement=Message(
        "不安排未成年学生从事《未成年工特殊保护规定》禁忌的劳动",
        "No minor does work that the rules for the protection of young workers forbid",
    ),
    message=Message("岗位含有未成年学生禁忌从事的劳动", "The post has hazards that are forbidden for minors"),
    limits=("minor_below_age", "hazards_forbidden_for_minors"),
)
def minor_is_spared_hazards(facts: Facts) -> Verdict:
    return either(is_adult(facts), _is_free_of(facts, "hazards_forbidden_for_minors"))


@PLACE.rule(
    "INT-25",
    Severity.BLOCK,
    article="16(4)",
    regulation=N01,
    statement=Message(
        "不安排女学生从事《女职工劳动保护特别规定》禁忌的劳动",
        "No woman does work that the rules for the protection of women workers forbid",
    ),
    message=Message("岗位含有女学生禁忌从事的劳动", "The post has hazards that are forbidden for women"),
    limits=("hazards_forbidden_for_women",),
)
def woman_is_spared_hazards(facts: Facts) -> Verdict:
    return either(_is_man(facts), _is_free_of(facts, "hazards_forbidden_for_women"))


def _is_man(facts: Facts) -> Verdict:
    if facts.student.sex is None:
        return is_known(None, "student.sex")
    return HOLDS if facts.student.sex is Sex.MALE else broken()


def _is_free_of(facts: Facts, limit: str) -> Verdict:
    """Whether the post has none of the hazards in the list."""
    if facts.post.hazards is None:
        return is_known(None, "post.hazards")
    return HOLDS if codes(limit, on=facts.placement.start).isdisjoint(facts.post.hazards) else broken()


@PLACE.rule(
    "INT-28",
    Severity.BLOCK,
    article="16(7)",
    regulation=N01,
    statement=Message("岗位的体力劳动强度低于Ⅲ级", "The physical work of the post is below level III of GB/T 3869"),
    message=Message("岗位属于Ⅲ级强度及以上体力劳动", "The post is physical work of level III or above"),
    limits=("labour_intensity_allowed",),
)
def work_is_light_enough(facts: Facts) -> Verdict:
    intensity = facts.post.labour_intensity
    if intensity is None:
        return is_known(None, "post.labour_intensity")
    return HOLDS if intensity in codes("labour_intensity_allowed", on=facts.placement.start) else broken()


@PLACE.rule(
    "INT-29",
    Severity.BLOCK,
    article="17(1)",
    regulation=N01,
    statement=Message(
        "不安排高空、井下、放射性、有毒、易燃易爆等较高安全风险的实习，除非事先备案",
        "No work of higher risk unless it was filed in advance as a special requirement",
    ),
    message=Message("岗位有较高安全风险，未见事先备案", "The post is of higher risk and was not filed in advance"),
    limits=("hazards_to_be_filed",),
)
def risk_is_filed(facts: Facts) -> Verdict:
    return either(_is_free_of(facts, "hazards_to_be_filed"), is_filed(facts, ExceptionScope.HAZARD))
