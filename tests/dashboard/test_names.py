"""A row of the home names somebody where it is about few: one click less to see what it is about."""

from datetime import date

import pytest
import time_machine

from exchange.attendance.models import LeaveStatus
from exchange.core.counting import FEW, naming_few
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.attendance import LeaveRequestFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import CorrectionFactory, StudentFactory
from tests.factories.welfare import ContactNoteFactory, SeatFactory


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher(db):
    return HomeroomTeacherFactory()


@pytest.fixture
def school_class(teacher):
    return SchoolClassFactory(homeroom_teacher=teacher)


@pytest.mark.parametrize(
    ("first", "count", "words"),
    [
        ("岩旺", 1, "岩旺 · 打电话"),
        ("岩旺", 2, "岩旺等 2 人 · 打电话"),
        ("岩旺", FEW, f"岩旺等 {FEW} 人 · 打电话"),
        ("岩旺", FEW + 1, "打电话"),
        (None, 1, "打电话"),
    ],
)
def test_few_are_named_and_many_counted(app, first, count, words):
    with app.test_request_context():
        assert naming_few(first, count, "打电话") == words


def test_correction_that_waits_longest_is_named(sign_in):
    for name in ("岩旺", "安雨"):
        CorrectionFactory(student=StudentFactory(name=name, phone="13800000001"))

    assert "岩旺等 2 人 · 学生或监护人在等答复" in sign_in(RegistrarFactory()).get("/")


def test_arrival_to_confirm_is_named(sign_in):
    with time_machine.travel("2027-02-01 10:00:00+08:00", tick=False):
        SeatFactory(student__name="岩旺")

        assert "岩旺 · 打电话给监护人" in sign_in(RegistrarFactory()).get("/")


def test_newcomer_who_is_late_is_named(sign_in):
    ApplicantFactory(name="刀玉兰", admitted=True, arrival_group=ArrivalGroupFactory(arrives_on=date(2026, 11, 24)))

    assert "刀玉兰 · 打电话问清楚" in sign_in(RegistrarFactory()).get("/")


def test_homeroom_teacher_reads_names_of_the_own_class(sign_in, teacher, school_class):
    TermFactory()
    LeaveRequestFactory(student=StudentFactory(name="岩旺", school_class=school_class), status=LeaveStatus.PENDING)
    StudentFactory(name="不是我班的")

    page = sign_in(teacher).get("/")

    assert "岩旺 · 监护人已经同意" in page
    assert "岩旺 · 打个电话，记下说了什么" in page
    assert "岩旺 · 第一个月已经过了" in page
    assert "不是我班的" not in page


def test_many_are_only_counted(sign_in, teacher, school_class):
    StudentFactory.create_batch(FEW + 1, name="岩旺", school_class=school_class)

    page = sign_in(teacher).get("/")

    assert f"{FEW + 1} 名学生的家里 30 天没有联系了" in page
    assert "岩旺" not in page


def test_whom_somebody_has_called_is_not_named(sign_in, teacher, school_class):
    called, _silent = (StudentFactory(name=name, school_class=school_class) for name in ("岩旺", "安雨"))
    ContactNoteFactory(student=called, held_on=date(2026, 11, 20))

    assert "安雨 · 打个电话" in sign_in(teacher).get("/")
