"""Who goes to the same host on the same day, and how many of them have not signed everything."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func
from sqlalchemy.orm import joinedload, selectinload

from exchange.agreements.models import AgreementDocument
from exchange.core.database import db
from exchange.partners.models import HostOrganisation, Post
from exchange.placements.facts.values import InternshipKind
from exchange.placements.models import Agreement, Consent, Placement
from exchange.placements.queries import with_people
from exchange.placements.workflow import OPEN
from exchange.students.models import Guardianship, Student


class Batch(NamedTuple):
    """The students of one host and first day: how many, how many without a text, how many not fully signed."""

    host_id: int
    host_name: str
    starts_on: date
    students: int
    without_text: int
    unsigned: int


def batches(scope: Select[Placement]) -> Select[int, str, date, int, int, int]:
    """Open placements of the scope by host and first day, what is not signed first."""
    unsigned = func.sum(case((is_fully_signed(), 0), else_=1))
    without_text = func.sum(case((_is_issued(), 0), else_=1))
    rows = _open(scope).join(Placement.post).join(Post.host_organisation)
    return (
        rows.with_only_columns(
            HostOrganisation.id, HostOrganisation.name, Placement.starts_on, func.count(), without_text, unsigned
        )
        .group_by(HostOrganisation.id, HostOrganisation.name, Placement.starts_on)
        .order_by(case((unsigned > 0, 0), else_=1), Placement.starts_on, HostOrganisation.id)
    )


def members_of(scope: Select[Placement], host_id: int, starts_on: date) -> Select[Placement]:
    """The open placements of one host and first day, by name, with all that a list of signers needs."""
    rows = _open(scope).join(Placement.post).join(Placement.student)
    rows = rows.where(Post.host_organisation_id == host_id, Placement.starts_on == starts_on)
    return rows.order_by(Student.pinyin, Placement.id).options(
        *with_people(),
        selectinload(Placement.consents),
        selectinload(Placement.agreements),
        joinedload(Placement.student).selectinload(Student.guardianships).joinedload(Guardianship.guardian),
    )


def start_of(scope: Select[Placement], host_id: int) -> date | None:
    """The first day of the batch of this host that comes first."""
    rows = _open(scope).join(Placement.post).where(Post.host_organisation_id == host_id)
    return db.session.scalar(rows.with_only_columns(func.min(Placement.starts_on)).order_by(None))


def is_fully_signed() -> ColumnElement[bool]:
    """Whether everybody has signed both papers of the placement of the row; part of a statement."""
    return and_(
        is_signed(Agreement, "school_signed_on", "host_signed_on", "student_signed_on", "guardian_signed_on"),
        is_signed(Consent, "student_signed_on", "guardian_signed_on"),
    )


def is_signed(record: type[Agreement] | type[Consent], *days: str) -> ColumnElement[bool]:
    """Whether the placement of the row has a standing record with all of these days; part of a statement."""
    present = [getattr(record, day).is_not(None) for day in days]
    found = exists().where(record.placement_id == Placement.id, record.voided_at.is_(None), *present)
    return found.correlate_except(record)


def _is_issued() -> ColumnElement[bool]:
    found = exists().where(AgreementDocument.placement_id == Placement.id, AgreementDocument.voided_at.is_(None))
    return found.correlate_except(AgreementDocument)


def _open(scope: Select[Placement]) -> Select[Placement]:
    return scope.where(Placement.status.in_(OPEN), Placement.kind == InternshipKind.POST)
