from datetime import date
from decimal import Decimal

import pytest

from exchange.certificates.documents import compose_paper
from exchange.certificates.models import CertificateKind
from exchange.coursework.models import SheetStatus, Special
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.usefixtures("db")


def marks_on_paper(*marks):
    student = StudentFactory()
    for mark in marks:
        sheet = MarkSheetFactory(school_class=student.school_class, status=SheetStatus.PUBLISHED)
        MarkFactory(assessment=AssessmentFactory(sheet=sheet), student=student, **mark)
    paper = compose_paper(CertificateKind.TRANSCRIPT, student, {}, issued_on=date(2026, 6, 30), officer=None)
    return [row["mark"] for term in paper.terms for row in term["rows"]]


def test_transcript_prints_every_figure_with_one_decimal_so_that_the_column_lines_up():
    marks = marks_on_paper({"score": Decimal("67.9")}, {"score": Decimal(90)}, {"score": Decimal(100)})

    assert marks == ["67.9", "90.0", "100.0"]


def test_transcript_prints_what_stands_in_the_place_of_a_figure():
    assert marks_on_paper({"score": None, "special": Special.DEFERRED}) == ["缓"]
