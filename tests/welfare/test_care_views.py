"""The pages of early warning, absences and talks."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.welfare import service
from exchange.welfare.models import Absence, AbsenceKind, ContactNote
from tests.factories.accounts import HomeroomTeacherFactory, PrincipalFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory, ContactNoteFactory


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


@pytest.fixture
def teacher():
    return HomeroomTeacherFactory()


@pytest.fixture
def student(teacher):
    return StudentFactory(name="岩旺", school_class=SchoolClassFactory(homeroom_teacher=teacher))


def only(model):
    return database.session.query(model).one()


def test_absence_is_noted_in_three_taps(sign_in, teacher, student):
    """The button beside the name, the kind, save: everything else stands in the form already."""
    browser = sign_in(teacher)
    browser.get(f"/welfare/classes/{student.school_class_id}")
    browser.get(f"/welfare/students/{student.id}/absences/new")

    browser.post(
        f"/welfare/students/{student.id}/absences/new", kind="unexcused", starts_on="2026-11-25", ends_on="", hours="7"
    )

    absence = only(Absence)
    assert (absence.student, absence.hours, absence.ends_on) == (student, 7, date(2026, 11, 25))
    assert absence.noted_by == teacher


def test_form_stands_ready_for_a_whole_day_of_today(sign_in, teacher, student):
    page = sign_in(teacher).get(f"/welfare/students/{student.id}/absences/new")

    assert 'value="2026-11-25"' in page
    assert 'name="hours" required type="number" value="7"' in page


def test_refusal_is_shown_on_the_form(sign_in, teacher, student):
    AbsenceFactory(student=student, starts_on=date(2026, 11, 25))
    browser = sign_in(teacher)
    address = f"/welfare/students/{student.id}/absences/new"
    browser.get(address)

    page = browser.post(address, expect=422, kind="sick", starts_on="2026-11-25", hours="7")

    assert "一天只有 7 课时" in page


def test_board_says_who_must_do_what_under_which_article(sign_in, student):
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 2), ends_on=None, hours=0)
    ContactNoteFactory(student=student, held_on=date(2026, 11, 3))

    page = sign_in(RegistrarFactory()).get("/welfare")

    for words in ("岩旺", "连续 24 天不在校", "学籍管理员", "书面通知监护人", "22④", "未成年，不得勒令退学", "母亲"):
        assert words in page


def test_board_of_another_class_is_empty(sign_in, student):
    AbsenceFactory(student=student, starts_on=date(2026, 11, 25))

    assert "岩旺" not in sign_in(HomeroomTeacherFactory()).get("/welfare")


def test_return_and_withdrawal(sign_in, teacher, student):
    absence = AbsenceFactory(
        student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 23), ends_on=None, hours=0
    )
    browser = sign_in(teacher)
    browser.get(f"/welfare/absences/{absence.id}/return")
    browser.post(f"/welfare/absences/{absence.id}/return", last_day="2026-11-24")
    assert only(Absence).ends_on == date(2026, 11, 24)
    browser.get(f"/welfare/absences/{absence.id}/withdraw")
    browser.post(f"/welfare/absences/{absence.id}/withdraw", expect=422, reason="")

    browser.post(f"/welfare/absences/{absence.id}/withdraw", reason="看错了人")

    assert "已撤回：看错了人" in browser.get(f"/students/{student.id}/welfare")


def test_nobody_else_touches_absences_of_the_class(sign_in, student):
    absence = AbsenceFactory(student=student)
    stranger, principal = sign_in(HomeroomTeacherFactory()), sign_in(PrincipalFactory())

    for page in ("return", "withdraw"):
        stranger.get(f"/welfare/absences/{absence.id}/{page}", expect=404)
        principal.get(f"/welfare/absences/{absence.id}/{page}", expect=403)
    stranger.get(f"/welfare/students/{student.id}/absences/new", expect=404)


def test_talk_is_noted_and_open_to_three_kinds_of_people(sign_in, teacher, student):
    browser = sign_in(teacher)
    address = f"/welfare/students/{student.id}/contacts/new"
    browser.get(address)
    browser.post(address, kind="call", held_on="2026-11-25", with_whom="外婆", agreed="想家，月底视频", next_step="")
    shown = f"/students/{student.id}/welfare"

    assert only(ContactNote).agreed == "想家，月底视频"
    for user in (teacher, RegistrarFactory(), PrincipalFactory()):
        assert "想家，月底视频" in sign_in(user).get(shown)
    sign_in(HomeroomTeacherFactory()).get(shown, expect=404)
    sign_in(SubjectTeacherFactory()).get(shown, expect=403)


def test_class_list_marks_families_that_were_not_called(sign_in, teacher, student):
    browser = sign_in(teacher)
    address = f"/welfare/classes/{student.school_class_id}"
    assert "还没有联系过家里" in browser.get(address)
    ContactNoteFactory(student=student, held_on=date(2026, 10, 1))
    assert "55 天没有联系家里" in browser.get(address)

    ContactNoteFactory(student=student, held_on=date(2026, 11, 1))

    assert "2026年11月1日 联系过家里" in browser.get(address)


def test_one_class_is_opened_at_once(sign_in, teacher, student):
    browser = sign_in(teacher)

    browser.get("/welfare/classes", expect=302)

    assert browser.response.location == f"/welfare/classes/{student.school_class_id}"


def test_home_tells_the_teacher_and_the_registrar(sign_in, teacher, student):
    absence = AbsenceFactory(
        student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 24), ends_on=None, hours=0
    )
    home = sign_in(teacher).get("/")
    assert "班里 1 名学生要联系" in home
    assert "1 名学生的家里 30 天没有联系了" in home
    assert "流失预警" not in sign_in(RegistrarFactory()).get("/")
    absence.starts_on = date(2026, 11, 2)
    service.count_candidates()
    database.session.commit()

    assert "1 名学生等学籍管理员处理" in sign_in(RegistrarFactory()).get("/")
