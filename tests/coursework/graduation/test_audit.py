"""The audit of stored records, against a table worked out by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.conduct.models import ConductAssessment, Grade
from exchange.core.database import db as database
from exchange.coursework import service
from exchange.coursework.graduation.audit import audit
from exchange.coursework.graduation.members import on_roll
from exchange.coursework.graduation.models import GraduationNote
from exchange.coursework.models import SheetStatus, Special
from exchange.placements.models import PlacementStatus
from exchange.programmes.models import CourseKind
from exchange.students import service as students
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

JUNE = date(2027, 6, 1)
TERMS = {  # three years of the class of 2024
    (2024, 1): (date(2024, 9, 1), date(2025, 1, 17)),
    (2024, 2): (date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1): (date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2): (date(2026, 3, 2), date(2026, 7, 10)),
    (2026, 1): (date(2026, 9, 1), date(2027, 1, 22)),
    (2026, 2): (date(2027, 2, 22), date(2027, 7, 9)),
}
COURSES = (
    ("语文", CourseKind.BASIC, 1),
    ("前厅服务", CourseKind.MAJOR, 3),
    ("岗位实习", CourseKind.POST_INTERNSHIP, 6),
)
WORKED = {
    # name: marks in the three courses, terms without assessment, terms failed, what is missing
    "全部合格": ((80, 90, 85), (), (), []),
    "一门不及格": ((59, 90, 85), (), (), ["语文：不及格（59），补考 0 次"]),
    "刚好及格": ((60, 60, 60), (), (), []),
    "缺考": (("absent", 90, 85), (), (), ["语文：不及格（0），补考 0 次"]),
    "缓考": (("deferred", 90, 85), (), (), ["语文：等待缓考"]),
    "免修": (("exempt", 90, 85), (), (), []),
    "没有成绩": ((None, 90, 85), (), (), ["语文：还没有公布的成绩"]),
    "没有实习": ((80, 90, None), (), (), ["没有岗位实习"]),
    "操行没评": ((80, 90, 85), ((2025, 2),), (), ["2025–2026学年第二学期没有操行评定"]),
    "操行不合格": ((80, 90, 85), (), ((2026, 1),), ["2026–2027学年第一学期操行不合格"]),
    "样样都缺": (
        (40, None, None),
        ((2024, 1),),
        (),
        [
            "2024–2025学年第一学期没有操行评定",
            "语文：不及格（40），补考 0 次",
            "前厅服务：还没有公布的成绩",
            "没有岗位实习",
        ],
    ),
}


@pytest.fixture
def school_class(db):
    programme = ProgrammeFactory(intake_year=2024)
    return SchoolClassFactory(
        name="2024级云南班", intake_year=2024, programme=programme, homeroom_teacher=HomeroomTeacherFactory()
    )


@pytest.fixture
def told(school_class):
    """Three years of the class, as the table has them."""
    terms = {
        (year, number): TermFactory(school_year=year, number=number, starts_on=days[0], ends_on=days[1])
        for (year, number), days in TERMS.items()
    }
    students = {
        name: StudentFactory(name=name, school_class=school_class, enrolled_on=date(2024, 9, 1)) for name in WORKED
    }
    for place, (course_name, kind, term_of_study) in enumerate(COURSES):
        course = CourseFactory(
            programme=school_class.programme,
            name=course_name,
            kind=kind,
            term_of_study=term_of_study,
            credits=Decimal(4),
        )
        term = terms[2024 + (term_of_study - 1) // 2, 2 - term_of_study % 2]
        sheet = MarkSheetFactory(course=course, school_class=school_class, term=term, status=SheetStatus.PUBLISHED)
        column = AssessmentFactory(sheet=sheet, weight=100)
        for name, (marks, *_rest) in WORKED.items():
            _mark(column, students[name], marks[place])
    for name, (_marks, open_terms, failed, _missing) in WORKED.items():
        for key, term in terms.items():
            if term.ends_on < JUNE and key not in open_terms:
                grade = Grade.FAIL if key in failed else Grade.GOOD
                ConductAssessmentFactory(student=students[name], term=term, grade=grade)
    return students


def _mark(column, student, mark):
    if isinstance(mark, str):
        MarkFactory(assessment=column, student=student, score=None, special=Special(mark))
    elif mark is not None:
        MarkFactory(assessment=column, student=student, score=Decimal(mark))


def test_verdict_and_every_missing_item_agree_with_the_table(told):
    found = {each.student.name: each for each in audit(list(told.values()), day=JUNE)}

    assert {name: [message.zh for message in each.missing] for name, each in found.items()} == {
        name: missing for name, (_marks, _open, _failed, missing) in WORKED.items()
    }
    assert {name: each.eligible for name, each in found.items()} == {
        name: not missing for name, (*_rest, missing) in WORKED.items()
    }


def test_more_students_take_no_more_statements(told, school_class, count_queries):
    database.session.commit()
    one, every = on_roll(school_class)[:1], on_roll(school_class)

    with count_queries() as for_one:
        audit(one, day=JUNE)
    with count_queries() as for_all:
        audit(every, day=JUNE)

    assert for_all.count <= for_one.count


def test_terms_spent_on_leave_are_not_assessed(told):
    """Away from March 2025 to March 2026: the second term of 2024 and the first of 2025 ended without the student."""
    student = told["样样都缺"]
    for assessment in database.session.scalars(select(ConductAssessment).filter_by(student_id=student.id)):
        database.session.delete(assessment)
    registered, away = state_of(student), State(StudentStatus.ON_LEAVE, student.school_class_id)
    spans = [
        Span(student.enrolled_on, registered),
        Span(date(2025, 3, 3), away),
        Span(date(2026, 3, 2), registered),
    ]
    students.set_history(student, spans)

    (found,) = audit([student], day=JUNE)

    assert [message.zh for message in found.missing if "操行" in message.zh] == [
        "2024–2025学年第一学期没有操行评定",
        "2025–2026学年第二学期没有操行评定",
        "2026–2027学年第一学期没有操行评定",
    ]


def test_internship_that_is_over_still_needs_its_appraisal(told):
    student = told["没有实习"]
    dates = {"starts_on": date(2026, 9, 7), "ends_on": date(2027, 2, 5)}
    PlacementFactory(student=student, status=PlacementStatus.ENDED, **dates)

    (found,) = audit([student], day=JUNE)

    assert [message.zh.endswith("的实习还没有鉴定") for message in found.missing] == [True]


def test_command_prints_every_student(told, school_class, runner):
    database.session.commit()

    with time_machine.travel("2027-06-01T08:00:00+08:00", tick=False):
        done = runner.invoke(args=["coursework", "audit-graduation", "--class", school_class.name, "--json"])

    document = {row["student_no"]: row for row in json.loads(done.stdout)}
    assert done.exit_code == 0
    assert len(document) == len(WORKED)
    assert document[told["全部合格"].student_no] == {
        "student_no": told["全部合格"].student_no,
        "eligible": True,
        "findings": [],
    }
    failed = document[told["一门不及格"].student_no]
    assert failed["eligible"] is False
    assert [(finding["rule"], finding["missing"]) for finding in failed["findings"]] == [
        ("GR-01", ["语文：不及格（59），补考 0 次"])
    ]


def test_command_names_a_class_that_is_not_there(runner):
    done = runner.invoke(args=["coursework", "audit-graduation", "--class", "没有的班"])

    assert (done.exit_code, done.stdout) == (2, "")
    assert "没有名为“没有的班”的班级" in done.stderr


def test_pages_show_the_class_and_the_student(told, school_class, sign_in):
    with time_machine.travel("2027-06-01T08:00:00+08:00", tick=False):
        browser = sign_in(school_class.homeroom_teacher)
        assert school_class.name in browser.get("/coursework/graduation")
        listed = browser.get(f"/coursework/graduation/classes/{school_class.id}")
        page = browser.get(f"/coursework/graduation/students/{told['样样都缺'].id}")

    assert "3 / 11 人可以毕业" in listed
    assert "前厅服务：还没有公布的成绩" in page


def test_others_see_nothing(told, school_class, sign_in):
    sign_in(HomeroomTeacherFactory()).get(f"/coursework/graduation/classes/{school_class.id}", expect=404)
    sign_in(HomeroomTeacherFactory()).get(f"/coursework/graduation/students/{told['缺考'].id}", expect=404)
    sign_in(SubjectTeacherFactory()).get("/coursework/graduation", expect=403)


def test_registrar_notes_what_only_people_know(told, sign_in):
    student = told["全部合格"]
    url = f"/coursework/graduation/students/{student.id}"
    browser = sign_in(RegistrarFactory())
    browser.get(url)

    browser.post(url, early_applied_on="", enlisted_on="2027-03-01", minor_programme="电子商务", dual_certificate="")

    page = browser.get(url)
    assert "毕业证书注明：电子商务" in page
    assert timeline(student)[0].changes == {"enlisted_on": ["", "2027-03-01"], "minor_programme": ["", "电子商务"]}


def test_same_note_twice_leaves_one_line(told):
    student = told["全部合格"]
    for _time in range(2):
        service.note_for_graduation(student, by=None, minor_programme="电子商务")
        database.session.commit()

    assert [line.action for line in timeline(student)].count("student.graduation_noted") == 1


def test_who_has_left_lacks_nothing_and_is_told_what_is_due(told):
    student = told["样样都缺"]
    student.status = StudentStatus.WITHDRAWN

    (found,) = audit([student], day=JUNE)

    assert (found.eligible, found.missing) == (False, ())
    assert [finding.rule.code for finding in found.findings] == ["GR-07"]
    database.session.rollback()


def test_empty_note_leaves_nothing(told):
    service.note_for_graduation(told["全部合格"], by=None, minor_programme="", enlisted_on=None)
    database.session.commit()

    assert database.session.query(GraduationNote).count() == 0


def test_what_is_missing_is_told_in_both_languages_whoever_asks(told):
    (found,) = audit([told["一门不及格"]], day=JUNE)

    assert [(message.zh, message.en) for message in found.missing] == [
        ("语文：不及格（59），补考 0 次", "语文: failed (59), make-ups taken: 0")
    ]


def test_every_rule_stands_with_the_records_behind_it(told):
    service.note_for_graduation(told["一门不及格"], by=None, enlisted_on=date(2027, 3, 1), minor_programme="电子商务")
    (found,) = audit([told["一门不及格"]], day=JUNE)

    assert {line.rule.code: tuple(message.zh for message in line.evidence) for line in found.lines} == {
        "GR-01": (
            "操行合格 5 / 5 学期",
            "课程合格 2 / 3 门",
            "已得学分 8",
            "规定学分 170",
            "岗位实习已结束 0 次",
        ),
        "GR-02": ("没有申请提前毕业",),
        "GR-03": ("毕业登记最晚2027年6月11日",),
        "GR-04": ("在学第 3 年，学制 3 年",),
        "GR-05": ("学制到2027年8月31日期满",),
        "GR-06": ("学籍：在读",),
        "GR-07": ("学籍：在读",),
        "GR-08": ("学籍：在读",),
        "GR-09": ("2027年3月1日应征入伍",),
        "GR-10": ("电子商务",),
    }
    assert [line.rule.code for line in found.lines if line.is_met] == ["GR-03"]
    assert [line.rule.code for line in found.lines if line.finding] == ["GR-01", "GR-09", "GR-10"]


RULES = [f"GR-{number:02d}" for number in range(1, 11)]


def test_page_of_a_student_tells_every_rule_with_its_source(told, sign_in):
    teacher = told["全部合格"].school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.commit()

    with time_machine.travel("2027-06-01T08:00:00+08:00", tick=False):
        browser = sign_in(teacher)
        page = browser.get(f"/coursework/graduation/students/{told['全部合格'].id}")
        english = browser.get(f"/coursework/graduation/students/{told['全部合格'].id}?lang=en")

    assert [code for code in RULES if f"<strong>{code} " in page] == RULES
    assert page.count("不涉及") == 8
    assert page.count("满足") - page.count("条件都满足") == 2
    assert "第42条" in page
    assert "Graduation is to be registered by 11 Jun 2027" in english
