"""What stands between a student and the first day, as a page shows it: sentence, article, who, and where to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity
from exchange.core.workflow import Transition
from exchange.placements.books import START
from exchange.placements.facts import Facts
from exchange.placements.models import Placement
from exchange.placements.record_facts import facts_of, open_findings
from exchange.placements.workflow import CHANGEABLE


@dataclass(frozen=True)
class Remedy:
    """In one word what a rule asks for, who sees to it, and on which page."""

    short: str
    who: str
    label: str
    record: str = ""  # a kind of record; without one it is the arrangement or the post
    on_post: bool = False


OFFICE, OFFICE_AND_AUTHORITY = _("实习办"), _("实习办（报主管部门）")
RECORD, CHANGE_PLAN, CHANGE_POST = _("登记"), _("改安排"), _("改岗位")

REMEDIES = {
    "INT-03": Remedy(_("岗位备案"), OFFICE_AND_AUTHORITY, RECORD, "post-filing"),
    "INT-13": Remedy(_("知情同意书"), OFFICE, RECORD, "consent"),
    "INT-20": Remedy(_("三方协议"), OFFICE, RECORD, "agreement"),
    "INT-21": Remedy(_("协议内容"), OFFICE, RECORD, "agreement"),
    "INT-22": Remedy(_("一年级"), OFFICE, CHANGE_PLAN),
    "INT-23": Remedy(_("未满16岁"), OFFICE, CHANGE_PLAN),
    "INT-24": Remedy(_("未成年禁忌"), OFFICE, CHANGE_POST, on_post=True),
    "INT-25": Remedy(_("女生禁忌"), OFFICE, CHANGE_POST, on_post=True),
    "INT-26": Remedy(_("娱乐场所"), OFFICE, CHANGE_PLAN),
    "INT-28": Remedy(_("劳动强度"), OFFICE, CHANGE_POST, on_post=True),
    "INT-41": Remedy(_("跨省备案"), OFFICE_AND_AUTHORITY, RECORD, "cross-province-filing"),
    "INT-46": Remedy(_("安全考核"), OFFICE, RECORD, "safety-test"),
    "INT-47": Remedy(_("责任保险"), OFFICE, RECORD, "insurance"),
}
ELSEWHERE = Remedy(_("其他条件"), OFFICE, CHANGE_PLAN)

DUTIES = {
    "consent.student_signed_on": _("在知情同意书上签字，交给班主任。"),
    "consent.guardian_signed_on": _("请监护人在知情同意书上签字。"),
    "agreement.student_signed_on": _("在三方协议上签字。"),
    "agreement.guardian_signed_on": _("请监护人在三方协议上签字。"),
    "safety_test.score": _("参加安全考核，考到合格。"),
    "safety_test.taken_on": _("参加安全考核，考到合格。"),
}
"""What is missing → what the student can do about it."""

GUARDIAN_DUTIES = {
    "consent.guardian_signed_on": _("在知情同意书上签字。表格问班主任要。"),
    "agreement.guardian_signed_on": _("在三方协议上签字。协议问班主任要。"),
}
"""What is missing → what the guardian can do about it."""


@dataclass(frozen=True)
class Row:
    """One line of the checklist, as the macro draws it."""

    rule: str
    article: str
    severity: Severity
    message: str
    missing: tuple[str, ...]
    who: str
    action: dict[str, str] | None


def rows(placement: Placement, *, may_mend: bool) -> list[Row]:
    """What is still open, the heaviest first; the way to mend it for those who may."""
    return [_row(placement, finding, may_mend=may_mend) for finding in open_findings(placement)]


def blockers(placement: Placement) -> list[tuple[str, str]]:
    """Rule and one word of each open point, for a list."""
    return [(each.rule.code, REMEDIES.get(each.rule.code, ELSEWHERE).short) for each in open_findings(placement)]


def still_open(placement: Placement, record: str) -> list[str]:
    """What the law still asks of this kind of record, in sentences."""
    findings = open_findings(placement)
    return [str(each.message) for each in findings if REMEDIES.get(each.rule.code, ELSEWHERE).record == record]


def fulfilled(placement: Placement) -> list[tuple[str, str]]:
    """Rule and statement of what the law asks and the placement holds."""
    open_codes = {finding.rule.code for finding in open_findings(placement)}
    return [(rule.code, str(rule.statement)) for rule in START.rules if rule.code not in open_codes]


def owed_by_student(placement: Placement) -> list[str]:
    """What the student can still do, each thing once."""
    return _owed(placement, DUTIES)


def owed_by_guardian(placement: Placement) -> list[str]:
    """What the guardian can still do, each thing once."""
    return _owed(placement, GUARDIAN_DUTIES)


def _owed(placement: Placement, duties: Mapping[str, str]) -> list[str]:
    if placement.status not in CHANGEABLE:
        return []
    missing = [path for finding in open_findings(placement) for path in finding.missing]
    return list(dict.fromkeys(str(duties[path]) for path in missing if path in duties))


def hindrances(placement: Placement, step: Transition) -> list[Finding[Facts]]:
    """What stands in the way of this step and no reason excuses."""
    return [finding for finding in step.rules.findings(facts_of(placement)) if finding.is_demanding]


def needs_reason(placement: Placement, step: Transition) -> bool:
    """Whether a warning asks the approver for a reason in writing."""
    findings = step.rules.findings(facts_of(placement))
    warnings = [finding.rule.code for finding in findings if finding.rule.severity is Severity.WARN]
    return not set(warnings) <= set(placement.excused)


def _row(placement: Placement, finding: Finding[Facts], *, may_mend: bool) -> Row:
    remedy = REMEDIES.get(finding.rule.code, ELSEWHERE)
    return Row(
        rule=finding.rule.code,
        article=finding.rule.article,
        severity=finding.rule.severity,
        message=str(finding.message),
        missing=finding.missing,
        who=remedy.who,
        action={"url": _place_of(remedy, placement), "label": str(remedy.label)} if may_mend else None,
    )


def _place_of(remedy: Remedy, placement: Placement) -> str:
    if remedy.record:
        return url_for("placements.record", placement_id=placement.id, kind=remedy.record)
    if remedy.on_post:
        return url_for("partners.edit_post", host_id=placement.host.id, post_id=placement.post_id)
    return url_for("placements.edit", placement_id=placement.id)
