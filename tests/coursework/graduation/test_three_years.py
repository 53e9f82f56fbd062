"""Three years of a class of seventeen: verdict and every missing item as worked out by hand, asked in every way.

The plan holds 200 credits and the school asks for 170, so one failed major course (30) just fits and a little more
does not. Every row of ``WORKED`` was filled in on paper from the marks beside it.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from exchange.conduct.models import Grade
from exchange.core.database import db as database
from exchange.coursework import service
from exchange.coursework.graduation.audit import audit
from exchange.coursework.graduation.members import on_roll
from exchange.coursework.models import AttemptKind, Scale, SheetStatus, Special
from exchange.placements.models import PlacementStatus
from exchange.programmes.models import CourseKind
from exchange.students import service as students
from exchange.students.history import Span, State
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkFactory, MarkSheetFactory, recognised
from tests.factories.partners import HostOrganisationFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

JUNE = date(2027, 6, 1)
CAME = date(2024, 9, 1)
TERMS = {
    (2024, 1): (date(2024, 9, 1), date(2025, 1, 17)),
    (2024, 2): (date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1): (date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2): (date(2026, 3, 2), date(2026, 7, 10)),
    (2026, 1): (date(2026, 9, 1), date(2027, 1, 22)),
    (2026, 2): (date(2027, 2, 22), date(2027, 7, 9)),
}
COURSES = (  # name, kind, term of study, credits, scale
    ("语文", CourseKind.BASIC, 1, 30, Scale.HUNDRED),
    ("数学", CourseKind.BASIC, 2, 30, Scale.HUNDRED),
    ("前厅服务", CourseKind.MAJOR, 3, 30, Scale.HUNDRED),
    ("餐饮服务", CourseKind.MAJOR, 4, 30, Scale.LEVELS),
    ("客房服务", CourseKind.MAJOR, 4, 40, Scale.HUNDRED),
    ("茶艺", CourseKind.BASIC, 5, 10, Scale.PASS_FAIL),
    ("岗位实习", CourseKind.POST_INTERNSHIP, 6, 30, Scale.HUNDRED),
)
FULL = (80, 75, 82, 85, 90, 100, 88)
HOST = "湖州某酒店"
NO_INTERNSHIP = (*FULL[:-1], None)


@dataclass(frozen=True)
class Row:
    """What is recorded of one student, and what the audit must say on 1 June of the third year."""

    marks: tuple = FULL
    later: tuple = ()  # course, kind, score: what was sat again or recognised
    open_terms: tuple = ()  # without conduct assessment
    failed_terms: tuple = ()
    internship: PlacementStatus | None = None
    leave: tuple = ()  # away from … to …
    missing: tuple = ()
    earned: int = 200


WORKED = {
    "全部合格": Row(),
    "刚好六十": Row((60, 60, 60, 65, 60, 100, 60)),
    "差零点一": Row(
        (Decimal("59.9"), 75, 82, 85, 90, 0, 88),
        earned=160,
        missing=(
            "语文：不及格（59.9），补考 0 次",
            "茶艺：不及格（0），补考 0 次",
        ),
    ),
    "学分刚够": Row((80, 75, 50, 85, 90, 100, 88), earned=170),
    "差一门小课": Row(
        (80, 75, 50, 85, 90, 0, 88),
        earned=160,
        missing=(
            "前厅服务：不及格（50），补考 0 次",
            "茶艺：不及格（0），补考 0 次",
        ),
    ),
    "补考过了": Row(
        (45, 75, 82, 85, 30, 100, 88),
        earned=200,
        later=(
            ("语文", AttemptKind.MAKEUP, 70),
            ("客房服务", AttemptKind.MAKEUP, 61),
        ),
    ),
    "补考两次没过": Row(
        (80, 75, 82, 85, 30, 100, 88),
        earned=160,
        later=(
            ("客房服务", AttemptKind.MAKEUP, 41),
            ("客房服务", AttemptKind.MAKEUP, 55),
        ),
        missing=("客房服务：不及格（55），补考 2 次",),
    ),
    "重修过了": Row((80, 75, 82, 85, 30, 100, 88), later=(("客房服务", AttemptKind.RETAKE, 78),)),
    "对方学校认定": Row(
        (None, None, 82, 85, 90, 100, 88),
        later=(
            ("语文", AttemptKind.RECOGNISED, 77),
            ("数学", AttemptKind.RECOGNISED, 66),
        ),
    ),
    "缺考又缓考": Row(
        ("absent", "deferred", 82, 85, 90, 100, 88),
        earned=140,
        missing=(
            "语文：不及格（0），补考 0 次",
            "数学：等待缓考",
        ),
    ),
    "免修一门": Row(("exempt", 75, 82, 85, 90, 100, 88)),
    "等级不及格": Row(
        (80, 75, 82, 50, 90, 0, 88),
        earned=160,
        missing=(
            "餐饮服务：不及格（50），补考 0 次",
            "茶艺：不及格（0），补考 0 次",
        ),
    ),
    "操行两学期": Row(
        open_terms=((2025, 2),),
        failed_terms=((2026, 1),),
        missing=(
            "2025–2026学年第二学期没有操行评定",
            "2026–2027学年第一学期操行不合格",
        ),
    ),
    "休学一年": Row(open_terms=((2024, 2), (2025, 1)), leave=(date(2025, 3, 3), date(2026, 3, 2))),
    "实习还没完": Row(
        NO_INTERNSHIP, internship=PlacementStatus.ACTIVE, earned=170, missing=(f"{HOST}的实习到2027年7月2日才结束",)
    ),
    "实习没鉴定": Row(
        NO_INTERNSHIP, internship=PlacementStatus.TERMINATED, earned=170, missing=(f"{HOST}的实习还没有鉴定",)
    ),
    "从没实习": Row(NO_INTERNSHIP, internship=PlacementStatus.PREPARING, earned=170, missing=("没有岗位实习",)),
}
READY = {name for name, row in WORKED.items() if not row.missing}


@pytest.fixture
def school_class(db):
    return SchoolClassFactory(
        name="2024级云南班",
        intake_year=2024,
        programme=ProgrammeFactory(intake_year=2024),
        homeroom_teacher=HomeroomTeacherFactory(),
    )


@pytest.fixture
def told(school_class):
    """Everything of the table, recorded."""
    terms = {
        key: TermFactory(school_year=key[0], number=key[1], starts_on=first, ends_on=last)
        for key, (first, last) in TERMS.items()
    }
    members = {name: StudentFactory(name=name, school_class=school_class, enrolled_on=CAME) for name in WORKED}
    courses, sheets = {}, {}
    for place, (name, kind, term_of_study, credits, scale) in enumerate(COURSES):
        courses[name] = CourseFactory(
            programme=school_class.programme, name=name, kind=kind, term_of_study=term_of_study, credits=credits
        )
        term = terms[2024 + (term_of_study - 1) // 2, 2 - term_of_study % 2]
        sheets[name] = MarkSheetFactory(
            course=courses[name], school_class=school_class, term=term, scale=scale, status=SheetStatus.PUBLISHED
        )
        column = AssessmentFactory(sheet=sheets[name], weight=100)
        for student_name, row in WORKED.items():
            _mark(column, members[student_name], row.marks[place])
    for name, row in WORKED.items():
        _record(members[name], row, terms, courses, sheets)
    database.session.commit()
    return members


def _mark(column, student, mark):
    if isinstance(mark, str):
        MarkFactory(assessment=column, student=student, score=None, special=Special(mark))
    elif mark is not None:
        MarkFactory(assessment=column, student=student, score=Decimal(mark))


def _record(student, row, terms, courses, sheets):
    for name, kind, score in row.later:
        if kind is AttemptKind.RECOGNISED:
            recognised(student, courses[name], score=Decimal(score))
        else:
            sheet = sheets[name]
            AttemptFactory(student=student, sheet=sheet, course=sheet.course, kind=kind, score=Decimal(score))
    for key, term in terms.items():
        if key not in row.open_terms:
            grade = Grade.FAIL if key in row.failed_terms else Grade.GOOD
            ConductAssessmentFactory(student=student, term=term, grade=grade)
    if row.internship:
        days = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 7, 2)}
        if row.internship is PlacementStatus.TERMINATED:
            days["left_on"] = date(2027, 5, 14)
        host = HostOrganisationFactory(name=HOST)
        PlacementFactory(student=student, status=row.internship, post__host_organisation=host, **days)
    if row.leave:
        here = State(StudentStatus.REGISTERED, student.school_class_id)
        away = State(StudentStatus.ON_LEAVE, student.school_class_id)
        students.set_history(student, [Span(CAME, here), Span(row.leave[0], away), Span(row.leave[1], here)])


@pytest.fixture
def in_june():
    with time_machine.travel("2027-06-01T08:00:00+08:00", tick=False):
        yield


def test_class_asked_at_once_agrees_with_the_table(told, school_class):
    found = {each.student.name: each for each in audit(on_roll(school_class), day=JUNE)}

    assert {name: tuple(message.zh for message in each.missing) for name, each in found.items()} == {
        name: row.missing for name, row in WORKED.items()
    }
    assert {name for name, each in found.items() if each.eligible} == READY
    assert {name: each.facts.earned for name, each in found.items()} == {
        name: row.earned for name, row in WORKED.items()
    }


@pytest.mark.parametrize("name", WORKED)
def test_each_student_asked_alone_agrees_with_the_table(told, name):
    (found,) = audit([told[name]], day=JUNE)

    assert (tuple(message.zh for message in found.missing), found.eligible) == (WORKED[name].missing, name in READY)


def test_class_page_agrees_with_the_table(told, school_class, sign_in, in_june):
    page = sign_in(school_class.homeroom_teacher).get(f"/coursework/graduation/classes/{school_class.id}")

    assert f"{len(READY)} / {len(WORKED)} 人可以毕业" in page
    for name, row in WORKED.items():
        (line,) = [each for each in page.split("<tr")[1:] if f">{name}<" in each]
        assert [message for message in _all_messages() if message in line] == [
            message for message in _all_messages() if message in row.missing
        ], name
        assert ("可以毕业" in line, "什么也不缺" in line) == (name in READY, name in READY), name


def _all_messages():
    return list(dict.fromkeys(message for row in WORKED.values() for message in row.missing))


@pytest.mark.parametrize("name", WORKED)
def test_page_of_each_student_agrees_with_the_table(told, school_class, sign_in, in_june, name):
    page = sign_in(school_class.homeroom_teacher).get(f"/coursework/graduation/students/{told[name].id}")

    lines = [line.split("</li>")[0] for line in page.split("<li>")[1:]]
    assert tuple(line for line in lines if line in _all_messages()) == WORKED[name].missing
    assert ("条件都满足，可以办毕业。" in page) == (name in READY)
    assert f"已得学分 {WORKED[name].earned}" in lines


def test_command_agrees_with_the_table(told, school_class, runner, in_june):
    done = runner.invoke(args=["coursework", "audit-graduation", "--class", school_class.name, "--json"])

    rows = {row["student_no"]: row for row in json.loads(done.stdout)}
    assert done.exit_code == 0
    for name, row in WORKED.items():
        found = rows.pop(told[name].student_no)
        named = [item for each in found["findings"] if each["rule"] == "GR-01" for item in each["missing"]]
        assert (found["eligible"], tuple(named)) == (name in READY, row.missing), name
    assert rows == {}


@pytest.mark.parametrize(
    ("day", "ready", "lacking"),
    [
        (date(2027, 4, 30), ["GR-02"], ["GR-01"]),  # all is done the day before graduation opens
        (date(2027, 5, 1), [], ["GR-01"]),
        (date(2027, 6, 11), [], ["GR-01"]),  # twenty workdays before 9 July
        (date(2027, 6, 12), ["GR-03"], ["GR-01", "GR-03"]),
        (date(2027, 8, 31), ["GR-03"], ["GR-01", "GR-03"]),
        (date(2027, 9, 1), ["GR-03", "GR-04"], ["GR-01", "GR-03", "GR-04", "GR-05"]),  # a fourth year
    ],
)
def test_what_else_applies_turns_with_the_calendar(told, day, ready, lacking):
    done, failed = audit([told["全部合格"], told["补考两次没过"]], day=day)

    assert sorted(each.rule.code for each in done.findings) == ready
    assert sorted(each.rule.code for each in failed.findings) == lacking


@pytest.mark.parametrize(
    ("status", "rule", "words"),
    [
        (StudentStatus.COMPLETED, "GR-06", "2027年12月9日到2029年6月9日补考合格，可以换发毕业证书"),
        (StudentStatus.WITHDRAWN, "GR-07", "中途离校，要发写实性学习证明"),
        (StudentStatus.GRADUATED, "GR-08", "毕业证书遗失不补发，由省级机构出具学历证明书"),
    ],
)
def test_whoever_has_left_is_told_what_follows(told, sign_in, status, rule, words):
    """On the page too; the class no longer counts them."""
    student = told["补考两次没过"]
    class_id = student.school_class_id
    gone = State(status, class_id)
    here = State(StudentStatus.REGISTERED, class_id)

    with time_machine.travel("2027-06-20T08:00:00+08:00", tick=False):
        students.set_history(student, [Span(CAME, here), Span(date(2027, 6, 9), gone)])
        database.session.commit()
        (found,) = audit([student], day=date(2027, 6, 20))
        page = sign_in(RegistrarFactory()).get(f"/coursework/graduation/students/{student.id}")
        listed = sign_in(RegistrarFactory()).get(f"/coursework/graduation/classes/{class_id}")

    assert ([each.rule.code for each in found.findings], found.eligible) == ([rule], False)
    assert words in page
    assert f"{len(READY)} / {len(WORKED) - 1} 人可以毕业" in listed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("全部合格", "已应征入伍并完成学业，办理提前毕业"),
        ("从没实习", "已应征入伍，可以提前结业，退役后继续"),
    ],
)
def test_notes_of_people_are_heard(told, name, words):
    service.note_for_graduation(told[name], by=None, enlisted_on=date(2027, 3, 1), minor_programme="电子商务")

    (found,) = audit([told[name]], day=JUNE)

    said = {each.rule.code: each.message.zh for each in found.findings}
    assert (said["GR-09"], said["GR-10"]) == (words, "毕业证书注明：电子商务")
