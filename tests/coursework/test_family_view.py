"""What a student and a guardian read about marks: first of all whether each course is passed."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.core.database import db as database
from exchange.coursework.models import AttemptKind, Scale, SheetStatus, Special
from tests.factories.accounts import GuardianUserFactory, RegistrarFactory, StudentUserFactory
from tests.factories.coursework import AttemptFactory, first_sitting
from tests.factories.programmes import TermFactory
from tests.factories.students import GuardianshipFactory, StudentFactory


@pytest.fixture
def student(db):
    return StudentFactory(name="岩温罕", user=StudentUserFactory())


@pytest.fixture
def read(sign_in, student):
    """read(user): the words of the page, blanks left out."""

    def words(user=None, **query):
        database.session.commit()
        browser = sign_in(user or student.user)
        browser.get(f"/coursework/transcripts/{student.id}?{'&'.join('='.join(each) for each in query.items())}")
        return " ".join(browser.page.text.split())

    return words


def test_all_passed_is_said_in_one_sentence(student, read):
    first_sitting(student, "83.9")
    first_sitting(student, "67.3")

    page = read()

    assert "2 门课有成绩，全部及格。" in page
    assert "83.9 · 良好 及格" in page
    assert "67.3 及格" in page
    assert "还没有及格的课" not in page


def test_failed_course_comes_first_with_what_to_do(student, read):
    first_sitting(student, "83.9")
    first_sitting(student, "45", course__name="礼仪")

    page = read()

    assert "1 门课不及格，1 门课及格。" in page
    assert page.index("还没有及格的课") < page.index("礼仪 45 不及格 要补考。时间听班主任通知。") < page.index("83.9")


@pytest.mark.parametrize(
    ("special", "sittings", "said"),
    [
        (None, 2, "45 不及格 要重修，就是再学一遍。时间听班主任通知。"),
        (Special.DEFERRED, 0, "等待缓考 还没有结果 要缓考。时间听班主任通知。"),
        (Special.EXEMPT, 0, "免修 及格"),
    ],
)
def test_next_step_is_said_in_plain_words(student, read, special, sittings, said):
    sheet = first_sitting(student, None if special else "45", special=special).assessment.sheet
    for number in range(sittings):
        AttemptFactory(student=student, sheet=sheet, score=Decimal(30), taken_on=date(2027, 3, 1 + number))

    assert said in read()


def test_make_up_that_was_passed_is_passed(student, read):
    sheet = first_sitting(student, "45").assessment.sheet
    AttemptFactory(student=student, sheet=sheet, kind=AttemptKind.MAKEUP, score=Decimal(80))

    page = read()

    assert "1 门课有成绩，全部及格。" in page
    assert "60 · 补考 及格" in page


@pytest.mark.parametrize(
    ("scale", "score", "said"),
    [(Scale.LEVELS, "85", "良好 及格"), (Scale.LEVELS, "30", "不及格 要补考"), (Scale.PASS_FAIL, "80", "合格 及格")],
)
def test_levels_are_said_as_words(student, read, scale, score, said):
    first_sitting(student, score, scale=scale)

    assert said in read()


def test_newest_term_comes_first(student, read):
    first_sitting(student, "70", term=TermFactory(school_year=2025, number=2, starts_on=date(2026, 2, 23)))
    first_sitting(student, "71", term=TermFactory())

    page = read()

    assert page.index("2026–2027学年第一学期") < page.index("2025–2026学年第二学期")


def test_nothing_is_shown_before_it_is_published(student, read):
    first_sitting(student, "45", status=SheetStatus.CONFIRMED)

    assert "还没有公布的成绩" in read()


def test_guardian_reads_the_same_in_english(student, read):
    guardian = GuardianshipFactory(student=student, guardian__user=GuardianUserFactory()).guardian.user
    first_sitting(student, "45")

    page = read(guardian, lang="en")

    assert "Courses failed: 1. Courses passed: 0." in page
    assert "A make-up exam is due." in page


def test_staff_keep_the_whole_table(student, read):
    first_sitting(student, "45")

    assert "学时合计" in read(RegistrarFactory())
