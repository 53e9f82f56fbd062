"""Reading the trail."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from exchange.audit.models import AuditEvent
from exchange.core.database import Model, db

NEWEST_FIRST = AuditEvent.id.desc()


def timeline(subject: Model, *, limit: int = 50) -> list[AuditEvent]:
    """The subject's history, newest first."""
    events = select(AuditEvent).where(
        AuditEvent.subject_type == subject.__tablename__, AuditEvent.subject_id == subject.id
    )
    return list(
        db.session.scalars(events.options(joinedload(AuditEvent.actor)).order_by(NEWEST_FIRST).limit(limit)).unique()
    )


def trail(*, action: str = "", username: str = "") -> Select[AuditEvent]:
    """All lines, newest first, of one kind or one person."""
    events = select(AuditEvent).options(joinedload(AuditEvent.actor)).order_by(NEWEST_FIRST)
    if action:
        events = events.where(AuditEvent.action == action)
    if username:
        events = events.where(AuditEvent.actor.has(username=username))
    return events


def newest_line() -> int:
    """The number of the newest line; everything that happens from now on has a higher one."""
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def was_touched(model: type[Model], ids: Select[int | None], *, since: int) -> bool:
    """Whether anything happened to one of these records after the line ``since``."""
    newer = select(AuditEvent.id).where(
        AuditEvent.id > since, AuditEvent.subject_type == model.__tablename__, AuditEvent.subject_id.in_(ids)
    )
    return db.session.scalar(newer.limit(1)) is not None
