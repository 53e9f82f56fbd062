"""Issuing the documents of a placement. A new version voids the one before it, with everything signed on it."""

from collections.abc import Mapping
from typing import Any

from exchange.accounts.models import User
from exchange.agreements import documents, queries
from exchange.agreements.events import AgreementEvent
from exchange.agreements.models import AgreementDocument
from exchange.agreements.terms import check_complete
from exchange.agreements.texts import text_for
from exchange.agreements.values import DocumentKind
from exchange.audit.service import record
from exchange.core.database import db, now, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.placements import service as placements
from exchange.placements.facts.values import InternshipKind
from exchange.placements.models import Agreement, Consent, Placement, VoidReason
from exchange.placements.workflow import OPEN

RECORDS: Mapping[DocumentKind, type[Agreement | Consent]] = {
    DocumentKind.AGREEMENT: Agreement,
    DocumentKind.CONSENT: Consent,
}


def issue(placement: Placement, terms: Mapping[str, Any], *, by: User | None) -> list[AgreementDocument]:
    """Freeze agreement and consent form for signing; what would say the same as before is kept with its signatures.

    Raises ``NotPossible`` and ``ItemMissing``, which names the first of the contents of article 15 that is empty.
    """
    placements.take(placement)
    _check_open(placement)
    words = documents.plain_terms(terms)
    values = documents.known_values(placement, on=today()) | words
    check_complete(values)
    issued = [_issue(placement, kind, values, dict(terms_as_kept(terms)), by=by) for kind in DocumentKind]
    fresh = [document for document in issued if document is not None]
    if not fresh:
        raise NotPossible(_("内容和现在的协议一样，不用重新出具。"))
    versions = {document.kind.value: document.version for document in fresh}
    record(AgreementEvent.ISSUED, placement, by=by, versions=versions)
    return fresh


def terms_as_kept(terms: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, as text that a form takes again."""
    return {name: "" if value is None else str(value) for name, value in terms.items()}


def void_for_new_plan(placement: Placement) -> None:
    """The plan is another: nothing that was issued for the old one can be signed, or counts. Placements record it."""
    for kind in DocumentKind:
        if document := queries.in_force(placement, kind):
            document.voided_at, document.void_reason = now(), VoidReason.PLAN_CHANGED


def _check_open(placement: Placement) -> None:
    if placement.status not in OPEN:
        raise NotPossible(_("实习已经结束，不再出具协议。"))
    if placement.kind is not InternshipKind.POST:
        raise NotPossible(_("认识实习不签三方协议，按一般校外活动管理。"))


def _issue(
    placement: Placement, kind: DocumentKind, values: Mapping[str, str], terms: dict[str, str], *, by: User | None
) -> AgreementDocument | None:
    """The new version; none where the one in force says the same of the same plan."""
    content = documents.compose(text_for(kind, today()), values)
    digest, plan = documents.digest_of(content), documents.plan_digest(placement)
    former = queries.in_force(placement, kind)
    if former and (former.digest, former.plan_digest) == (digest, plan):
        return None
    if former:
        former.voided_at, former.void_reason = now(), VoidReason.REPLACED
    placements.void_signed(placement, RECORDS[kind], by=by)
    document = AgreementDocument(
        placement_id=placement.id,
        kind=kind,
        version=queries.newest_version(placement, kind) + 1,
        template=content["template"],
        content=content,
        terms=terms,
        digest=digest,
        plan_digest=plan,
        issued_on=today(),
        issued_by_id=by.id if by else None,
    )
    db.session.add(document)
    db.session.flush()
    return document
