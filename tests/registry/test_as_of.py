"""The board of the registry as of a day gone by: roll, sent and confirmed; never a completeness nobody has kept."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.registry.queries import past
from exchange.registry.service import states
from exchange.students.history import Span, State
from exchange.students.models import StudentStatus
from exchange.students.service import set_history
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.registry import compared, complete_student, row_of, sent

NOW = "2026-11-25 10:00+08:00"


@pytest.fixture
def registrar(db):
    return RegistrarFactory()


@pytest.fixture
def student(registrar):
    """Entered on 1 September, sent on 8 October, confirmed on 20 October, withdrawn on 10 November."""
    with time_machine.travel("2026-10-08 10:00+08:00", tick=False):
        student = complete_student(enrolled_on=date(2026, 9, 1))
        sent(student, by=registrar, on=date(2026, 10, 8))
    with time_machine.travel("2026-10-20 10:00+08:00", tick=False):
        compared(row_of(student) | {"学籍号": f"G{student.resident_id}"}, by=registrar)
    with time_machine.travel(NOW, tick=False):
        registered = State(StudentStatus.REGISTERED, student.school_class_id)
        gone = State(StudentStatus.WITHDRAWN, student.school_class_id)
        set_history(student, [Span(date(2026, 9, 1), registered), Span(date(2026, 11, 10), gone)])
        database.session.commit()
    return student


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), (1, 0, 0)),
        (date(2026, 10, 7), (1, 0, 0)),
        (date(2026, 10, 8), (1, 1, 0)),
        (date(2026, 10, 19), (1, 1, 0)),
        (date(2026, 10, 20), (1, 1, 1)),
        (date(2026, 11, 9), (1, 1, 1)),
        (date(2026, 11, 10), None),
    ],
)
def test_batch_is_that_of_the_day(student, registrar, day, numbers):
    found = past.batches_on(registrar, day)

    assert [(row.batch.key, row.total.students, row.total.sent, row.total.confirmed) for row in found] == (
        [("2026-autumn", *numbers)] if numbers else []
    )
    assert [[*row.classes] for row in found] == ([[student.school_class.name]] if numbers else [])


def test_teacher_sees_the_own_class_only(student):
    teacher = HomeroomTeacherFactory()
    assert past.batches_on(teacher, date(2026, 10, 8)) == []
    student.school_class.homeroom_teacher = teacher
    database.session.commit()

    (row,) = past.batches_on(teacher, date(2026, 10, 8))

    assert row.total.students == 1


def test_page_says_what_nobody_has_kept(sign_in, student, registrar):
    with time_machine.travel(NOW, tick=False):
        states.check_all()
        database.session.commit()
        browser = sign_in(registrar)
        page = browser.get("/registry?as_of=2026-10-08")
        assert "还没有检查过" in browser.get("/registry")

    assert "这是截至 2026年10月8日" in page
    assert "没有留底" in page
    assert "还有 43 天" not in page
    assert "不完整</th>" not in page


def test_deadline_is_counted_from_the_day(sign_in, student, registrar):
    with time_machine.travel(NOW, tick=False):
        browser = sign_in(registrar)

        assert "还有 44 天" in browser.get("/registry?as_of=2026-10-07")
        assert "都已报送" in browser.get("/registry?as_of=2026-10-08")


def test_day_that_is_none_gets_one_sentence(sign_in, registrar):
    with time_machine.travel(NOW, tick=False):
        page = sign_in(registrar).get("/registry?as_of=2026-13-01")

    assert page.count("不是能查的日期") == 1
