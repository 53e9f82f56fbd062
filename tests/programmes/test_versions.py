"""Versions of a programme: drafted, approved, replaced; the courses keep their identity."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import today
from exchange.core.rules import Unmet
from exchange.core.workflow import InvalidTransition
from exchange.programmes import queries, service
from exchange.programmes.comparison import compare
from exchange.programmes.models import BasicSubject, CourseKind, VersionStatus
from tests.factories.accounts import RegistrarFactory
from tests.factories.attachments import PDF
from tests.factories.coursework import MarkSheetFactory
from tests.factories.programmes import CourseFactory, PlannedCourseFactory, ProgrammeFactory, ProgrammeVersionFactory

COURSE = {"code": "HT01", "name": "前厅服务", "kind": CourseKind.MAJOR, "hours": 72, "credits": 4, "term_of_study": 1}
APPROVAL = {"approved_on": date(2026, 6, 20), "approved_by": "学校党组织会议", "reason": "试点专业"}


@pytest.fixture
def draft(db):
    """A draft beside a version in force without courses."""
    return ProgrammeVersionFactory(programme=ProgrammeFactory(), number=2, status=VersionStatus.DRAFT)


def approve(version, **values):
    service.put_in_force(version, **APPROVAL | values, by=None)


# Courses of a draft


def test_planned_course_takes_what_its_kind_and_name_say(draft):
    internship = service.plan_course(
        draft, **COURSE | {"kind": CourseKind.POST_INTERNSHIP}, internship_months=Decimal(6), by=None
    )
    english = {"code": "A1", "name": "英语（一）", "kind": CourseKind.BASIC}
    basic = service.plan_course(draft, **COURSE | english, by=None)
    tea = service.plan_course(
        draft, **COURSE | {"code": "E1", "kind": CourseKind.FREE_ELECTIVE}, practice_hours=40, by=None
    )

    assert (internship.practice_hours, internship.is_elective) == (72, False)
    assert (basic.subject, basic.practice_hours) == (BasicSubject.FOREIGN_LANGUAGE, 0)
    assert (tea.is_elective, tea.practice_hours, tea.subject) == (True, 40, None)
    assert [event.action for event in timeline(draft)] == ["programme_version.course_planned"] * 3


@pytest.mark.parametrize(
    "flaw",
    [
        {"term_of_study": 7},
        {"hours": 0},
        {"credits": -1},
        {"pass_score": 101},
        {"practice_hours": 73},
        {"internship_months": Decimal(6)},
        {"subject": BasicSubject.ARTS},
        {"kind": CourseKind.FREE_ELECTIVE, "is_elective": False},
        {"kind": CourseKind.POST_INTERNSHIP, "internship_months": Decimal(25)},
        {"kind": CourseKind.POST_INTERNSHIP, "internship_months": Decimal(0)},
        {"weights": [("平时", 40), ("期末", 50)]},
    ],
)
def test_planned_course_is_refused_where_it_cannot_be_meant(draft, flaw):
    with pytest.raises(service.OutOfRange):
        service.plan_course(draft, **COURSE | flaw, by=None)


def test_code_stands_in_a_version_once(draft):
    service.plan_course(draft, **COURSE, by=None)
    other = service.plan_course(draft, **COURSE | {"code": "HT02"}, by=None)

    with pytest.raises(service.AlreadyThere):
        service.plan_course(draft, **COURSE, by=None)
    with pytest.raises(service.AlreadyThere):
        service.change_planned(other, code="HT01", by=None)
    service.change_planned(other, code="HT02", name="客房服务", by=None)

    assert timeline(draft)[0].changes["name"] == ["前厅服务", "客房服务"]


def test_a_version_in_force_is_not_edited(db):
    course = CourseFactory()
    version = queries.version_in_force(course.programme_id)
    (planned,) = queries.planned_courses(version)

    with pytest.raises(service.NotADraft, match="新版本"):
        service.plan_course(version, **COURSE, by=None)
    with pytest.raises(service.NotADraft):
        service.change_planned(planned, name="别的", by=None)
    with pytest.raises(service.NotADraft):
        service.remove_planned(planned, by=None)
    with pytest.raises(service.NotADraft):
        service.discard_version(version, by=None)
    with pytest.raises(InvalidTransition):
        approve(version)


# Drafting


def test_new_version_begins_with_the_courses_of_the_one_in_force(db):
    course = CourseFactory(weights=[["平时", 40], ["期末", 60]], is_core=True)

    version = service.draft_version(course.programme, by=None)

    (copied,) = queries.planned_courses(version)
    assert (version.number, version.status) == (2, VersionStatus.DRAFT)
    assert [getattr(copied, name) for name in queries.COURSE_VALUES] == [
        getattr(course, name) for name in queries.COURSE_VALUES
    ]
    with pytest.raises(service.AlreadyThere, match="草稿"):
        service.draft_version(course.programme, by=None)


def test_draft_is_discarded_but_the_only_version_is_not(db):
    programme = CourseFactory().programme
    version = service.draft_version(programme, by=None)

    service.discard_version(version, by=None)

    assert [each.number for each in queries.versions_of(programme.id)] == [1]
    assert timeline(programme)[0].action == "programme_version.discarded"
    first = service.create_programme(major="740201", intake_year=2026, by=None)
    with pytest.raises(service.OutOfRange):
        service.discard_version(queries.versions_of(first.id)[0], by=None)


# Putting in force


def test_approved_draft_takes_the_place_of_the_version_in_force(db):
    registrar = RegistrarFactory()
    stays, changes, goes = (CourseFactory(code=code, hours=72) for code in ("A", "B", "C"))
    old = queries.version_in_force(stays.programme_id)
    version = service.draft_version(stays.programme, by=None)
    planned = {each.code: each for each in queries.planned_courses(version)}
    service.change_planned(planned["B"], hours=90, credits=Decimal(5), term_of_study=2, by=None)
    service.remove_planned(planned["C"], by=None)
    service.plan_course(version, **COURSE, by=None)

    service.put_in_force(version, **APPROVAL, document="校教〔2026〕12号", files=[("a.pdf", PDF)], by=registrar)

    assert (old.status, old.replaced_on) == (VersionStatus.REPLACED, today())
    assert (version.status, version.in_force_from) == (VersionStatus.IN_FORCE, today())
    assert [course.code for course in queries.courses_of(stays.programme_id)] == ["A", "HT01", "B"]
    assert (changes.hours, changes.credits, changes.term_of_study) == (90, Decimal(5), 2)
    assert goes.removed_in == 2
    assert [each.code for each in queries.planned_courses(old)] == ["A", "B", "C"]
    in_force = [event for event in timeline(version) if event.action == "programme_version.put_in_force"]
    assert (in_force[0].actor, in_force[0].reason) == (registrar, "试点专业")
    assert [event.action for event in timeline(goes)] == ["course.removed"]
    assert timeline(changes)[0].changes["hours"] == [72, 90]


def test_sheets_stay_with_courses_of_both_versions_and_with_those_left_out(db):
    kept, dropped = MarkSheetFactory(course__code="A"), MarkSheetFactory(course__code="B")
    version = service.draft_version(kept.course.programme, by=None)
    planned = {each.code: each for each in queries.planned_courses(version)}
    service.remove_planned(planned["B"], by=None)
    service.change_planned(planned["A"], term_of_study=3, is_core=True, by=None)

    approve(version)

    assert (kept.course.code, kept.course.term_of_study, kept.course.is_core) == ("A", 3, True)
    assert (dropped.course.code, dropped.course.removed_in) == ("B", 2)


def test_course_that_comes_back_is_the_same_course(db):
    course, other = CourseFactory(code="A"), CourseFactory(code="B")
    second = service.draft_version(course.programme, by=None)
    service.remove_planned(queries.find_planned(second, "A"), by=None)
    approve(second)
    third = service.draft_version(course.programme, by=None)
    service.plan_course(third, **COURSE | {"code": "A"}, by=None)

    approve(third)

    assert queries.courses_of(course.programme_id) == [course, other]
    assert (course.removed_in, course.name) == (None, "前厅服务")


@pytest.mark.parametrize("change", [{"hours": 80}, {"credits": Decimal(9)}, {"pass_score": 50}])
def test_what_decides_results_stays_once_a_course_has_marks(db, change):
    course = MarkSheetFactory().course
    version = service.draft_version(course.programme, by=None)
    (planned,) = queries.planned_courses(version)

    with pytest.raises(service.InUse, match="新的课程代码"):
        service.change_planned(planned, **change, by=None)
    service.change_planned(planned, name="新名称", term_of_study=2, by=None)
    approve(version)

    assert (course.name, course.term_of_study) == ("新名称", 2)


def test_marks_that_came_in_while_it_was_drafted_stand_in_the_way(db):
    course = CourseFactory()
    version = service.draft_version(course.programme, by=None)
    service.change_planned(queries.planned_courses(version)[0], hours=80, by=None)
    MarkSheetFactory(course=course, school_class__programme=course.programme)

    with pytest.raises(service.InUse, match=course.name):
        approve(version)


@pytest.mark.parametrize(
    "flaw",
    [
        {"approved_by": " "},
        {"approved_on": date(2099, 1, 1)},
        {"in_force_from": date(2026, 6, 19)},
        {"in_force_from": today() + timedelta(days=1)},
    ],
    ids=["by nobody", "in the future", "in force before the approval", "in force tomorrow"],
)
def test_approval_says_when_and_by_whom(draft, flaw):
    service.plan_course(draft, **COURSE, by=None)

    with pytest.raises(service.OutOfRange):
        approve(draft, **flaw)


def test_empty_draft_is_not_approved_and_today_is_a_day_to_approve(draft):
    with pytest.raises(service.OutOfRange, match="还没有课程"):
        approve(draft)
    service.plan_course(draft, **COURSE, by=None)
    approve(draft, approved_on=today())

    assert draft.approved_on == draft.in_force_from == today()


def test_a_version_is_not_in_force_before_the_one_that_it_replaces(db):
    programme = CourseFactory().programme
    first = queries.version_in_force(programme.id)
    first.in_force_from = date(2026, 9, 1)
    second = service.draft_version(programme, by=None)

    with pytest.raises(service.OutOfRange, match="更早"):
        approve(second, in_force_from=date(2026, 8, 31))
    approve(second, in_force_from=date(2026, 9, 1))

    assert (first.replaced_on, second.in_force_from) == (date(2026, 9, 1), date(2026, 9, 1))


def test_checks_that_are_not_met_want_a_reason(draft):
    service.plan_course(draft, **COURSE, by=None)

    with pytest.raises(Unmet) as refused:
        approve(draft, reason=" ")
    assert "PRG-01" in str(refused.value)
    approve(draft)

    unmet = timeline(draft)[0].changes["unmet"]
    assert {"PRG-01", "PRG-07", "PRG-09"} <= set(unmet)


# The difference


def test_comparison_puts_every_course_in_one_place(db):
    CourseFactory(code="A", hours=72, weights=[]), CourseFactory(code="B"), CourseFactory(code="C")
    old = queries.version_in_force(ProgrammeFactory().id)
    version = service.draft_version(old.programme, by=None)
    planned = {each.code: each for each in queries.planned_courses(version)}
    service.change_planned(
        planned["A"], hours=90, practice_hours=40, weights=[("平时", 100)], kind=CourseKind.PROJECT, by=None
    )
    service.remove_planned(planned["B"], by=None)
    PlannedCourseFactory(version=version, code="D")

    difference = compare(queries.planned_courses(old), queries.planned_courses(version))

    assert [course.code for course in difference.added] == ["D"]
    assert [course.code for course in difference.removed] == ["B"]
    assert [course.code for course in difference.same] == ["C"]
    ((changed),) = difference.changed
    told = {str(change.label): (change.old, change.new) for change in changed.changes}
    assert told == {
        "课程类别": ("专业课", "课程设计与实习"),
        "学时": ("72", "90"),
        "实践学时": ("0", "40"),
        "考核占比": ("无", "平时 100"),
    }
