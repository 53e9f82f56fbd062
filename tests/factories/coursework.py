"""Mark sheets with their assessments, and marks."""

from decimal import Decimal

import factory

from exchange.coursework.models import Assessment, Mark, MarkSheet
from tests.factories.accounts import SubjectTeacherFactory
from tests.factories.base import Factory
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory


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
