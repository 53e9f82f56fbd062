"""Whose agreements somebody may see and sign. Roles stand in accounts/roles.py; placements say who sees what."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, select
from sqlalchemy.orm import selectinload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.agreements.models import AgreementDocument, Signature, Termination
from exchange.agreements.values import Party
from exchange.placements import policy as placements
from exchange.placements.models import Placement
from exchange.placements.workflow import OPEN
from exchange.students.models import Guardianship


def visible_to(user: User) -> Select[AgreementDocument]:
    """The documents of all placements that this user may see."""
    return _of(placements.visible_to(user))


def own(user: User) -> Select[AgreementDocument]:
    """The documents of the student, or of the children this guardian answers for."""
    return _of(placements.own(user))


def own_terminations(user: User) -> Select[Termination]:
    """The early ends of the own placements, or of those of the children."""
    ids = placements.own(user).with_only_columns(Placement.id)
    return select(Termination).where(Termination.placement_id.in_(ids))


def signatures_visible_to(user: User) -> Select[Signature]:
    """The signatures whose scans this user may open: whoever plans placements, of those in sight."""
    signatures = select(Signature)
    if not user.may(Permission.PLACEMENT_PLAN):
        return signatures.where(false())
    return signatures.where(Signature.document_id.in_(visible_to(user).with_only_columns(AgreementDocument.id)))


def can_issue(user: User, placement: Placement) -> bool:
    """Documents are issued, recorded and sent by whoever plans, as long as the placement is open."""
    return user.may(Permission.PLACEMENT_PLAN) and placement.status in OPEN


def can_sign_for_school(user: User, placement: Placement) -> bool:
    """Whoever approves placements signs for the school."""
    return user.may(Permission.PLACEMENT_APPROVE) and placement.status in OPEN


def signs_as(
    user: User, document: AgreementDocument, guardianships: Sequence[Guardianship], *, on: date
) -> tuple[Party, Guardianship | None] | None:
    """As whom this account signs the document of the own placement; none where it may only read."""
    if document.placement.student.user_id == user.id:
        return Party.STUDENT, None
    bond = next((each for each in guardianships if each.guardian.user_id == user.id and each.holds(on)), None)
    return (Party.GUARDIAN, bond) if bond else None


def _of(scope: Select[Placement]) -> Select[AgreementDocument]:
    ids = scope.with_only_columns(Placement.id)
    rows = select(AgreementDocument).where(AgreementDocument.placement_id.in_(ids))
    return rows.options(selectinload(AgreementDocument.signatures))
