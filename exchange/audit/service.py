"""Write to the audit trail. Every service that changes a record calls record()."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import uuid4

from flask import g, has_request_context

from exchange.accounts.models import User
from exchange.audit.models import AuditEvent
from exchange.core.database import Model, append_all, db, now


def record(action: StrEnum, subject: Model, *, by: User | None, reason: str = "", **changes: Any) -> AuditEvent:
    """One line: what happened to the subject, by whom, why, and which values changed from what to what."""
    db.session.flush()  # so that a new subject has its id
    event = AuditEvent(
        action=action.value,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        actor_id=by.id if by else None,
        reason=reason or None,
        changes=changes or None,
        request_id=_request_id(),
    )
    db.session.add(event)
    return event


def record_all(
    action: StrEnum,
    model: type[Model],
    changes_by_id: Iterable[tuple[int, dict[str, Any]]],
    *,
    by: User | None,
    reason: str = "",
) -> None:
    """One line for each of many subjects, written in bulk."""
    actor_id, request_id, moment = by.id if by else None, _request_id(), now()
    lines = [
        {
            "action": action.value,
            "subject_type": model.__tablename__,
            "subject_id": subject_id,
            "actor_id": actor_id,
            "reason": reason or None,
            "changes": changes or None,
            "request_id": request_id,
            "created_at": moment,
        }
        for subject_id, changes in changes_by_id
    ]
    append_all(AuditEvent, lines)


def record_account_event(
    action: StrEnum, *, subject: User, by: User | None, reason: str = "", changes: dict[str, Any] | None = None
) -> None:
    """What accounts tell; they stand below the trail and cannot call it."""
    record(action, subject, by=by, reason=reason, **(changes or {}))


def _request_id() -> str | None:
    if not has_request_context():
        return None
    if "request_id" not in g:
        g.request_id = uuid4().hex
    return str(g.request_id)
