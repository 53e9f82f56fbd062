"""Mark sheets with their assessments, marks, and later attempts."""

from datetime import date
from decimal import Decimal

import factory

from exchange.coursework.models import (
    Assessment,
    Attempt,
    AttemptKind,
    CreditSource,
    Mark,
    MarkSheet,
    Recognition,
    SheetStatus,
)
from tests.factories.accounts import SubjectTeacherFactory
from tests.factories.base import Factory
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory


class MarkSheetFactory(Factory):
    """A course given to a class; assessments are added with ``AssessmentFactory``."""

    class Meta:
        model = MarkSheet

    school_class = factory.SubFactory(SchoolClassFactory)
    course = factory.SubFactory(CourseFactory, programme=factory.SelfAttribute("..school_class.programme"))
    term = factory.SubFactory(TermFactory)
    teacher = factory.SubFactory(SubjectTeacherFactory)


class AssessmentFactory(Factory):
    class Meta:
        model = Assessment

    sheet = factory.SubFactory(MarkSheetFactory)
    name = factory.Sequence(lambda n: f"考核{n}")
    weight = 100
    maximum = 100
    position = factory.Sequence(lambda n: n)


class MarkFactory(Factory):
    class Meta:
        model = Mark

    assessment = factory.SubFactory(AssessmentFactory)
    score = Decimal(80)


class RecognitionFactory(Factory):
    """One decision on courses of a partner school."""

    class Meta:
        model = Recognition

    school_class = factory.SubFactory(SchoolClassFactory)
    school_name = "芒市职业教育中心"
    taken_on = date(2026, 6, 20)
    reason = "两地协议"


class AttemptFactory(Factory):
    """A make-up that was passed, of a published sheet of the student's class."""

    class Meta:
        model = Attempt

    student = factory.SubFactory(StudentFactory)
    sheet = factory.SubFactory(
        MarkSheetFactory,
        school_class=factory.SelfAttribute("..student.school_class"),
        status=SheetStatus.PUBLISHED,
    )
    course = factory.SelfAttribute("sheet.course")
    kind = AttemptKind.MAKEUP
    taken_on = date(2026, 9, 14)
    score = Decimal(75)


def recognised(student, course, **values):
    """A course taken at a partner school."""
    usual = {"taken_on": date(2026, 6, 20), "reason": "两地协议", "school_name": "芒市职业教育中心"}
    source = {"kind": AttemptKind.RECOGNISED, "credit_source": CreditSource.PARTNER_SCHOOL, "sheet": None}
    return AttemptFactory(student=student, course=course, **{**usual, **source, **values})


def first_sitting(student, score=None, special=None, **sheet):
    """A course with one assessment on a published sheet, in which the student has the mark."""
    values = {"school_class": student.school_class, "status": SheetStatus.PUBLISHED, **sheet}
    column = AssessmentFactory(sheet=MarkSheetFactory(**values))
    return MarkFactory(assessment=column, student=student, score=score and Decimal(score), special=special)
