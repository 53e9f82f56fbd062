"""The day of arrival: who travels with whom, who has come, and that the parents know."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.limits import last_day_to_arrive
from exchange.enrolment.models import Applicant, ApplicantStatus, ArrivalGroup
from exchange.enrolment.service.steps import ReasonMissing, Step, TooEarly
from exchange.partners.models import CooperationProject


def plan_group(
    *, project: CooperationProject, year: int, members: Sequence[Applicant], by: User | None, **values: Any
) -> ArrivalGroup:
    """Plan with which train or flight some of the admitted arrive, and who brings them. Raises ``NotPossible``."""
    group = ArrivalGroup(project=project, intake_year=year, **values)
    db.session.add(group)
    db.session.flush()
    _take_along(group, members)
    record(
        EnrolmentEvent.GROUP_PLANNED,
        group,
        by=by,
        arrives_on=group.arrives_on,
        transport=group.transport,
        members=[member.id for member in members],
    )
    return group


def change_group(group: ArrivalGroup, *, members: Sequence[Applicant], by: User | None, **values: Any) -> None:
    """Another train, another day, other members. Who has arrived stays in the group. Raises ``NotPossible``."""
    lock(group)
    changed = [name for name, value in values.items() if getattr(group, name) != value]
    for name in changed:
        setattr(group, name, values[name])
    travelling = _travelling(group)
    for former in travelling:
        if former not in members:
            former.arrival_group = None
    _take_along(group, members)
    if changed or {each.id for each in travelling} != {each.id for each in members}:
        record(EnrolmentEvent.GROUP_CHANGED, group, by=by, fields=changed, members=[member.id for member in members])


def allow_delay(
    applicant: Applicant, *, until: date, reason: str, proofs: Sequence[tuple[str, bytes]] = (), by: User | None
) -> None:
    """XJ-03: let somebody come later, on a written application; its proof may be attached now or when it has come.

    Raises ``NotPossible``, ``TooEarly``, ``ReasonMissing`` and ``NotAcceptable``.
    """
    lock(applicant)
    if applicant.status is not ApplicantStatus.ADMITTED:
        raise NotPossible(_("只有已录取、还没有到的人可以延期报到。"))
    if not reason.strip():
        raise ReasonMissing(_("写明理由。"))
    if until < today():
        raise TooEarly(_("延期报到的日子不能在今天以前。"))
    former, applicant.late_until = applicant.late_until, until
    record(EnrolmentEvent.DELAY_ALLOWED, applicant, by=by, reason=reason, until=[former, until])
    _keep(applicant, proofs, by=by)


def add_proofs(applicant: Applicant, proofs: Sequence[tuple[str, bytes]], *, by: User | None) -> None:
    """The proof of a delay that was allowed before it came. Raises ``NotPossible`` and ``NotAcceptable``."""
    if applicant.late_until is None:
        raise NotPossible(_("%(name)s没有延期报到，不用证明。", name=applicant.name))
    if not proofs:
        raise NotPossible(_("选择一个文件。"))
    _keep(applicant, proofs, by=by)


def _keep(applicant: Applicant, proofs: Sequence[tuple[str, bytes]], *, by: User | None) -> None:
    for filename, content in proofs:
        attach(applicant, filename=filename, content=content, by=by)


def arrive(applicant: Applicant, _step: Step) -> dict[str, Any]:
    """The applicant has come."""
    applicant.arrived_at = now()
    return {}


def undo_arrival(applicant: Applicant, _step: Step) -> dict[str, Any]:
    """A wrong tap: nobody has come, and nothing can have been told."""
    former, applicant.arrived_at = applicant.arrived_at, None
    applicant.parents_told_at = applicant.parents_told_by = None
    return {"arrived_at": [former, None]}


def forfeit(applicant: Applicant, _step: Step) -> dict[str, Any]:
    """XJ-03: not there within the school's limit. Somebody decides it; nothing happens by itself."""
    expected_on = applicant.expected_on
    if expected_on is None:
        raise TooEarly(_("还没有定%(name)s哪天到校，不能算逾期。", name=applicant.name))
    last = last_day_to_arrive(expected_on)
    if last >= today():
        raise TooEarly(_("%(name)s在 %(day)s 以前到都不算逾期。", name=applicant.name, day=format_short_date(last)))
    return {"expected_on": expected_on, "last_day": last}


def tell_parents(applicant: Applicant, *, by: User) -> None:
    """The parents know that the child has come. Raises ``NotPossible``."""
    lock(applicant)
    if applicant.arrived_at is None:
        raise NotPossible(_("%(name)s还没有到。", name=applicant.name))
    if applicant.parents_told_at is not None:
        return
    applicant.parents_told_at, applicant.parents_told_by = now(), by
    record(EnrolmentEvent.PARENTS_TOLD, applicant, by=by)


def take_back_word(applicant: Applicant, *, by: User) -> None:
    """A wrong tap: nobody has called the parents yet."""
    lock(applicant)
    if applicant.parents_told_at is None:
        return
    applicant.parents_told_at = applicant.parents_told_by = None
    record(EnrolmentEvent.PARENTS_NOT_TOLD, applicant, by=by)


def _travelling(group: ArrivalGroup) -> list[Applicant]:
    rows = db.select(Applicant).where(
        Applicant.arrival_group_id == group.id, Applicant.status == ApplicantStatus.ADMITTED
    )
    return list(db.session.scalars(rows))


def _take_along(group: ArrivalGroup, members: Sequence[Applicant]) -> None:
    for member in members:
        lock(member)
        if member.status is not ApplicantStatus.ADMITTED:
            raise NotPossible(
                _("%(name)s现在是“%(status)s”，不能编进到校批次。", name=member.name, status=member.status.label)
            )
        member.arrival_group = group
