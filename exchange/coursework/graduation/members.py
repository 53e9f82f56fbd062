"""Whom the audit looks at, and what was noted for somebody."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.coursework.graduation.models import GraduationNote
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student
from exchange.students.queries import on_roll_in


def on_roll(school_class: SchoolClass) -> list[Student]:
    """The students of the class who are on the roll, by name, with their programme."""
    rows = on_roll_in(school_class.id).options(joinedload(Student.school_class).joinedload(SchoolClass.programme))
    return list(db.session.scalars(rows).unique())


def note_of(student: Student) -> GraduationNote | None:
    """What was noted; none where nothing was."""
    return db.session.scalar(select(GraduationNote).where(GraduationNote.student_id == student.id))
