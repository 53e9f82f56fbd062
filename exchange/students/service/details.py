"""What a registrar changes directly: how to reach the student, and from where the student comes; never identity."""

from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record, record_all
from exchange.core.database import db, lock
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.reference.areas import area_in
from exchange.students.events import StudentEvent
from exchange.students.models import Student
from exchange.students.service.guardians import checked_phone

DETAILS = ("phone", "address", "native_name", "county_of_origin", "home_school", "host_school", "registry_school")
"""Status and class change by order, identity by a correction with proof."""


class UnknownArea(DomainError):
    """A code that no county bears."""


def change_details(student: Student, *, by: User | None, **values: Any) -> None:
    """Set some of ``DETAILS``. Raises ``InvalidContact`` and ``UnknownArea``."""
    lock(student)
    if refused := values.keys() - set(DETAILS):
        raise TypeError(f"not to be changed here: {sorted(refused)}")
    if "phone" in values:
        values["phone"] = checked_phone(values["phone"])
    if "address" in values:
        values["address"] = (values["address"] or "").strip() or None
    code = values.get("county_of_origin")
    if code and code != student.county_of_origin and area_in(code, student.enrolled_on.year) is None:
        raise UnknownArea(_("没有代码为 %(code)s 的县。", code=code))
    changes: dict[str, Any] = {
        name: [getattr(student, name), new] for name, new in values.items() if getattr(student, name) != new
    }
    if not changes:
        return
    for name, (_old, new) in changes.items():
        setattr(student, name, new)
    record(StudentEvent.CHANGED, student, by=by, **changes)


def note_look(student_id: int, user_id: int) -> None:
    """That somebody of the school opened the record; students and guardians can read how often, by role."""
    record_all(StudentEvent.OPENED, Student, [(student_id, {})], by=db.session.get(User, user_id))
