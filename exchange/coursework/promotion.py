"""What marks say against moving up a year."""

from collections.abc import Collection
from datetime import date

from exchange.core.rules import Message
from exchange.coursework.queries.failures import failed_courses
from exchange.orders.obstacles import stands_against_promotion
from exchange.students.models import Student

FIRST_MONTH = 9  # of a school year; an order of September still looks at the year that has ended


@stands_against_promotion
def failed_courses_stand_against(students: Collection[Student], day: date) -> dict[int, list[Message]]:
    """The courses of the school year that were not passed; who repairs one by make-up is not in it any more."""
    school_year = day.year - (day.month <= FIRST_MONTH)
    return {
        student_id: [Message(f"不及格：{'、'.join(names)}", f"Failed: {', '.join(names)}")]
        for student_id, names in failed_courses(students, school_year=school_year).items()
    }
