"""Whole classes with an empty mark sheet, for stories and measurements.

``python -m tests.factories.mark_classes STUDENTS ASSESSMENTS SHEETS [USERNAME]`` builds them in the installation that
the environment names, for that teacher or each for a teacher of its own, and prints what was built as JSON.
"""

import json
import sys

from exchange import create_app
from exchange.accounts.models import User
from exchange.core.database import db
from exchange.coursework import queries
from exchange.coursework.models import MarkSheet
from exchange.coursework.service import open_sheet
from tests.factories.accounts import PASSWORD, SubjectTeacherFactory
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

FULL_WEIGHT = 100


def sheet_of_class(teacher: User, *, students: int, assessments: int) -> MarkSheet:
    """A class of so many, given a course with so many assessments; opened as a teacher opens it."""
    school_class = SchoolClassFactory()
    StudentFactory.create_batch(students, school_class=school_class)
    each, rest = divmod(FULL_WEIGHT, assessments)
    columns = [(f"考核{number + 1}", each + (number < rest), 100) for number in range(assessments)]
    course = CourseFactory(programme=school_class.programme, name=f"测量{school_class.id}")
    return open_sheet(
        course=course, school_class=school_class, term=TermFactory(), teacher=teacher, assessments=columns, by=teacher
    )


def described(sheet: MarkSheet) -> dict[str, object]:
    """What somebody from outside needs to fill the sheet."""
    return {
        "sheet": sheet.id,
        "teacher": sheet.teacher.username,
        "password": PASSWORD,
        "students": [student.id for student in queries.students_on(sheet)],
        "names": [student.name for student in queries.students_on(sheet)],
        "assessments": [assessment.id for assessment in queries.assessments_of(sheet)],
    }


def main(students: int, assessments: int, sheets: int, username: str | None = None) -> None:
    with create_app().app_context():
        found = db.session.query(User).filter_by(username=username).one() if username else None
        teachers = [found or SubjectTeacherFactory(username=f"teacher{number}") for number in range(sheets)]
        built = [sheet_of_class(teacher, students=students, assessments=assessments) for teacher in teachers]
        db.session.commit()
        print(json.dumps([described(sheet) for sheet in built]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), *sys.argv[4:5])
