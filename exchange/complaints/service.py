"""Raising a complaint, putting somebody in charge, settling it. Functions change, flush and record."""

from datetime import date
from decimal import Decimal
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.complaints.events import ComplaintEvent
from exchange.complaints.limits import due_on
from exchange.complaints.models import Complaint
from exchange.complaints.values import ComplaintKind, ComplaintStatus
from exchange.core.database import db, lock, now, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.placements import service as placements
from exchange.placements.facts.values import FeeKind, WithheldDocument
from exchange.placements.models import Placement
from exchange.placements.record_facts import current
from exchange.placements.workflow import OPEN


def raise_complaint(
    placement: Placement,
    *,
    kind: ComplaintKind,
    words: str = "",
    document: WithheldDocument | None = None,
    fee: FeeKind | None = None,
    amount: Decimal | None = None,
    is_nameless: bool = False,
    by: User,
) -> Complaint:
    """Open a complaint about the host of this internship (article 45).

    A kept card or a fee is declared for the internship at once (INT-36, INT-37), unless the student wants no name told:
    then nothing of it leads back to the student, not even the trail. Raises ``NotPossible`` where nothing is said.
    """
    if kind is ComplaintKind.OTHER and not words.strip():
        raise NotPossible(_("写一写是什么事。"))
    if kind is ComplaintKind.FEE and not is_nameless and amount is None:
        raise NotPossible(_("写一写被收了多少钱。"))
    complaint = Complaint(
        host=placement.host,
        placement=None if is_nameless else placement,
        kind=kind,
        words=words.strip() or None,
        raised_by_id=None if is_nameless else by.id,
        owner_id=None if is_nameless else placement.instructor_id,
        due_on=due_on(kind, today()),
    )
    db.session.add(complaint)
    record(ComplaintEvent.RAISED, complaint, by=None if is_nameless else by, kind=kind, due_on=complaint.due_on)
    if not is_nameless and placement.status in OPEN:
        _declare(placement, kind, document, fee, amount, by=by)
    return complaint


def _declare(
    placement: Placement,
    kind: ComplaintKind,
    document: WithheldDocument | None,
    fee: FeeKind | None,
    amount: Decimal | None,
    *,
    by: User,
) -> None:
    """What was taken, beside what is declared already; what nobody has asked yet stays unasked."""
    if kind not in {ComplaintKind.CARD, ComplaintKind.FEE}:
        return
    declared = current(placement.declarations)
    withheld = _withheld(declared.documents_withheld if declared else None)
    fees = _fees(declared.fees if declared else None)
    if kind is ComplaintKind.CARD:
        withheld = sorted({*(withheld or []), document or WithheldDocument.RESIDENT_ID})
    else:
        fees = {**(fees or {}), fee or FeeKind.OTHER: amount or Decimal(0)}
    guarantees = declared.guarantees if declared else None
    placements.record_declaration(placement, fees=fees, documents_withheld=withheld, guarantees=guarantees, by=by)


def _withheld(kept: list[str] | None) -> list[WithheldDocument] | None:
    return None if kept is None else [WithheldDocument(each) for each in kept]


def _fees(kept: list[dict[str, str]] | None) -> dict[FeeKind, Decimal] | None:
    return None if kept is None else {FeeKind(each["kind"]): Decimal(str(each["amount"])) for each in kept}


def assign(complaint: Complaint, *, owner: User, until: date, by: User) -> None:
    """Put somebody in charge, and say until when. Raises ``NotPossible``."""
    lock(complaint)
    _check_open(complaint)
    if until < today():
        raise NotPossible(_("期限不能在今天以前。"))
    changes: dict[str, Any] = {"owner": [complaint.owner_id, owner.id], "due_on": [complaint.due_on, until]}
    complaint.owner_id, complaint.due_on = owner.id, until
    record(ComplaintEvent.ASSIGNED, complaint, by=by, **changes)


def settle(complaint: Complaint, *, result: str, by: User) -> None:
    """Say what was done; whoever raised it reads it. Raises ``NotPossible``.

    What was declared for the internship stays until somebody records that the card is back or the money returned.
    """
    lock(complaint)
    _check_open(complaint)
    if not result.strip():
        raise NotPossible(_("写下办的结果，学生会看到。"))
    complaint.status, complaint.result = ComplaintStatus.SETTLED, result.strip()
    complaint.settled_by_id, complaint.settled_at = by.id, now()
    record(ComplaintEvent.SETTLED, complaint, by=by, status=[ComplaintStatus.OPEN, ComplaintStatus.SETTLED])


def _check_open(complaint: Complaint) -> None:
    if complaint.status is not ComplaintStatus.OPEN:
        raise NotPossible(_("这件事已经办结了。"))
