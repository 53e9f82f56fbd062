"""What agreements ask of whom today."""

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.agreements import policy
from exchange.agreements.models import AgreementDocument
from exchange.agreements.queries.batches import is_fully_signed, is_signed
from exchange.agreements.values import DocumentKind, Party
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.placements import policy as placements
from exchange.placements.models import Agreement, Consent, Placement
from exchange.placements.workflow import OPEN


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """Title, detail and address of what this person can sign, or has to chase."""
    rows = []
    if user.may(Permission.PLACEMENT_APPROVE) and (count := _without_school(user)):
        rows.append(
            (_("代表学校签 %(count)s 份三方协议", count=count), _("一批可以一次签"), url_for("agreements.index"))
        )
    if user.may(Permission.PLACEMENT_PLAN) and (count := _unsigned(user)):
        rows.append(
            (_("%(count)s 名学生的协议和同意书还没签齐", count=count), _("看谁还没签"), url_for("agreements.index"))
        )
    if user.may(Permission.PLACEMENT_MINE) and (count := _own(user)):
        rows.append((_("看 %(count)s 份实习文件，签字", count=count), "", url_for("agreements.mine")))
    return rows


def _without_school(user: User) -> int:
    rows = _in_force(policy.visible_to(user)).where(AgreementDocument.kind == DocumentKind.AGREEMENT)
    return _count(rows.where(~_has_signed(Party.SCHOOL)))


def _own(user: User) -> int:
    party = Party.STUDENT if user.has(Role.STUDENT) else Party.GUARDIAN
    return _count(_in_force(policy.own(user)).where(~_has_signed(party)))


def _unsigned(user: User) -> int:
    """Students for whom something is issued that somebody has not signed."""
    issued = exists().where(AgreementDocument.placement_id == Placement.id, AgreementDocument.voided_at.is_(None))
    rows = placements.visible_to(user).where(Placement.status.in_(OPEN), issued, ~is_fully_signed())
    return db.session.scalar(rows.with_only_columns(func.count(Placement.id)).order_by(None)) or 0


def _in_force(documents: Select[AgreementDocument]) -> Select[AgreementDocument]:
    return documents.join(AgreementDocument.placement).where(
        AgreementDocument.voided_at.is_(None), Placement.status.in_(OPEN)
    )


def _has_signed(party: Party) -> ColumnElement[bool]:
    """Whether the record that the rules read has the day of this party for the document of the row."""
    day = f"{party.value}_signed_on"
    agreement = and_(AgreementDocument.kind == DocumentKind.AGREEMENT, is_signed(Agreement, day))
    if party not in DocumentKind.CONSENT.parties:
        return agreement
    return or_(agreement, and_(AgreementDocument.kind == DocumentKind.CONSENT, is_signed(Consent, day)))


def _count(rows: Select[AgreementDocument]) -> int:
    return db.session.scalar(rows.with_only_columns(func.count(AgreementDocument.id)).order_by(None)) or 0
