"""What the authorities must have on file before the first day."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import FilingKind
from exchange.placements.rules.books import N01, START
from exchange.placements.rules.conditions import before_start, by_start, is_cognitive, is_known, start_is_known

HOME_COUNTRY = "CN"

CROSS_PROVINCE = {
    "authority_consent_on": Message(
        "跨省实习未见学校主管部门事先同意", "The school's authority has not agreed to the cross-province internship"
    ),
    "filed_on": Message(
        "跨省实习未见省级主管部门备案", "The cross-province internship is not on file with the provincial authority"
    ),
    "package_sent_on": Message(
        "跨省实习信息未提供给实习单位所在地省级主管部门",
        "The authority of the host's province has not been sent the data of the internship",
    ),
}
ABROAD = {
    "authority_consent_on": Message(
        "赴国（境）外实习未见学校主管部门事先同意", "The school's authority has not agreed to the internship abroad"
    ),
    "filed_on": Message(
        "赴国（境）外实习未见省级主管部门备案", "The internship abroad is not on file with the provincial authority"
    ),
    "package_sent_on": Message("赴国（境）外实习信息未提供", "The data of the internship abroad have not been sent"),
}


@START.rule(
    "INT-03",
    Severity.GATE,
    article="5",
    regulation=N01,
    statement=Message("岗位实习情况已报主管部门备案", "The post internship is on file with the authority"),
    message=Message("岗位实习未报主管部门备案", "The post internship is not on file with the authority"),
)
def post_internship_is_filed(facts: Facts) -> Verdict:
    filed_on = _earliest(facts, FilingKind.POST_INTERNSHIP, "filed_on")
    unfiled = Message("岗位实习未见主管部门备案", "The post internship is not on file with the authority")
    path = f"filings.{FilingKind.POST_INTERNSHIP.value}.filed_on"
    return either(is_cognitive(facts), every(start_is_known(facts), by_start(facts, filed_on, path, unfiled)))


@START.rule(
    "INT-41",
    Severity.BLOCK,
    article="24",
    regulation=N01,
    statement=Message(
        "跨省实习已事先经学校主管部门同意、报省级主管部门备案，并已将信息提供给实习地",
        "The authority has agreed to a cross-province internship, the province has it on file, the other is informed",
    ),
    message=Message("跨省实习手续不全", "The procedure for a cross-province internship is not complete"),
)
def cross_province_internship_is_filed(facts: Facts) -> Verdict:
    return either(
        _is_abroad(facts), _is_in_own_province(facts), _is_filed_away(facts, FilingKind.CROSS_PROVINCE, CROSS_PROVINCE)
    )


def _is_abroad(facts: Facts) -> Verdict:
    """Another country has its own article; no record of the country means this one."""
    country = facts.host.country
    return broken() if country is None or country.upper() == HOME_COUNTRY else HOLDS


def _is_in_own_province(facts: Facts) -> Verdict:
    ours, theirs = facts.school_province, facts.host.province
    if ours is None or theirs is None:
        return every(is_known(ours, "school_province"), is_known(theirs, "host.province"))
    return HOLDS if ours == theirs else broken()


@START.rule(
    "INT-42",
    Severity.BLOCK,
    article="25",
    regulation=N01,
    statement=Message(
        "赴国（境）外实习已事先经学校主管部门同意、报省级主管部门备案，并已提供信息",
        "The authority has agreed to an internship abroad, the province has it on file, the data are sent",
    ),
    message=Message("赴国（境）外实习手续不全", "The procedure for an internship abroad is not complete"),
)
def internship_abroad_is_filed(facts: Facts) -> Verdict:
    at_home = broken() if _is_abroad(facts) is HOLDS else HOLDS
    return either(at_home, _is_filed_away(facts, FilingKind.ABROAD, ABROAD))


def _is_filed_away(facts: Facts, kind: FilingKind, words: dict[str, Message]) -> Verdict:
    """Agreed and filed in advance, and the data sent."""
    path = f"filings.{kind.value}"
    agreed, filed, sent = (_earliest(facts, kind, name) for name in words)
    return every(
        start_is_known(facts),
        before_start(facts, agreed, f"{path}.authority_consent_on", words["authority_consent_on"]),
        before_start(facts, filed, f"{path}.filed_on", words["filed_on"]),
        HOLDS if sent else not_recorded(f"{path}.package_sent_on", message=words["package_sent_on"]),
    )


def _earliest(facts: Facts, kind: FilingKind, name: str) -> date | None:
    """Several entries of one kind count together."""
    days = [getattr(filing, name) for filing in facts.filings or () if filing.kind is kind]
    return min((day for day in days if day is not None), default=None)
