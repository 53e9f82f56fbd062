"""Finding links: by the token that somebody brings, and those of records."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exchange.core.database import Model, db
from exchange.core.encryption import blind_index
from exchange.links.models import Link
from exchange.links.purposes import PURPOSES

TOKEN = "link.token"
LONGEST_TOKEN = 100


def index_of(token: str) -> str:
    """The fingerprint under which the link of this token is kept."""
    return blind_index(token, TOKEN)


def find(token: str) -> Link | None:
    """The link that somebody has opened; none for a token that was never given, or whose purpose is gone."""
    if len(token) > LONGEST_TOKEN:
        return None
    brought = select(Link).where(Link.token_index == index_of(token), Link.purpose.in_(PURPOSES))
    return db.session.scalars(brought.options(joinedload(Link.made_by))).unique().one_or_none()


def links_of(model: type[Model], ids: Collection[int], *, purpose: str) -> Select[Link]:
    """The links of one purpose to these records, the newest first."""
    links = select(Link).where(
        Link.purpose == purpose, Link.subject_type == model.__tablename__, Link.subject_id.in_(ids)
    )
    return links.order_by(Link.id.desc())
