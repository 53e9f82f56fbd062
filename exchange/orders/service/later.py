"""Whether what stands later would still be allowed: an order dated back or cancelled changes what it was weighed on."""

from collections.abc import Iterable, Mapping

from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity
from exchange.orders.dossiers import Dossier, facts_for
from exchange.orders.facts import Facts
from exchange.orders.models import StatusOrder
from exchange.orders.rules import BOOKS

Forbidden = Mapping[tuple[int, int], Mapping[str, Finding[Facts]]]
"""Student and later order → what forbids that order, by code."""


def forbidden_later(order: StatusOrder, dossiers: Iterable[Dossier]) -> Forbidden:
    """What the law forbids of the orders after this one, as these dossiers have it. They must fold."""
    return {
        (each.student.id, later.id): _forbidding(later, each) for each in dossiers for later in each.later_than(order)
    }


def newly_forbidden(order: StatusOrder, dossiers: Iterable[Dossier], *, former: Forbidden) -> dict[int, str]:
    """Student → the later order that these dossiers no longer allow though the former did, in a sentence."""
    refusals: dict[int, str] = {}
    for each in dossiers:
        for later in each.later_than(order):
            known = former.get((each.student.id, later.id), {})
            new = [finding for code, finding in _forbidding(later, each).items() if code not in known]
            if new:
                refusals.setdefault(each.student.id, _sentence(each, later, new[0]))
    return refusals


def _forbidding(later: StatusOrder, dossier: Dossier) -> dict[str, Finding[Facts]]:
    facts = facts_for(later, [dossier.up_to(later)])[dossier.student.id]
    found = BOOKS[later.kind].findings(facts)
    return {each.rule.code: each for each in found if each.rule.severity is Severity.BLOCK}


def _sentence(dossier: Dossier, later: StatusOrder, finding: Finding[Facts]) -> str:
    return str(
        _(
            "%(name)s：后面的异动单 %(number)s（%(kind)s）就不合规定了，先撤销它。%(finding)s",
            name=dossier.student.name,
            number=later.number,
            kind=later.kind.label,
            finding=finding.as_sentence(),
        )
    )
