"""Courses that students have not passed, for many students at once."""

from collections.abc import Collection

from sqlalchemy import select

from exchange.coursework.models import MarkSheet
from exchange.coursework.queries.outcomes import outcomes_of, published
from exchange.programmes.models import Term
from exchange.students.models import Student


def failed_courses(students: Collection[Student], *, school_year: int) -> dict[int, list[str]]:
    """Student → names of the courses of the school year that no published result and no later attempt has passed."""
    taught = select(Term.id).where(Term.school_year == school_year)
    outcomes = outcomes_of(
        [student.id for student in students], sheets=published().where(MarkSheet.term_id.in_(taught))
    )
    failed = {
        student: [each.course.name for each in courses if each.outcome.is_failed]
        for student, courses in outcomes.items()
    }
    return {student: names for student, names in failed.items() if names}
