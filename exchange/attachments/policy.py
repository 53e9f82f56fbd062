"""Who may open an attachment: whoever may see the record it belongs to."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, false, or_, select

from exchange.accounts.models import User
from exchange.attachments.models import Attachment
from exchange.core.database import Model

Scope = Callable[[User], Select[Any]]
SCOPES: dict[type[Model], Scope] = {}


def belongs_to(model: type[Model], visible_to: Scope) -> None:
    """Let records of this kind have attachments, open to those who see the record."""
    SCOPES[model] = visible_to


def visible_to(user: User) -> Select[Attachment]:
    """The attachments of all records that this user may see."""
    scopes = [
        (Attachment.subject_type == model.__tablename__)
        & Attachment.subject_id.in_(scope(user).with_only_columns(model.id))
        for model, scope in SCOPES.items()
    ]
    return select(Attachment).where(or_(false(), *scopes))
