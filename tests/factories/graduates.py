"""What the graduation audit asks of a class: courses with published marks, and conduct term by term."""

from decimal import Decimal

from exchange.coursework.models import SheetStatus
from exchange.programmes.models import CourseKind
from exchange.students import history
from exchange.students.models import StudentStatus
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.programmes import CourseFactory

COURSES = (
    ("语文", CourseKind.BASIC, 1),
    ("前厅服务", CourseKind.MAJOR, 5),
    ("岗位实习", CourseKind.POST_INTERNSHIP, 6),
)
PASSED = Decimal(80)


def study(school_class, students, terms, *, marks=None):
    """Three courses in these six terms, passed by all students but for ``marks``: student → {course: score or None}."""
    for name, kind, number in COURSES:
        course = CourseFactory(programme=school_class.programme, name=name, kind=kind, term_of_study=number)
        sheet = MarkSheetFactory(
            course=course, school_class=school_class, term=terms[number - 1], status=SheetStatus.PUBLISHED
        )
        column = AssessmentFactory(sheet=sheet)
        for student in students:
            score = (marks or {}).get(student, {}).get(name, PASSED)
            if score is not None:
                MarkFactory(assessment=column, student=student, score=score)


def behave(students, terms):
    """Conduct is assessed in every term at whose end the student was here, not on leave and not gone."""
    for student in students:
        for term in terms:
            state = history.state_on(student, term.ends_on)
            if state and state.status is StudentStatus.REGISTERED:
                ConductAssessmentFactory(student=student, term=term)
