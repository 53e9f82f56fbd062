"""The pages of classes, programmes and terms, as the registrar and the others use them."""

import re
from datetime import date
from html import unescape

import pytest

from exchange.core.database import db as database
from exchange.core.database import today
from exchange.programmes import queries
from exchange.programmes.models import Programme, Term
from exchange.students.models import StudentStatus
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

DAYS = {"starts_on": "2026-09-01", "ends_on": "2027-01-22"}
COURSE = {"code": "HT01", "name": "前厅服务", "kind": "3", "hours": "72", "credits": "4", "term_of_study": "1"}


@pytest.fixture
def registrar(sign_in, db):
    return sign_in(RegistrarFactory())


def test_registrar_sets_up_programme_course_class_and_teacher(registrar):
    teacher = HomeroomTeacherFactory(name="尹老师")
    assert "还没有专业" in registrar.get("/programmes")
    registrar.get("/programmes/new")
    registrar.post("/programmes/new", intake_year="2026", major="740104", length_years="3")
    programme = database.session.scalars(database.select(Programme)).one()
    assert "还没有课程" in registrar.get(f"/programmes/{programme.id}")

    (version,) = queries.versions_of(programme.id)
    registrar.get(f"/programmes/versions/{version.id}/courses/new")
    registrar.post(
        f"/programmes/versions/{version.id}/courses/new", **COURSE, pass_score="60", weights="平时 40，期末60%"
    )
    page = registrar.get(f"/programmes/{programme.id}")
    assert "前厅服务" in page
    assert "平时 40，期末 60" in page

    assert "还没有班级" in registrar.get("/programmes/classes")
    assert 'value="1"' in registrar.get(f"/programmes/classes/new?programme={programme.id}")
    registrar.post(
        "/programmes/classes/new",
        name="2026级云南班",
        programme_id=programme.id,
        number="",
        homeroom_teacher_id=teacher.id,
        homeroom_from="2026-09-01",
    )
    school_class = queries.find_class("2026级云南班")
    assert (school_class.number, school_class.project) == (1, None)
    page = registrar.get(f"/programmes/classes/{school_class.id}")
    assert "尹老师" in page
    assert "2026年9月1日" in page


def test_class_needs_a_programme_first(registrar):
    registrar.get("/programmes/classes/new", expect=302)

    assert "先建立专业" in registrar.get("/programmes/new")


def test_class_with_a_name_in_use_comes_back_with_what_was_typed(registrar):
    taken = SchoolClassFactory(name="2026级云南班")
    registrar.get("/programmes/classes/new")

    page = registrar.post("/programmes/classes/new", expect=422, name=taken.name, programme_id=taken.programme_id)

    assert "班级“2026级云南班”已经有了。" in page


def test_list_tells_teacher_and_students_on_the_roll_today(registrar):
    teacher = HomeroomTeacherFactory(name="尹老师")
    school_class = SchoolClassFactory(name="2026级云南班", homeroom_teacher=teacher)
    SchoolClassFactory(name="2025级旅游班", intake_year=2025, programme=ProgrammeFactory(intake_year=2025))
    for status in (StudentStatus.REGISTERED, StudentStatus.ON_LEAVE, StudentStatus.WITHDRAWN):
        StudentFactory(school_class=school_class, status=status)
    StudentFactory(school_class=school_class, enrolled_on=date(2099, 9, 1))

    registrar.get("/programmes/classes?q=云南")

    assert "尹老师" in registrar.page.text
    assert "2026级云南班 2026 高星级饭店运营与管理" in " ".join(registrar.page.text.split())
    assert "尹老师 2 " in " ".join(registrar.page.text.split())
    assert "2025级旅游班" not in registrar.page.text
    assert "2026级云南班" not in registrar.get("/programmes/classes?year=2025")
    assert "没有这样的班级" in registrar.get("/programmes/classes?q=没有")


def test_numbers_by_status_and_ways_on_are_for_those_who_look_after_the_class(sign_in, db):
    teacher = HomeroomTeacherFactory()
    school_class = SchoolClassFactory(homeroom_teacher=teacher)
    StudentFactory(school_class=school_class, status=StudentStatus.WITHDRAWN)
    url = f"/programmes/classes/{school_class.id}"

    for person in (RegistrarFactory(), PrincipalFactory(), teacher):
        page = sign_in(person).get(url)
        assert str(StudentStatus.WITHDRAWN.label) in page
        assert f"/welfare/classes/{school_class.id}" in page
    for person in (HomeroomTeacherFactory(), SubjectTeacherFactory()):
        page = sign_in(person).get(url)
        assert str(StudentStatus.WITHDRAWN.label) not in page
        assert f"/welfare/classes/{school_class.id}" not in page


def test_every_way_on_from_a_class_leads_somewhere(registrar):
    TermFactory(starts_on=date(2020, 9, 1))
    school_class = SchoolClassFactory()
    StudentFactory(school_class=school_class, name="岩温")
    page = registrar.get(f"/programmes/classes/{school_class.id}")

    ways = [unescape(url) for url in re.findall(r'<li><a class="button" href="([^"]+)"', page)]

    assert len(ways) == 10
    assert all(registrar.get(url) for url in ways)
    assert "岩温" in registrar.get(f"/students?class={school_class.name}")


@pytest.mark.parametrize("make", [PrincipalFactory, HomeroomTeacherFactory, SubjectTeacherFactory])
def test_others_look_but_change_nothing(sign_in, db, make):
    school_class, term, course = SchoolClassFactory(), TermFactory(), CourseFactory()
    browser = sign_in(make())

    for url in (
        "/programmes",
        f"/programmes/{course.programme_id}",
        "/programmes/classes",
        f"/programmes/classes/{school_class.id}",
        "/programmes/terms",
    ):
        page = browser.get(url)
        assert "/edit" not in page
        assert "/new" not in page.replace("/sheets/new", "")
    browser.get(f"/programmes/classes/{school_class.id}/edit", expect=403)
    browser.get(f"/programmes/terms/{term.id}/edit", expect=403)


def test_students_have_no_way_in(sign_in, db):
    browser = sign_in(StudentUserFactory())

    assert browser.get("/programmes/classes", expect=403)


def test_class_in_use_is_changed_but_for_its_programme(registrar):
    school_class = SchoolClassFactory(name="2026级云南班")
    StudentFactory(school_class=school_class)
    url = f"/programmes/classes/{school_class.id}/edit"
    page = registrar.get(url)
    assert "不能再改" in page
    assert "programme_id" not in page

    assert "改名要写理由" in registrar.post(url, expect=422, name="2026级云南一班", project_id="")
    registrar.post(url, name="2026级云南一班", project_id="", reason="又招了一个班")

    page = registrar.get(f"/programmes/classes/{school_class.id}")
    assert "不属于协作项目" in page
    assert "又招了一个班" in page


def test_empty_class_may_change_its_programme(registrar):
    school_class, programme = SchoolClassFactory(), ProgrammeFactory(intake_year=2027)
    url = f"/programmes/classes/{school_class.id}/edit"
    registrar.get(url)

    registrar.post(url, name=school_class.name, programme_id=programme.id, number="8", project_id="")

    database.session.refresh(school_class)
    assert (school_class.intake_year, school_class.number) == (2027, 8)


def test_teacher_is_named_ahead_and_taken_back(registrar):
    now, following = HomeroomTeacherFactory(name="尹老师"), HomeroomTeacherFactory(name="段老师")
    school_class = SchoolClassFactory(homeroom_teacher=now)
    url, ahead = f"/programmes/classes/{school_class.id}", date(today().year + 1, 1, 1)
    assert "从哪天起没有登记" in registrar.get(url)
    registrar.get(f"{url}/homeroom")
    assert registrar.post(f"{url}/homeroom", expect=422, begins_on=ahead.isoformat(), teacher_id="")

    registrar.post(f"{url}/homeroom", begins_on=ahead.isoformat(), teacher_id=following.id)
    page = registrar.get(url)
    assert "还没开始" in page
    assert "班主任尹老师" in page

    registrar.post(f"{url}/homeroom/withdrawal")
    assert "段老师" not in registrar.get(url)
    registrar.post(f"{url}/homeroom/withdrawal", expect=409)


def test_a_class_is_left_without_a_teacher_only_when_that_is_chosen(registrar):
    school_class = SchoolClassFactory(homeroom_teacher=HomeroomTeacherFactory())
    url = f"/programmes/classes/{school_class.id}/homeroom"
    registrar.get(url)

    registrar.post(url, begins_on=today().isoformat(), teacher_id="0")

    database.session.refresh(school_class)
    assert school_class.homeroom_teacher_id is None


def test_terms_are_set_up_and_moved(registrar):
    assert "还没有学期" in registrar.get("/programmes/terms")
    registrar.get("/programmes/terms/new")
    registrar.post("/programmes/terms/new", school_year="2026", number="1", **DAYS)
    page = registrar.get("/programmes/terms/new")
    assert '<option selected value="2">' in page
    term = database.session.scalars(database.select(Term)).one()

    url = f"/programmes/terms/{term.id}/edit"
    registrar.get(url)
    assert "最后一天要在第一天之后" in registrar.post(url, expect=422, **DAYS | {"ends_on": "2026-08-01"})
    registrar.post(url, **DAYS | {"starts_on": "2026-09-02"})

    assert "2026年9月2日" in registrar.get("/programmes/terms")


def test_major_of_the_wrong_catalogue_is_refused(registrar):
    registrar.get("/programmes/new")

    page = registrar.post("/programmes/new", expect=422, intake_year="2026", major="130100", length_years="3")

    assert "目录里没有代码 130100" in page


def test_tabs_stand_beside_the_mark_sheets(registrar):
    registrar.get("/coursework")

    assert all(word in registrar.page.text for word in ("各科成绩", "各班级", "专业和课程", "学期安排"))
