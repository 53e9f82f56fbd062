"""What term registration says against moving up a year."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.rules import Message
from exchange.enrolment import queries
from exchange.orders.facts import ending_school_year
from exchange.orders.obstacles import Cause, Obstacle, Place, stands_against_promotion
from exchange.programmes.queries import terms_of
from exchange.students.models import Student


@stands_against_promotion
def missing_registration_stands_against(students: Collection[Student], day: date) -> dict[int, Obstacle]:
    """Who was not registered for the last term of the school year; nothing where nobody was, since none is kept."""
    begun = terms_of(ending_school_year(day), by=day)
    if not begun or not queries.is_kept(begun[-1]):
        return {}
    term = begun[-1]
    asked = select(Student).where(Student.id.in_([student.id for student in students]))
    return {
        student.id: Obstacle(
            Cause.REGISTRATION,
            Message.of(_("没有注册%(term)s", term=term.label)),
            Place(
                _("去注册"),
                "enrolment.term_class",
                {"term_id": term.id, "class_id": student.school_class_id},
                Permission.ENROLMENT_TERM,
            ),
        )
        for student in db.session.scalars(queries.unregistered(asked, term))
    }
