"""Assessments of conduct."""

import factory

from exchange.conduct.models import ConductAssessment, Grade
from tests.factories.base import Factory
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory


class ConductAssessmentFactory(Factory):
    """Assessed, not released."""

    class Meta:
        model = ConductAssessment

    student = factory.SubFactory(StudentFactory)
    term = factory.SubFactory(TermFactory)
    grade = Grade.GOOD
    comment = "守纪律，上课认真。"
