"""The pages of versions: from a draft to a version in force, with the difference and the report before it."""

import pytest

from exchange.core.database import db as database
from exchange.programmes import queries, service
from exchange.programmes.models import Course, PlannedCourse, VersionStatus
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.coursework import MarkSheetFactory
from tests.factories.programmes import CourseFactory, PlannedCourseFactory, ProgrammeFactory

COURSE = {"code": "HT01", "name": "前厅服务", "kind": "3", "hours": "72", "credits": "4", "term_of_study": "1"}
APPROVAL = {
    "approved_on": "2026-06-20",
    "in_force_from": "2026-09-01",
    "approved_by": "学校党组织会议",
    "document": "校教〔2026〕12号",
}


@pytest.fixture
def registrar(sign_in, db):
    return sign_in(RegistrarFactory())


def test_new_version_is_drafted_compared_and_put_in_force(registrar):
    kept = MarkSheetFactory(course__code="A", course__name="客房服务").course
    CourseFactory(code="B", name="摄影")
    programme = f"/programmes/{kept.programme_id}"
    assert "施行中" in registrar.get(programme)
    registrar.post(f"{programme}/versions")
    draft = queries.versions_of(kept.programme_id)[0]
    page = f"/programmes/versions/{draft.id}"
    assert "第 2 版还是草稿" in registrar.get(programme)

    photography = queries.find_planned(draft, "B")
    registrar.get(f"/programmes/planned/{photography.id}/edit")
    registrar.post(f"/programmes/planned/{photography.id}/removal")
    registrar.get(f"{page}/courses/new")
    registrar.post(f"{page}/courses/new", **COURSE, pass_score="60", weights="平时 40，期末 60")
    room = queries.find_planned(draft, "A")
    registrar.get(f"/programmes/planned/{room.id}/edit")
    registrar.post(f"/programmes/planned/{room.id}/edit", name="客房服务", kind="3", term_of_study="3")

    registrar.get(f"{page}/approval")
    text = " ".join(registrar.page.text.split())
    assert "加 1 门，去掉 1 门，改 1 门，0 门不变" in text
    assert "开课学期：1 → 3" in text
    assert "没有达到" in text
    assert "PRG-01" in registrar.post(f"{page}/approval", expect=422, **APPROVAL, reason="")
    assert "由谁批准" in registrar.post(f"{page}/approval", expect=422, approved_on="2026-06-20", reason="试点")
    registrar.post(f"{page}/approval", **APPROVAL, reason="试点")

    page = registrar.get(programme)
    assert "校教〔2026〕12号" in page
    assert "已被替代" in page
    database.session.expire_all()
    assert {course.code for course in queries.courses_of(kept.programme_id)} == {"A", "HT01"}


def test_course_with_marks_keeps_what_decides_results(registrar):
    course = MarkSheetFactory().course
    draft = service.draft_version(course.programme, by=None)
    database.session.commit()
    planned = queries.find_planned(draft, course.code)
    url = f"/programmes/planned/{planned.id}/edit"
    page = registrar.get(url)
    assert "已经有成绩" in page
    assert all(f'name="{name}"' not in page for name in ("code", "hours", "credits", "pass_score"))

    registrar.post(url, name="前厅实务", kind="3", term_of_study="2")

    database.session.refresh(planned)
    assert (planned.name, planned.hours, planned.term_of_study) == ("前厅实务", 72, 2)


def test_course_is_refused_with_a_sentence(registrar):
    planned = PlannedCourseFactory(code="HT01", version__programme=ProgrammeFactory())
    url = f"/programmes/versions/{planned.version_id}/courses/new"
    registrar.get(url)
    given = COURSE | {"pass_score": "60"}

    assert "已经用了" in registrar.post(url, expect=422, **given)
    assert "1 到 6" in registrar.post(url, expect=422, **given | {"code": "X", "term_of_study": "7"})
    page = registrar.post(url, expect=422, **given | {"code": "X", "weights": "平时和期末"})
    assert "例如：平时 40" in page
    assert "平时和期末" in page
    assert "现在是 90" in registrar.post(url, expect=422, **given | {"code": "X", "weights": "平时 30，期末 60"})
    assert "只有顶岗实习" in registrar.post(url, expect=422, **given | {"code": "X", "internship_months": "6"})
    assert database.session.scalar(database.select(database.func.count(PlannedCourse.id))) == 1
    assert database.session.scalar(database.select(database.func.count(Course.id))) == 0


def test_report_shows_figure_asked_for_and_courses(registrar):
    course = CourseFactory(name="酒店概论", hours=60)
    version = queries.version_in_force(course.programme_id)

    registrar.get(f"/programmes/versions/{version.id}/checks")

    text = " ".join(registrar.page.text.split())
    assert "三年总学时不少于 3,000" in text
    assert "至少 3,000 学时 60 学时 没有达到" in text
    assert "酒店概论（60 学时 4 学分，每学分 15 学时）" in text
    assert "学校设定（不是法规条文）" in text


def test_list_says_how_many_checks_are_not_met(registrar):
    CourseFactory()
    draft = ProgrammeFactory(intake_year=2027)
    queries.versions_of(draft.id)[0].status = VersionStatus.DRAFT
    database.session.commit()

    registrar.get("/programmes")

    text = " ".join(registrar.page.text.split())
    assert "7 项没有达到" in text
    assert "高星级饭店运营与管理 草稿" in text


def test_empty_draft_and_its_report_say_what_to_do(registrar):
    programme = service.create_programme(major="740104", intake_year=2026, by=None)
    database.session.commit()
    (version,) = queries.versions_of(programme.id)

    assert "还没有课程，不能检查" in registrar.get(f"/programmes/versions/{version.id}/checks")
    assert "加课程" in registrar.get(f"/programmes/versions/{version.id}")
    registrar.get(f"/programmes/versions/{version.id}/approval")
    refused = registrar.post(f"/programmes/versions/{version.id}/approval", expect=422, **APPROVAL)
    assert "先加课程，再批准" in refused


def test_draft_is_discarded(registrar):
    programme = CourseFactory().programme
    draft = service.draft_version(programme, by=None)
    database.session.commit()
    registrar.get(f"/programmes/versions/{draft.id}")

    registrar.post(f"/programmes/versions/{draft.id}/discarding")

    assert [version.number for version in queries.versions_of(programme.id)] == [1]
    assert "放弃草稿" in registrar.get(f"/programmes/{programme.id}")


def test_approved_version_offers_no_editing(registrar):
    course = CourseFactory()
    version = queries.version_in_force(course.programme_id)
    (planned,) = queries.planned_courses(version)

    assert f"/planned/{planned.id}/edit" not in registrar.get(f"/programmes/versions/{version.id}")
    assert "先起草新版本" in registrar.get(f"/programmes/planned/{planned.id}/edit")
    registrar.get(f"/programmes/versions/{version.id}/courses/new")
    refused = registrar.post(f"/programmes/versions/{version.id}/courses/new", expect=422, **COURSE, pass_score="60")
    assert "已经批准" in refused


def test_teacher_reads_versions_and_reports_and_changes_nothing(sign_in, db):
    course = CourseFactory()
    version = queries.version_in_force(course.programme_id)
    teacher = sign_in(SubjectTeacherFactory())

    assert "没有达到" in teacher.get(f"/programmes/versions/{version.id}/checks")
    assert "起草新版本" not in teacher.get(f"/programmes/versions/{version.id}")
    teacher.post(f"/programmes/{course.programme_id}/versions", expect=403)
    teacher.get(f"/programmes/versions/{version.id}/approval", expect=403)
