"""Signing and declining. Whoever signs has the text in force; the placement then says what the rules read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.agreements import documents, queries
from exchange.agreements.events import AgreementEvent
from exchange.agreements.models import AgreementDocument, Signature
from exchange.agreements.terms import ITEMS
from exchange.agreements.values import Answer, DocumentKind, Party, Route
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.placements import service as placements
from exchange.placements.models import Placement
from exchange.placements.workflow import OPEN
from exchange.students.models import Guardianship

DOTS = dict.fromkeys(map(ord, "•・‧∙⋅."), "·")
ALONE = frozenset({Route.LINK, Route.ACCOUNT})
"""The ways on which nobody reads the text to the person."""


class NotInForce(DomainError):
    """The text was replaced, or the placement is another than the one that it is about."""


class NotTheirs(DomainError):
    """Somebody who may not sign this, or a name that is not the signer's."""


class ProofMissing(DomainError):
    """Paper without its scan, a signature on site without a witness, a refusal without a reason."""


class Scan(NamedTuple):
    """A scan of the signed paper: its name and what is in it."""

    filename: str
    content: bytes


class Signer(NamedTuple):
    """Who signs for a party; for the guardians, as whose guardian."""

    party: Party
    name: str
    guardianship: Guardianship | None = None


def sign(
    document: AgreementDocument,
    signer: Signer,
    *,
    signed_on: date,
    route: Route,
    witness: str = "",
    scans: Iterable[Scan] = (),
    by: User | None,
) -> Signature:
    """Keep a signature, and write the day into the placement's record.

    Raises ``NotInForce``, ``NotTheirs``, ``ProofMissing`` and ``NotPossible``.
    """
    return _answer(document, signer, Answer.SIGNED, signed_on, route, witness=witness, scans=scans, by=by)


def decline(
    document: AgreementDocument,
    signer: Signer,
    *,
    reason: str,
    answered_on: date,
    route: Route,
    witness: str = "",
    scans: Iterable[Scan] = (),
    by: User | None,
) -> Signature:
    """Keep that somebody does not agree, and why: the family may then choose a host itself (article 9).

    Raises as ``sign``; only the consent form can be declined.
    """
    if document.kind is not DocumentKind.CONSENT:
        raise NotPossible(_("不同意的，写在知情同意书上。"))
    if not reason.strip():
        raise ProofMissing(_("写一句为什么不同意，学校好另想办法。"))
    return _answer(
        document, signer, Answer.DECLINED, answered_on, route, reason=reason, witness=witness, scans=scans, by=by
    )


def sign_all_for_school(placed: Iterable[Placement], *, by: User) -> int:
    """Sign for the school every agreement in force that the school has not signed; how many there were."""
    signed = 0
    for placement in placed:
        document = queries.in_force(placement, DocumentKind.AGREEMENT)
        if document and Party.SCHOOL not in queries.signed_days(placement, DocumentKind.AGREEMENT):
            sign(document, Signer(Party.SCHOOL, by.name), signed_on=today(), route=Route.ACCOUNT, by=by)
            signed += 1
    return signed


def check_signer(document: AgreementDocument, signer: Signer, *, on: date) -> None:
    """Raise where this document cannot be signed by this person that day: void, closed, signed, or not theirs."""
    check_in_force(document)
    if signer.party not in document.kind.parties:
        raise NotTheirs(_("%(kind)s不由%(party)s签。", kind=document.kind.label, party=signer.party.label))
    if signer.party in queries.signed_days(document.placement, document.kind):
        raise NotPossible(_("%(party)s已经签过了。", party=signer.party.label))
    if signer.party is Party.GUARDIAN:
        _check_guardian(document, signer, on=on)


def check_in_force(document: AgreementDocument) -> None:
    """Raise ``NotInForce`` for a text that was replaced or is about another plan; ``NotPossible`` once it is over."""
    if document.is_void or document.plan_digest != documents.plan_digest(document.placement):
        raise NotInForce(_("实习安排或者文本有变动，这一份已经作废。等学校发新的。"))
    if document.placement.status not in OPEN:
        raise NotPossible(_("实习已经结束，不用再签。"))


def check_name(signer: Signer, typed: str) -> None:
    """Raise ``NotTheirs`` unless somebody has typed the own name; spaces and the look of the dot do not matter."""
    if _plain(typed) != _plain(signer.name):
        raise NotTheirs(_("签字要写自己的姓名：%(name)s。", name=signer.name))


def _answer(
    document: AgreementDocument,
    signer: Signer,
    answer: Answer,
    day: date,
    route: Route,
    *,
    reason: str = "",
    witness: str,
    scans: Iterable[Scan],
    by: User | None,
) -> Signature:
    placements.take(document.placement)
    check_signer(document, signer, on=day)
    _check_day(document, day)
    scans, witness = list(scans), witness.strip()
    _check_proof(signer, route, witness, scans)
    kept = Signature(
        document=document,
        party=signer.party,
        answer=answer,
        route=route,
        signed_by=signer.name,
        signed_on=day,
        guardianship_id=signer.guardianship.id if signer.guardianship else None,
        witness=witness,
        reason=reason.strip() or None,
        digest=document.digest,
        recorded_by_id=by.id if by else None,
    )
    db.session.add(kept)
    db.session.flush()
    for scan in scans:
        attach(kept, filename=scan.filename, content=scan.content, by=by)
    event = AgreementEvent.SIGNED if answer is Answer.SIGNED else AgreementEvent.DECLINED
    told = {"kind": document.kind.value, "version": document.version, "party": signer.party.value}
    record(event, document.placement, by=by, reason=kept.reason or "", route=route.value, signer=signer.name, **told)
    if answer is Answer.SIGNED:
        _tell_placement(document, {signer.party: day}, by=by)
    return kept


def _tell_placement(document: AgreementDocument, new: Mapping[Party, date], *, by: User | None) -> None:
    """The one place where rules, page and command read who has signed."""
    placement, kind = document.placement, document.kind
    known = {**queries.signed_days(placement, kind), **new}
    days = {f"{party.value}_signed_on": known.get(party) for party in kind.parties}
    if kind is DocumentKind.CONSENT:
        placements.record_consent(placement, **days, by=by)
    else:
        items = dict.fromkeys(ITEMS, True) | {"other": bool(document.terms.get("other"))}
        placements.record_agreement(placement, template=document.template, items=items, **days, by=by)


def _check_guardian(document: AgreementDocument, signer: Signer, *, on: date) -> None:
    allowed = {bond.id for bond in documents.signing_guardianships(document.placement, on=on)}
    if signer.guardianship is None or signer.guardianship.id not in allowed:
        raise NotTheirs(_("%(name)s不是这名学生能签字的监护人。", name=signer.name))


def _check_day(document: AgreementDocument, day: date) -> None:
    if day > today():
        raise NotPossible(_("签字的日期还没有到。"))
    if day < document.issued_on:
        raise NotPossible(_("签字的日期不能早于这一份的出具日期。"))


def _check_proof(signer: Signer, route: Route, witness: str, scans: list[Scan]) -> None:
    cannot_read = signer.guardianship is not None and signer.guardianship.guardian.reads_mandarin is False
    if route in ALONE and cannot_read:
        raise ProofMissing(_("%(name)s不识汉字，要有人念给本人听，用当面签字。", name=signer.name))
    if not witness and (route is Route.ON_SITE or cannot_read):
        raise ProofMissing(_("当面签字要写见证人是谁。"))
    if route is Route.PAPER and not scans:
        raise ProofMissing(_("纸质的要附上扫描件或照片。"))


def _plain(name: str) -> str:
    return "".join(name.split()).translate(DOTS)
