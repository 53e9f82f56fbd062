"""What marks say against moving up a year."""

from collections.abc import Collection
from datetime import date

from exchange.accounts.roles import Permission
from exchange.core.i18n import _
from exchange.core.rules import Message
from exchange.coursework.queries.failures import failed_courses
from exchange.orders.facts import ending_school_year
from exchange.orders.obstacles import Cause, Obstacle, Place, stands_against_promotion
from exchange.students.models import Student


@stands_against_promotion
def failed_courses_stand_against(students: Collection[Student], day: date) -> dict[int, Obstacle]:
    """The courses of the school year that were not passed; who repairs one by make-up is not in it any more."""
    return {
        student_id: Obstacle(
            Cause.COURSES,
            Message(f"不及格：{'、'.join(names)}", f"Failed: {', '.join(names)}"),
            Place(_("看成绩"), "coursework.transcript", {"student_id": student_id}, Permission.COURSEWORK_VIEW),
        )
        for student_id, names in failed_courses(students, school_year=ending_school_year(day)).items()
    }
