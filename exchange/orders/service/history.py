"""Writing students' histories anew from the orders that stand."""

from collections.abc import Collection

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.orders.dossiers import Dossier, dossiers_of, step_of
from exchange.orders.events import OrderEvent
from exchange.orders.models import OrderMember, StatusOrder
from exchange.orders.sequence import Contradiction
from exchange.students.history import state_of
from exchange.students.service import set_history


def rewrite_history(
    order: StatusOrder, members: Collection[OrderMember], event: OrderEvent, *, by: User | None
) -> list[str]:
    """Fold the standing orders of these students into their records; gives a sentence for each that does not fit."""
    refusals = []
    for dossier in dossiers_of([member.student for member in members]).values():
        student, before = dossier.student, state_of(dossier.student)
        try:
            set_history(student, dossier.spans(), by=by)
        except Contradiction as contradiction:
            refusals.append(contradicts(dossier, contradiction))
        else:
            record(event, student, by=by, order=order.number, state=[before, state_of(student)])
    return refusals


def contradicts(dossier: Dossier, contradiction: Contradiction, *, own: StatusOrder | None = None) -> str:
    """In a sentence for people: which order does not fit, and what the record says at its day."""
    step, student = contradiction.step, dossier.student
    if step.effective_on < student.enrolled_on:
        day = format_short_date(student.enrolled_on)
        return str(_("%(name)s：生效日期早于入学日期 %(day)s。", name=student.name, day=day))
    if own is not None and step == step_of(own):
        words = _(
            "%(name)s：%(day)s的学籍是“%(status)s”，不能办“%(kind)s”。",
            name=student.name,
            day=format_short_date(step.effective_on),
            status=contradiction.state.status.label,
            kind=step.kind.label,
        )
        return str(words)
    number = next((each.order.number for each in dossier.members if step_of(each.order) == step), "")
    words = _(
        "%(name)s：后面的异动单 %(number)s（%(kind)s）要以这张为前提，先撤销它。",
        name=student.name,
        number=number,
        kind=step.kind.label,
    )
    return str(words)
