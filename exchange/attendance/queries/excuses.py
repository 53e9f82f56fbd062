"""What excuses whom on a day: leave, a placement, a leave of absence, and what the homeroom teacher has noted."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, select

from exchange.attendance.models import COVERING, LeaveRequest
from exchange.attendance.spans import EVENING, MORNING, Span
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.placements.models import Placement
from exchange.placements.whereabouts import placements_on
from exchange.welfare.models import Absence, AbsenceKind
from exchange.welfare.queries.absences import hours_noted, noted_on
from exchange.welfare.rules.limits import limit


@dataclass(frozen=True)
class Excuse:
    """Why somebody need not be there, and for which part of the day."""

    label: str
    span: Span


@dataclass(frozen=True)
class Excuses:
    """All that is known of a day about some students."""

    day: date
    leave: dict[int, list[LeaveRequest]] = field(default_factory=dict)
    placements: dict[int, Placement] = field(default_factory=dict)
    noted: dict[int, Absence] = field(default_factory=dict)  # for the whole day, with leave
    left: set[int] = field(default_factory=set)  # without permission

    def of(self, student_id: int, *, on_leave_of_absence: bool = False) -> list[Excuse]:
        """What excuses the student, the most telling first."""
        whole = Span(self.day, MORNING, self.day, EVENING)
        found = [Excuse(_("休学"), whole)] if on_leave_of_absence else []
        if placement := self.placements.get(student_id):
            found.append(Excuse(_("在%(host)s实习", host=placement.host.name), whole))
        found += [Excuse(leave_label(each), each.span) for each in self.leave.get(student_id, [])]
        if absence := self.noted.get(student_id):
            found.append(Excuse(absence.kind.label, whole))
        return found


def leave_label(leave: LeaveRequest) -> str:
    """病假, or 住院 where the student lies in hospital."""
    return _("住院") if leave.in_hospital else leave.kind.label


def excuses_on(student_ids: Select[int], day: date) -> Excuses:
    """What excuses these students on the day, in three statements."""
    excuses = Excuses(day, placements=placements_on(student_ids, day))
    for leave in leave_on(student_ids, day):
        excuses.leave.setdefault(leave.student_id, []).append(leave)
    whole = limit("class_hours_of_a_day", day)
    for absence in noted_on(student_ids, day):
        if absence.kind is AbsenceKind.LEFT:
            excuses.left.add(absence.student_id)
        elif absence.kind is not AbsenceKind.UNEXCUSED and hours_noted([absence], day, until=day) >= whole:
            excuses.noted[absence.student_id] = absence
    return excuses


def leave_on(student_ids: Select[int], day: date) -> list[LeaveRequest]:
    """The approved leave of these students that touches the day."""
    found = select(LeaveRequest).where(
        LeaveRequest.student_id.in_(student_ids),
        LeaveRequest.status.in_(COVERING),
        LeaveRequest.starts_on <= day,
        LeaveRequest.ends_on >= day,
    )
    return list(db.session.scalars(found.order_by(LeaveRequest.starts_on, LeaveRequest.id)))
