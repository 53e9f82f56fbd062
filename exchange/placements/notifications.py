"""Which messages placements send, and to whom: the approval to the family, and what somebody still owes."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.messages import service as messages
from exchange.messages.reminders import Reminder
from exchange.placements.checklist import owed_by_guardian, owed_by_student
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.queries import with_people, with_records
from exchange.placements.record_facts import facts_of_all
from exchange.students.policy import accounts_of_guardians

AT_ONCE = 200  # placements looked at together
MINE = "/placements/mine"


def tell_of_approval(placement: Placement, *, by: User | None) -> None:
    """Student and guardians read where, when and as what, as soon as the school has decided."""
    words = _(
        "%(name)s：%(host)s，%(post)s，%(first)s 到 %(last)s。上岗前还要办的事，在“实习”里一条一条看。",
        name=placement.student.name,
        host=placement.host.name,
        post=placement.post.name,
        first=format_short_date(placement.starts_on),
        last=format_short_date(placement.ends_on),
    )
    for recipient in _family(placement):
        messages.send(
            recipient,
            key=f"placement.approved:{placement.id}",
            title=str(_("实习安排批准了")),
            body=str(words),
            url=MINE,
            by=by,
        )


def _family(placement: Placement) -> list[User]:
    guardians = accounts_of_guardians([placement.student_id]).get(placement.student_id, [])
    own = db.session.get(User, placement.student.user_id) if placement.student.user_id else None
    return [own, *guardians] if own and own.active else guardians


def whoever_owes_something(_day: date) -> Iterator[Reminder]:
    """Exactly those who can still do something before a first day: the student, the guardians."""
    preparing = select(Placement.id).where(Placement.status == PlacementStatus.PREPARING).order_by(Placement.id)
    ids = list(db.session.scalars(preparing))
    for first in range(0, len(ids), AT_ONCE):
        rows = select(Placement).where(Placement.id.in_(ids[first : first + AT_ONCE])).order_by(Placement.id)
        yield from _reminders(list(db.session.scalars(rows.options(*with_people(), *with_records())).unique()))


def _reminders(placements: list[Placement]) -> Iterator[Reminder]:
    facts = facts_of_all(placements)
    guardians = accounts_of_guardians([each.student_id for each in placements])
    students = _accounts([each.student.user_id for each in placements if each.student.user_id])
    for each in placements:
        if (own := students.get(each.student.user_id or 0)) and (owed := owed_by_student(each, facts[each.id])):
            yield _reminder(own, each, owed)
        if owed := owed_by_guardian(each, facts[each.id]):
            yield from (_reminder(guardian, each, owed) for guardian in guardians.get(each.student_id, []))


def _accounts(ids: list[int]) -> dict[int, User]:
    users = db.session.scalars(select(User).where(User.id.in_(ids), User.active)).unique()
    return {user.id: user for user in users}


def _reminder(recipient: User, placement: Placement, owed: list[str]) -> Reminder:
    head = _(
        "%(name)s %(day)s 去%(host)s实习，还要办：",
        name=placement.student.name,
        day=format_short_date(placement.starts_on),
        host=placement.host.name,
    )
    return Reminder(
        recipient=recipient,
        key=f"placement.owed:{placement.id}",
        title=str(_("实习上岗前还有事要办")),
        body="\n".join([str(head), *owed]),
        url=MINE,
    )
