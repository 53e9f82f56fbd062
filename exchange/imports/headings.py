"""What the headings of a sender mean: decided by a person once, kept for the next sheet, taken back on a page."""

import unicodedata
from collections.abc import Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.imports.events import ImportEvent
from exchange.imports.models import HeadingMapping, Import

OFFERED = 20
LONGEST_HEADING, LONGEST_SENDER = 200, 100
IGNORED = ""
"""The field of a column that is passed over on purpose."""


def sender_named(text: str | None) -> str:
    """A sender as it is kept: width and white space do not make another one. Raises ``UsageProblem``."""
    name = "".join(unicodedata.normalize("NFKC", text or "").split())
    if len(name) > LONGEST_SENDER:
        raise UsageProblem(_("发送单位最多 %(longest)s 个字。", longest=LONGEST_SENDER))
    return name


def senders(kind: str) -> list[str]:
    """Who has sent sheets of this kind, the latest first."""
    sent = select(Import.sender).where(Import.kind == kind, Import.sender != "")
    latest = sent.group_by(Import.sender).order_by(func.max(Import.id).desc())
    return list(db.session.scalars(latest.limit(OFFERED)))


def remembered(kind: str, sender: str) -> dict[str, str]:
    """Heading → field, as it was decided for this sender."""
    if not sender:
        return {}
    kept = select(HeadingMapping.heading, HeadingMapping.field)
    return dict(db.session.execute(_of(kept, kind, sender)).all())


def all_remembered() -> Select[HeadingMapping]:
    """For the list: by sender, with the person who decided."""
    order = (HeadingMapping.sender, HeadingMapping.heading, HeadingMapping.id)
    return select(HeadingMapping).options(joinedload(HeadingMapping.by)).order_by(*order)


def remember(kind: str, sender: str, mapping: Mapping[str, str], *, by: User | None) -> None:
    """Keep what these headings mean in the sheets of the sender; ``IGNORED`` is a meaning, too."""
    if not sender:
        return
    kept = _of(select(HeadingMapping), kind, sender)
    known = {each.heading: each for each in db.session.scalars(kept)}
    for heading, field in mapping.items():
        decision = known.get(heading) or HeadingMapping(kind=kind, sender=sender, heading=heading)
        if decision.field == field or len(heading) > LONGEST_HEADING:
            continue
        before, decision.field, decision.by = decision.field, field, by
        db.session.add(decision)
        change = [before, field]
        record(ImportEvent.HEADING_REMEMBERED, decision, by=by, sender=sender, heading=heading, field=change)


def forget(decision: HeadingMapping, *, by: User | None) -> None:
    """Take the decision back; sheets that were read with it stay as they are."""
    change = [decision.field, None]
    record(
        ImportEvent.HEADING_FORGOTTEN,
        decision,
        by=by,
        sender=decision.sender,
        heading=decision.heading,
        field=change,
    )
    db.session.delete(decision)
    db.session.flush()


def _of(kept: Select, kind: str, sender: str) -> Select:  # type: ignore[type-arg]  # of whatever it selects
    return kept.where(HeadingMapping.kind == kind, HeadingMapping.sender == sender)
