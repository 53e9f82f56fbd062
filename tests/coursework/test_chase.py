"""Chase lists: every kind on each side of its day, the very cell, whose lines whom they show, and the counts."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from exchange.core.database import SCHOOL_TIME
from exchange.core.database import db as database
from exchange.coursework.chase import lists
from exchange.coursework.chase.kinds import ChaseKind
from exchange.coursework.chase.words import tell
from exchange.coursework.models import SheetStatus
from exchange.placements.models import PlacementStatus
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, PrincipalFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.attendance import RollFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory, first_sitting
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

TODAY = date(2026, 11, 25)  # a Wednesday
SUMMER = {"school_year": 2025, "number": 2, "starts_on": date(2026, 2, 23), "ends_on": date(2026, 7, 10)}


@pytest.fixture(autouse=True)
def wednesday(app, db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False), app.test_request_context():
        yield


@pytest.fixture
def school_class():
    return SchoolClassFactory(name="2026级云南班", homeroom_teacher=HomeroomTeacherFactory(name="尹老师"))


@pytest.fixture
def students(school_class):
    return [StudentFactory(school_class=school_class, name=name) for name in ("岩温罕", "咩罕", "小团")]


@pytest.fixture
def column(school_class, students):
    """The end-of-term column of a sheet of three students."""
    teacher = SubjectTeacherFactory(name="何老师")
    return AssessmentFactory(
        name="期末", sheet__school_class=school_class, sheet__teacher=teacher, sheet__course__name="礼仪"
    )


def told(kind=None, day=TODAY, **scope):
    rows = database.session.execute(lists.listed(lists.Scope(kind=kind, **scope), day)).all()
    return tell(rows, day)


def on(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SCHOOL_TIME)


# Marks


@pytest.mark.parametrize(("days", "is_told"), [(2, False), (3, True)])
def test_cell_is_missed_when_its_column_was_begun_some_days_ago(column, students, days, is_told):
    MarkFactory(assessment=column, student=students[0], updated_at=on(TODAY - timedelta(days=days)))

    found = told(ChaseKind.MARK)

    assert [line.what for line in found] == (["咩罕：礼仪 · 期末", "小团：礼仪 · 期末"] if is_told else [])
    assert {line.owner for line in found} <= {"何老师"}
    assert {line.url for line in found} == (
        {f"/coursework/sheets/{column.sheet_id}#m.{student.id}.{column.id}" for student in students[1:]}
        if is_told
        else set()
    )


def test_cell_that_was_cleared_is_missed(column, students):
    for student, score in zip(students, (80, 80, None), strict=True):
        MarkFactory(assessment=column, student=student, score=score, updated_at=on(date(2026, 11, 1)))

    assert [line.what for line in told(ChaseKind.MARK)] == ["小团：礼仪 · 期末"]


def test_column_that_nobody_has_begun_has_no_missed_cells(column):
    assert told(ChaseKind.MARK) == []


def test_cell_of_a_sheet_that_was_handed_in_is_not_the_teachers(column, students):
    MarkFactory(assessment=column, student=students[0], updated_at=on(date(2026, 11, 1)))
    column.sheet.status = SheetStatus.SUBMITTED

    assert told(ChaseKind.MARK) == []


def test_who_is_on_leave_has_no_missed_cell(column, students):
    MarkFactory(assessment=column, student=students[0], updated_at=on(date(2026, 11, 1)))
    students[1].status = StudentStatus.ON_LEAVE

    assert [line.what for line in told(ChaseKind.MARK)] == ["小团：礼仪 · 期末"]


# Sheets


@pytest.mark.parametrize(("day", "is_told"), [(date(2027, 1, 14), False), (date(2027, 1, 15), True)])
def test_sheet_is_chased_from_a_week_before_its_term_ends(column, day, is_told):
    found = told(ChaseKind.SHEET, day)

    assert [(line.what, line.detail, line.url) for line in found] == (
        [("礼仪", "还缺 3 个成绩，学期 2027年1月22日 结束", f"/coursework/sheets/{column.sheet_id}#missing")]
        if is_told
        else []
    )


def test_sheet_that_is_full_only_waits_to_be_handed_in(column, students):
    for student in students:
        MarkFactory(assessment=column, student=student)

    (line,) = told(ChaseKind.SHEET, date(2027, 2, 1))

    assert (line.detail, line.url) == (
        "成绩已录齐，学期 2027年1月22日 结束",
        f"/coursework/sheets/{column.sheet_id}",
    )


def test_sheet_of_a_class_without_students_is_not_chased():
    AssessmentFactory()

    assert told(ChaseKind.SHEET, date(2027, 2, 1)) == []


@pytest.mark.parametrize(
    ("status", "kind", "detail"),
    [
        (SheetStatus.SUBMITTED, ChaseKind.CONFIRM, "何老师已提交"),
        (SheetStatus.CONFIRMED, ChaseKind.PUBLISH, "成绩已确认"),
    ],
)
def test_sheet_that_was_handed_in_waits_for_the_registrar(column, status, kind, detail):
    column.sheet.status = status

    assert [(line.kind, line.what, line.detail, line.owner) for line in told() if line.kind != ChaseKind.ROLL] == [
        (kind, "礼仪", detail, None)
    ]


def test_make_up_is_told_with_its_last_day(school_class, students):
    TermFactory(number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))
    sheet = first_sitting(students[0], "45", course__name="礼仪").assessment.sheet

    before, after = told(ChaseKind.MAKEUP, date(2027, 3, 7)), told(ChaseKind.MAKEUP, date(2027, 3, 8))

    assert [line.what for line in before] == ["岩温罕：礼仪"]
    assert before[0].url == f"/coursework/sheets/{sheet.id}/attempts#student-{students[0].id}"
    assert [line.detail for line in before + after] == ["补考，2027年3月7日 前考完", "补考，应在 2027年3月7日 前考完"]


# Rolls


@pytest.fixture
def roll_days(school_class, students):
    """The days on which nobody has called the roll of the class."""
    TermFactory()

    def days(day=TODAY):
        return [line.url.partition("day=")[2].partition("&")[0] for line in told(ChaseKind.ROLL, day)]

    return days


def test_school_days_of_the_last_two_weeks_without_a_roll_are_told(roll_days):
    assert roll_days() == [f"2026-11-{day}" for day in (11, 12, 13, 16, 17, 18, 19, 20, 23, 24)]


def test_day_with_any_roll_is_done(school_class, roll_days):
    RollFactory(school_class=school_class, day=date(2026, 11, 24))

    assert roll_days()[-1] == "2026-11-23"


def test_holidays_between_terms_have_no_rolls(roll_days):
    assert roll_days(date(2027, 2, 10)) == []
    assert roll_days(date(2026, 9, 3)) == ["2026-09-01", "2026-09-02"]


def test_line_of_a_day_leads_to_the_roll_of_the_day(school_class, roll_days):
    line = told(ChaseKind.ROLL)[-1]

    assert line.what == "2026年11月24日（周二）"
    assert line.url == f"/attendance/classes/{school_class.id}/roll?day=2026-11-24&time=day"
    assert line.owner == "尹老师"


def test_class_that_works_at_hosts_has_no_roll(students, roll_days):
    for student in students:
        PlacementFactory(
            student=student,
            status=PlacementStatus.ACTIVE,
            starts_on=date(2026, 11, 16),
            ends_on=date(2027, 5, 15),
        )

    assert roll_days() == ["2026-11-11", "2026-11-12", "2026-11-13"]


def test_class_has_no_roll_before_its_students_came(students, roll_days):
    for student in students:
        student.enrolled_on = date(2026, 11, 24)

    assert roll_days() == ["2026-11-24"]


# Conduct


@pytest.mark.parametrize(("day", "is_told"), [(date(2027, 1, 14), False), (date(2027, 1, 15), True)])
def test_conduct_is_chased_from_a_week_before_the_term_ends(school_class, students, day, is_told):
    term = TermFactory()
    ConductAssessmentFactory(student=students[0], term=term)

    found = told(ChaseKind.CONDUCT, day)

    assert [(line.what, line.detail, line.owner, line.url) for line in found] == (
        [
            (
                "2026–2027学年第一学期",
                "还有 2 名学生没有评定",
                "尹老师",
                f"/conduct/terms/{term.id}/classes/{school_class.id}#student-{students[1].id}",
            )
        ]
        if is_told
        else []
    )


def test_conduct_of_a_term_before_the_class_came_is_not_chased(students):
    TermFactory(**SUMMER)

    assert told(ChaseKind.CONDUCT) == []


# Whose lines, filters and counts


@pytest.fixture
def much(column, students):
    """Two missed cells of one teacher, ten days of another, one sheet for the registrar."""
    MarkFactory(assessment=column, student=students[0], updated_at=on(date(2026, 11, 1)))
    MarkSheetFactory(school_class=column.sheet.school_class, status=SheetStatus.SUBMITTED, course__name="英语")


def test_counts_name_everybody_once_by_name_and_not_by_number(much):
    assert [(each.name, each.lines) for each in lists.counts(lists.Scope(), TODAY)] == [
        (None, 1),
        *sorted([("何老师", 2), ("尹老师", 10)]),
    ]


def test_counts_follow_kind_and_class(much):
    assert [each.lines for each in lists.counts(lists.Scope(kind=ChaseKind.MARK), TODAY)] == [2]
    assert lists.counts(lists.Scope(text="没有这个班"), TODAY) == []


def test_scope_of_a_person(much, column):
    assert {line.owner for line in told(owner_id=column.sheet.teacher_id)} == {"何老师"}
    assert [line.what for line in told(owner_id=0)] == ["英语"]


def test_registrar_sees_everything_and_filters(sign_in, much, column):
    browser = sign_in(RegistrarFactory())

    page = browser.get("/coursework/chase")
    assert all(word in page for word in ("咩罕：礼仪 · 期末", "2026年11月24日", "英语", "何老师（2）", "每人还有几件"))
    page = browser.get(f"/coursework/chase?teacher={column.sheet.teacher_id}")
    assert "咩罕：礼仪 · 期末" in page
    assert "英语" not in page
    page = browser.get("/coursework/chase?teacher=0&q=云南")
    assert "英语" in page
    assert "咩罕：礼仪" not in page
    assert "按这些条件没有要催的" in browser.get("/coursework/chase?kind=publish")
    assert "英语" in browser.get("/coursework/chase?teacher=99999999999999999999&kind=nothing&page=x")


def test_teacher_sees_the_own_lines_only(sign_in, much, column, school_class):
    subject = sign_in(column.sheet.teacher).get("/coursework/chase")
    homeroom = sign_in(school_class.homeroom_teacher).get(f"/coursework/chase?teacher={column.sheet.teacher_id}")

    assert "咩罕：礼仪 · 期末" in subject
    assert "2026年11月24日" not in subject
    assert "2026年11月24日" in homeroom
    assert "礼仪" not in homeroom
    assert "每人还有几件" not in homeroom


def test_nothing_missing_says_so(sign_in):
    assert "没有要催的" in sign_in(SubjectTeacherFactory()).get("/coursework/chase")


def test_principal_has_no_list(sign_in):
    sign_in(PrincipalFactory()).get("/coursework/chase", expect=403)


def test_every_line_leads_to_a_page_that_its_person_may_open(sign_in, much, column, school_class):
    TermFactory(**SUMMER)
    teachers = {"何老师": column.sheet.teacher, "尹老师": school_class.homeroom_teacher}
    lines = told()
    assert {line.owner for line in lines} >= teachers.keys()
    assert len({line.owner for line in lines}) > len(teachers), "and something for the registrar"

    for line in lines:
        page = sign_in(teachers.get(line.owner) or RegistrarFactory()).get(line.url.partition("#")[0])
        assert "<h1" in page, line.url
