"""What stands in a student's history of the life at school: words and days, never a code."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.welfare import service
from exchange.welfare.models import AbsenceKind, ContactKind
from exchange.welfare.wording import tell
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import DormitoryRoomFactory


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "unexcused", "days": ["2026-11-02", "2026-11-03"], "hours": 6},
         "旷课 · 2026年11月2日 – 2026年11月3日 · 6 课时"),
        ({"kind": "sick", "days": ["2026-11-02", "2026-11-02"], "hours": 6}, "病假 · 2026年11月2日 · 6 课时"),
        ({"kind": "left", "days": ["2026-11-02", None], "hours": 0}, "擅自离校 · 2026年11月2日起"),
        ({"last_day": "2026-11-09"}, "2026年11月9日"),
        ({"kind": "personal", "starts_on": "2026-11-02"}, "事假 · 2026年11月2日"),
        ({"kind": "visit", "held_on": "2026-11-02"}, "家访 · 2026年11月2日"),
        ({"bed": [None, "1号楼 203-2"]}, "1号楼 203-2"),
        ({"bed": ["1号楼 203-2", "1号楼 204-1"]}, "1号楼 203-2 → 1号楼 204-1"),
        ({"bed": "1号楼 203-2", "status": "06"}, "1号楼 203-2 · 流失"),
        ({"trip": "2027年寒假", "leg": "home", "group": "芒市组"}, "2027年寒假 · 芒市组 · 返乡"),
        ({"trip": "2027年寒假", "place": "学校"}, "2027年寒假 · 学校"),
        ({"trip": "2027年寒假", "leg": "back", "arrived_at": "2027-02-20T10:30:00+00:00"},
         "2027年寒假 · 返校 · 2027年2月20日 18:30"),
        ({"occasion": "2027年寒假家访", "visited_on": "2027-01-30"}, "2027年寒假家访 · 2027年1月30日"),
        ({"kind": "some_code_of_before"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_line_is_told_in_words(app, changes, words):
    with app.test_request_context():
        assert tell("", changes) == words


def noted(student):
    service.note_absence(student, kind=AbsenceKind.SICK, starts_on=date(2026, 11, 2), hours=6, by=None)
    service.note_contact(
        student, kind=ContactKind.CALL, held_on=date(2026, 11, 3), with_whom="母亲", agreed="多休息", by=None
    )
    service.assign_bed(student, DormitoryRoomFactory(), by=None)
    database.session.commit()
    return student


def test_page_of_the_student_tells_them(sign_in):
    TermFactory()
    student = noted(StudentFactory())

    page = sign_in(RegistrarFactory()).get(f"/students/{student.id}")

    assert "病假 · 2026年11月2日 · 6 课时" in page
    assert "电话 · 2026年11月3日" in page
    assert "sick" not in page


def test_who_may_not_see_the_life_of_students_reads_no_reason_of_an_absence(sign_in):
    TermFactory()
    student = noted(StudentFactory())

    page = sign_in(SubjectTeacherFactory()).get(f"/students/{student.id}")

    assert "记缺勤" in page
    assert "病假" not in page
