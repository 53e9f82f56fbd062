"""What stands between a student and the first day, as a page shows it: sentence, article, who, and where to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.i18n import _, listed
from exchange.core.rules import Finding, Severity
from exchange.core.workflow import Transition
from exchange.partners.models import HostOrganisation
from exchange.placements.facts import Facts
from exchange.placements.models import Placement
from exchange.placements.queries import ASKED
from exchange.placements.record_facts import facts_of, facts_of_all, findings_of_host, open_findings, step_of
from exchange.placements.remedies import DUTIES, GUARDIAN_DUTIES, On, remedy_for
from exchange.placements.rules import BOOKS
from exchange.placements.workflow import CHANGEABLE

APPROVER = _("校领导（批准时写明理由）")


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


class Checklist:
    """What the law says of one placement today; the facts are read once for all that a page asks."""

    def __init__(self, placement: Placement) -> None:
        self.placement = placement
        self.facts = facts_of(placement, step=step_of(placement))
        self.book = BOOKS[self.facts.step]
        self.open = open_findings(placement, self.facts)

    def rows(self, *, may_mend: bool) -> list[Row]:
        """What is still open, the heaviest first; the way to mend it for those who may."""
        return [self._row(finding, may_mend=may_mend) for finding in self.open]

    def fulfilled(self) -> list[tuple[str, str]]:
        """Rule and statement of what the law asks and the placement holds."""
        found = {finding.rule.code for finding in self.open} | set(self.placement.excused)
        return [(rule.code, str(rule.statement)) for rule in self.book.rules if rule.code not in found]

    def excused(self) -> list[tuple[str, str]]:
        """Rule and sentence of what the approver has given a reason for."""
        findings = self.book.findings(self.facts)
        return [(each.rule.code, str(each.message)) for each in findings if each.rule.code in self.placement.excused]

    def still_open(self, record: str) -> list[str]:
        """What the law still asks of this kind of record, in sentences."""
        remedies = [(each, remedy_for(each.rule.code, each.missing)) for each in self.open]
        return [str(each.message) for each, remedy in remedies if (remedy.on, remedy.record) == (On.RECORD, record)]

    def hindrances(self, step: Transition, user: User) -> list[Finding[Facts]]:
        """What stands in the way of this step: what no reason excuses, and warnings for whoever may not excuse them."""
        findings = step.rules.findings(self.facts)
        may_excuse = user.may(Permission.PLACEMENT_APPROVE)
        return [each for each in findings if each.is_demanding or (self._warns(each) and not may_excuse)]

    def needs_reason(self, step: Transition) -> bool:
        """Whether a warning asks the approver for a reason in writing."""
        return any(self._warns(each) for each in step.rules.findings(self.facts))

    def _warns(self, finding: Finding[Facts]) -> bool:
        return finding.rule.severity is Severity.WARN and finding.rule.code not in self.placement.excused

    def _row(self, finding: Finding[Facts], *, may_mend: bool) -> Row:
        remedy = remedy_for(finding.rule.code, finding.missing)
        url = remedy.url(self.placement)
        action = {"url": url, "label": str(remedy.label)} if may_mend and url else None
        return _row(finding, APPROVER if finding.rule.severity is Severity.WARN else remedy.who, action)


def rows_of_host(host: HostOrganisation, *, may_mend: bool) -> list[Row]:
    """What the law still asks of a host before it takes anybody."""
    rows = []
    for finding in findings_of_host(host):
        remedy = remedy_for(finding.rule.code, finding.missing)
        action = {"url": remedy.url_of_host(host.id), "label": str(remedy.label)} if may_mend else None
        rows.append(_row(finding, remedy.who, action))
    return rows


def missing_words(placements: Iterable[Placement]) -> dict[int, str]:
    """Placement → what is missing before its first day, in few words; nothing once it has begun."""
    waiting = [each for each in placements if each.status in CHANGEABLE]
    facts = facts_of_all(waiting)
    return {each.id: _words(open_findings(each, facts[each.id])) for each in waiting}


def new_problems(placements: Iterable[Placement]) -> dict[int, str]:
    """Placement → what the last re-check found broken that held before, in few words; needs ``check`` loaded."""
    broken = {each.id: each.check.broken for each in placements if each.check and each.status in ASKED}
    return {number: listed(_short(code) for code in codes) for number, codes in broken.items() if codes}


def _short(code: str) -> str:
    return str(remedy_for(code, ()).short)


def owed_by_student(placement: Placement, facts: Facts | None = None) -> list[str]:
    """What the student can still do, each thing once."""
    return _owed(placement, DUTIES, facts)


def owed_by_guardian(placement: Placement, facts: Facts | None = None) -> list[str]:
    """What the guardian can still do, each thing once."""
    return _owed(placement, GUARDIAN_DUTIES, facts)


def _owed(placement: Placement, duties: Mapping[str, str], facts: Facts | None) -> list[str]:
    if placement.status not in CHANGEABLE:
        return []
    missing = [path for finding in open_findings(placement, facts) for path in finding.missing]
    return list(dict.fromkeys(str(duties[path]) for path in missing if path in duties))


def _words(findings: list[Finding[Facts]]) -> str:
    words = dict.fromkeys(str(remedy_for(each.rule.code, each.missing).short) for each in findings)
    return listed(words) or str(_("齐全"))


def _row(finding: Finding[Facts], who: str, action: dict[str, str] | None) -> Row:
    return Row(
        rule=finding.rule.code,
        article=finding.rule.article,
        severity=finding.rule.severity,
        message=str(finding.message),
        missing=finding.missing,
        who=who,
        action=action,
    )
