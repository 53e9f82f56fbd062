"""Making links, answering them and taking them back. The token exists only in the address that is shown once."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import Model, db, lock, now
from exchange.core.encryption import blind_index
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_moment
from exchange.links import queries
from exchange.links.events import LinkEvent
from exchange.links.models import Link, LinkState
from exchange.links.purposes import PURPOSES

TOKEN_BYTES = 32  # nobody guesses 256 bits
ASKED = "link.asked"


class LinkRefused(DomainError):
    """A link that cannot be answered: used, taken back, over, or about something that is no longer so."""


def make(
    *, purpose: str, subject: Model, about: str, recipient: str, valid_for: timedelta, by: User
) -> tuple[Link, str]:
    """A link and its token, which nobody can be told again; an open one for the same question is taken back.

    Raises what the purpose says against asking.
    """
    lock(subject)
    for former in db.session.scalars(queries.links_of(type(subject), [subject.id], purpose=purpose)):
        if former.about == about and former.is_open(now()):
            revoke(former, by=by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Link(
        purpose=purpose,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        about=about,
        recipient=recipient,
        token_index=queries.index_of(token),
        expires_at=now() + valid_for,
        made_by=by,
    )
    link.asked = _fingerprint(link)
    db.session.add(link)
    told = {"purpose": purpose, "about": about, "recipient": recipient, "expires_at": link.expires_at.isoformat()}
    record(LinkEvent.MADE, link, by=by, **told)
    return link, token


def refusal(link: Link) -> str:
    """Why this link cannot be answered now, in one sentence; empty where it can."""
    match link.state(now()):
        case LinkState.REVOKED:
            return str(_("学校收回了这个链接。"))
        case LinkState.USED:
            return str(_("这个链接在 %(moment)s 已经答复过，只能用一次。", moment=format_moment(link.used_at)))
        case LinkState.EXPIRED:
            return str(_("这个链接在 %(moment)s 过期了。", moment=format_moment(link.expires_at)))
    try:
        unchanged = secrets.compare_digest(link.asked, _fingerprint(link))
    except DomainError as error:
        return str(error)
    return "" if unchanged else str(_("链接发出以后，要答复的内容变了。"))


def note_opening(link_id: int) -> None:
    """Somebody has opened the page for the first time."""
    link = db.session.get_one(Link, link_id)
    lock(link)
    if link.opened_at is None:
        link.opened_at = now()
        record(LinkEvent.OPENED, link, by=None)


def answer(link: Link, values: Mapping[str, Any]) -> None:
    """Hand the answer to the purpose: once, unless the link is a standing one.

    Raises ``LinkRefused`` and what the purpose refuses.
    """
    purpose = PURPOSES[link.purpose]
    lock(link)
    purpose.hold(link)
    if why := refusal(link):
        raise LinkRefused(why)
    purpose.answer(link, values)
    if purpose.renews_for:
        link.renewed_at, link.expires_at = now(), max(link.expires_at, now() + purpose.renews_for)
    else:
        link.used_at = now()
    record(LinkEvent.USED, link, by=None)


def revoke(link: Link, *, by: User) -> None:
    """Nobody can answer it any more. Raises ``NotPossible``."""
    lock(link)
    if link.used_at:
        raise NotPossible(_("这个链接已经答复过，收不回来了。"))
    if link.revoked_at is None:
        link.revoked_at = now()
        record(LinkEvent.REVOKED, link, by=by)


def _fingerprint(link: Link) -> str:
    asked = PURPOSES[link.purpose].asked(link)
    return blind_index(json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str), ASKED)
