"""Courses that students have not passed, for many students at once."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from exchange.core.database import db
from exchange.coursework.grading import Part, ResultState, weigh
from exchange.coursework.models import Assessment, Mark, MarkSheet, SheetStatus
from exchange.programmes.models import Course, Term
from exchange.students.models import Student


def failed_courses(students: Collection[Student], *, school_year: int) -> dict[int, list[str]]:
    """Student → names of the courses of the school year whose published result is below the pass mark."""
    rows = (
        select(
            Mark.student_id,
            MarkSheet.id,
            Course.name,
            Course.pass_score,
            Assessment.weight,
            Assessment.maximum,
            Mark.score,
            Mark.special,
        )
        .join(Assessment, Assessment.id == Mark.assessment_id)
        .join(MarkSheet, MarkSheet.id == Assessment.sheet_id)
        .join(Course, Course.id == MarkSheet.course_id)
        .join(Term, Term.id == MarkSheet.term_id)
        .where(
            Mark.student_id.in_([student.id for student in students]),
            MarkSheet.status == SheetStatus.PUBLISHED,
            Term.school_year == school_year,
        )
        .order_by(Mark.student_id, Course.code, MarkSheet.id, Assessment.position)
    )
    parts: dict[tuple[int, int, str, int], list[Part]] = defaultdict(list)
    for student_id, sheet_id, name, pass_score, weight, maximum, score, special in db.session.execute(rows):
        parts[student_id, sheet_id, name, pass_score].append(Part(weight, maximum, score, special))
    failed: dict[int, list[str]] = defaultdict(list)
    for (student_id, _sheet, name, pass_score), marks in parts.items():
        result = weigh(marks)
        if result.state is ResultState.FINAL and not result.has_passed(pass_score):
            failed[student_id].append(name)
    return dict(failed)
