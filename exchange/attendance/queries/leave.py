"""Reading requests for leave: those that wait, those of one student, those in the way of a new one."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.accounts.models import User
from exchange.attendance.models import STANDING, WAITING, LeaveRequest
from exchange.attendance.spans import Span
from exchange.core.database import db
from exchange.students.models import Student


def with_people() -> tuple[ORMOption, ...]:
    """Load the student with class, and who asked and decided along."""
    people = (LeaveRequest.asked_by, LeaveRequest.agreed_by, LeaveRequest.decided_by)
    return (
        joinedload(LeaveRequest.student).joinedload(Student.school_class),
        *(joinedload(each).options(lazyload(User.assignments)) for each in people),
    )


def listed(scope: Select[LeaveRequest], *, show: str = "") -> Select[LeaveRequest]:
    """What waits first, then the newest; to be paged."""
    if show != "all":
        scope = scope.where(LeaveRequest.status.in_(WAITING))
    waits = case((LeaveRequest.status.in_(WAITING), 0), else_=1)
    return scope.options(*with_people()).order_by(waits, LeaveRequest.starts_on.desc(), LeaveRequest.id.desc())


def leave_of(student_ids: Collection[int]) -> Sequence[LeaveRequest]:
    """All requests of these students, the newest first."""
    found = select(LeaveRequest).where(LeaveRequest.student_id.in_(student_ids)).options(*with_people())
    return db.session.scalars(found.order_by(LeaveRequest.starts_on.desc(), LeaveRequest.id.desc())).all()


def in_the_way(student: Student, span: Span) -> LeaveRequest | None:
    """A request that stands and has a lesson in common with these days."""
    found = select(LeaveRequest).where(
        LeaveRequest.student_id == student.id,
        LeaveRequest.status.in_(STANDING),
        LeaveRequest.starts_on <= span.ends_on,
        LeaveRequest.ends_on >= span.starts_on,
    )
    return next((each for each in db.session.scalars(found) if each.span.overlaps(span)), None)
