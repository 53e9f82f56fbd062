"""Reads of agreements: what is in force, who has signed, and who has not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.agreements.models import AgreementDocument, Amendment, Signature, Termination
from exchange.agreements.values import Answer, DocumentKind, Party
from exchange.core.database import db
from exchange.links.models import Link
from exchange.partners.models import Post
from exchange.placements.models import Agreement, Consent, Placement
from exchange.placements.record_facts import current
from exchange.students.models import Guardianship, Student

RECORDS: Mapping[DocumentKind, str] = {DocumentKind.AGREEMENT: "agreements", DocumentKind.CONSENT: "consents"}
"""Where a placement keeps the dates that the rules read."""


@dataclass(frozen=True)
class PartyState:
    """How one party stands to one document: since when it has signed, or why it has not."""

    party: Party
    signed_on: date | None
    answer: Signature | None

    @property
    def declined(self) -> Signature | None:
        """What the party has said against it, where that is its last word."""
        return self.answer if self.answer and self.answer.answer is Answer.DECLINED and not self.signed_on else None


@dataclass(frozen=True)
class Standing:
    """One kind of document of a placement: the version in force, and each party's state."""

    kind: DocumentKind
    document: AgreementDocument | None
    parties: tuple[PartyState, ...]

    @property
    def missing(self) -> tuple[Party, ...]:
        """Who has not signed, in the order of the paper."""
        return tuple(each.party for each in self.parties if each.signed_on is None)


def in_force(placement: Placement, kind: DocumentKind) -> AgreementDocument | None:
    """The version that is to be signed or is signed; none before the first, and none after a change of the plan."""
    rows = _documents([placement.id]).where(AgreementDocument.kind == kind, AgreementDocument.voided_at.is_(None))
    return db.session.scalars(rows.order_by(AgreementDocument.version.desc()).limit(1)).one_or_none()


def versions_of(placement: Placement) -> list[AgreementDocument]:
    """Every version of both documents, the newest first."""
    rows = _documents([placement.id])
    return list(db.session.scalars(rows.order_by(AgreementDocument.kind, AgreementDocument.version.desc())))


def in_force_of(scope: Select[AgreementDocument]) -> list[AgreementDocument]:
    """What of the scope is in force, with all that the page of a family asks, the newest placement first."""
    student = joinedload(Placement.student).selectinload(Student.guardianships).joinedload(Guardianship.guardian)
    placement = joinedload(AgreementDocument.placement).options(
        student,
        joinedload(Placement.post).joinedload(Post.host_organisation),
        selectinload(Placement.consents),
        selectinload(Placement.agreements),
    )
    rows = scope.where(AgreementDocument.voided_at.is_(None)).options(placement)
    ordered = rows.order_by(AgreementDocument.placement_id.desc(), AgreementDocument.kind)
    return list(db.session.scalars(ordered).unique())


def newest_version(placement: Placement, kind: DocumentKind) -> int:
    """The number of the last version, void or not; 0 before the first."""
    numbers = select(AgreementDocument.version).where(
        AgreementDocument.placement_id == placement.id, AgreementDocument.kind == kind
    )
    return db.session.scalar(numbers.order_by(AgreementDocument.version.desc()).limit(1)) or 0


def standings(placements: Sequence[Placement]) -> dict[int, tuple[Standing, ...]]:
    """Placement → how its two documents stand, in two statements; the records of placements must be loaded."""
    found: dict[int, dict[DocumentKind, AgreementDocument]] = defaultdict(dict)
    rows = _documents([each.id for each in placements]).where(AgreementDocument.voided_at.is_(None))
    for document in db.session.scalars(rows.order_by(AgreementDocument.version)):
        found[document.placement_id][document.kind] = document
    return {
        each.id: tuple(_standing(each, kind, found[each.id].get(kind)) for kind in DocumentKind) for each in placements
    }


def signed_days(placement: Placement, kind: DocumentKind) -> dict[Party, date]:
    """Party → the day of its signature, as the rules read it."""
    kept: list[Agreement | Consent] = getattr(placement, RECORDS[kind])
    record = current(kept)  # type: ignore[type-var]
    days = {party: getattr(record, f"{party.value}_signed_on", None) for party in kind.parties}
    return {party: day for party, day in days.items() if day}


def links_of(documents: Sequence[AgreementDocument]) -> list[Link]:
    """The links that were sent for these documents, the newest first."""
    ids = [each.id for each in documents]
    rows = select(Link).where(Link.subject_type == AgreementDocument.__tablename__, Link.subject_id.in_(ids))
    return list(db.session.scalars(rows.order_by(Link.id.desc()))) if ids else []


def amendments_of(placement: Placement) -> list[Amendment]:
    """Every change of what was agreed, the newest first."""
    rows = select(Amendment).where(Amendment.placement_id == placement.id)
    return list(db.session.scalars(rows.order_by(Amendment.id.desc())))


def termination_of(placement: Placement) -> Termination | None:
    """How the placement ended early, where it did."""
    return db.session.scalar(select(Termination).where(Termination.placement_id == placement.id))


def last_terms_of(post_id: int) -> Mapping[str, object] | None:
    """What was filled in for the last agreement of this post: the next student's is mostly the same."""
    rows = select(AgreementDocument).join(AgreementDocument.placement).where(Placement.post_id == post_id)
    last = db.session.scalar(rows.order_by(AgreementDocument.id.desc()).limit(1))
    return last.terms if last else None


def _documents(placement_ids: Iterable[int]) -> Select[AgreementDocument]:
    rows = select(AgreementDocument).where(AgreementDocument.placement_id.in_(list(placement_ids)))
    return rows.options(selectinload(AgreementDocument.signatures))


def _standing(placement: Placement, kind: DocumentKind, document: AgreementDocument | None) -> Standing:
    days = signed_days(placement, kind)
    states = (
        PartyState(party, days.get(party), document.answer_of(party) if document else None) for party in kind.parties
    )
    return Standing(kind, document, tuple(states))
