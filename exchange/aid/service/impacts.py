"""Doing what a change of status asks for: the awards follow, and that it is done stays recorded."""

from sqlalchemy import delete

from exchange.accounts.models import User
from exchange.aid.events import AidEvent
from exchange.aid.models import ImpactDone
from exchange.aid.queries.impacts import FITTING, Impact
from exchange.aid.service.awards import change_status
from exchange.aid.service.refusals import NoteMissing
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.i18n import _


def settle(impact: Impact, *, note: str, by: User | None) -> ImpactDone:
    """Suspend, stop or resume the awards that the task names, and record it with a note. Raises ``NoteMissing``.

    What the county pays is only told to it: the ledger follows the county's answer, award by award.
    """
    if not note.strip():
        raise NoteMissing(_("写明怎么办的：停了哪一批，告知了谁。"))
    lock(impact.student)
    if impact.task.step in FITTING:
        for award in impact.awards:
            change_status(award, impact.task.step.value, reason=note, by=by)
    _forget_former(impact)
    done = ImpactDone(
        student=impact.student,
        changed_on=impact.changed_on,
        step=impact.task.step,
        kind=impact.task.kind,
        note=note.strip(),
        done_by_id=by.id if by else None,
    )
    db.session.add(done)
    record(AidEvent.IMPACT_SETTLED, done, by=by, step=done.step, kind=done.kind, changed_on=done.changed_on)
    return done


def _forget_former(impact: Impact) -> None:
    """The same task, done before an order from the same day was cancelled, stays in the trail only."""
    db.session.execute(
        delete(ImpactDone).where(
            ImpactDone.student_id == impact.student.id,
            ImpactDone.changed_on == impact.changed_on,
            ImpactDone.step == impact.task.step,
            ImpactDone.kind == impact.task.kind,
        )
    )
