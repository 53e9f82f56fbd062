"""What absences say against moving up a year."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.i18n import _
from exchange.core.rules import Message
from exchange.orders.facts import ending_school_year
from exchange.orders.obstacles import Cause, Obstacle, Place, stands_against_promotion
from exchange.programmes.queries import terms_of
from exchange.students.models import Student
from exchange.welfare.queries.absences import missed_by_student
from exchange.welfare.rules.limits import limit


@stands_against_promotion
def unexcused_hours_stand_against(students: Collection[Student], day: date) -> dict[int, Obstacle]:
    """Who missed so many class hours without leave in a term of the school year that the school has to decide."""
    asked = select(Student.id).where(Student.id.in_([student.id for student in students]))
    found: dict[int, Obstacle] = {}
    for term in terms_of(ending_school_year(day), by=day):
        last = min(term.ends_on, day)
        candidate = limit("unexcused_hours_candidate", last)
        for student_id, missed in missed_by_student(asked, term.starts_on, last).items():
            hours = sum(each.hours for each in missed if term.starts_on <= each.day <= last)
            if hours >= candidate:
                found[student_id] = _obstacle(student_id, term.label, hours, candidate)
    return found


def _obstacle(student_id: int, term: str, hours: int, candidate: int) -> Obstacle:
    message = _("%(term)s旷课 %(hours)s 课时，达到 %(limit)s 课时", term=term, hours=hours, limit=candidate)
    place = Place(_("看缺勤"), "welfare.of_student", {"student_id": student_id}, Permission.WELFARE_VIEW)
    return Obstacle(Cause.HOURS, Message.of(message), place)
