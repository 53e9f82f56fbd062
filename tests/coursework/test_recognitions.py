"""Courses of a partner school recognised for a class at once, typed or read from a table."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from exchange.attachments.policy import visible_to
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import today
from exchange.core.spreadsheets import read
from exchange.coursework import queries, service
from exchange.coursework.graduation.audit import audit
from exchange.coursework.models import Attempt, CreditSource, Recognition, Scale
from exchange.coursework.service import Decided
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.attachments import PDF
from tests.factories.coursework import MarkSheetFactory, first_sitting
from tests.factories.programmes import CourseFactory
from tests.factories.students import StudentFactory

DECIDED = Decided("芒市职业教育中心", date(2026, 6, 20), Scale.HUNDRED, "两地协议第 5 条", "德教〔2026〕3号")
FIELDS = {
    "school_name": "芒市职业教育中心",
    "taken_on": "2026-06-20",
    "scale": "hundred",
    "reason": "两地协议第 5 条",
    "document": "德教〔2026〕3号",
}


@pytest.fixture
def two(db):
    """Two students of a class and two courses of its programme."""
    first = StudentFactory(name="岩温罕", student_no="20260001")
    second = StudentFactory(name="玉香", student_no="20260002", school_class=first.school_class)
    programme = first.school_class.programme
    politics = CourseFactory(programme=programme, code="A", name="思想政治（一）", hours=36, credits=Decimal(2))
    more = CourseFactory(programme=programme, code="B", name="思想政治（二）", hours=36, credits=Decimal(2))
    return first, second, politics, more


def test_marks_of_several_students_and_courses_count_at_once(two):
    first, second, politics, more = two
    registrar = RegistrarFactory()
    values = {(first.id, politics.id): "86", (first.id, more.id): "60", (second.id, politics.id): "", (0, 0): " "}

    recognition = service.recognise_class(
        first.school_class, values, DECIDED, files=[("认定表.pdf", PDF)], by=registrar
    )

    attempts = database.session.query(Attempt).order_by(Attempt.id).all()
    assert [(each.student, each.course, each.score) for each in attempts] == [
        (first, politics, Decimal(86)),
        (first, more, Decimal(60)),
    ]
    assert {(each.recognition, each.credit_source, each.school_name) for each in attempts} == {
        (recognition, CreditSource.PARTNER_SCHOOL, "芒市职业教育中心")
    }
    assert queries.transcript(first).earned == Decimal(4)
    assert audit([first], day=date(2026, 11, 1))[0].facts.earned == Decimal(4)
    (event,) = [each for each in timeline(recognition) if each.action == "recognition.recorded"]
    assert (event.actor, event.reason, event.changes["marks"]) == (registrar, "两地协议第 5 条", 2)
    assert [each.filename for each in queries.files_of_attempts(attempts)[attempts[0].id]] == ["认定表.pdf"]


def test_one_wrong_mark_and_nothing_is_written(two):
    first, second, politics, more = two
    first_sitting(second, "80", course=politics)
    values = {
        (first.id, politics.id): "86",
        (first.id, more.id): "59",
        (second.id, politics.id): "90",
        (second.id, more.id): "abc",
    }

    with pytest.raises(service.PlacesRefused, match="有 3 格不对") as refused:
        service.recognise_class(first.school_class, values, DECIDED, by=None)

    problems = refused.value.problems
    assert "没有及格" in problems[first.id, more.id]
    assert "已经及格" in problems[second.id, politics.id]
    assert "不是成绩" in problems[second.id, more.id]
    assert database.session.query(Attempt).count() == database.session.query(Recognition).count() == 0


@pytest.mark.parametrize(
    "flaw", [{"school_name": ""}, {"reason": ""}, {"taken_on": date(2099, 1, 1)}], ids=["school", "reason", "day"]
)
def test_decision_says_where_when_and_why(two, flaw):
    first, _second, politics, _more = two

    with pytest.raises(service.AttemptProblem):
        service.recognise_class(first.school_class, {(first.id, politics.id): "86"}, replaced(flaw), by=None)


def replaced(flaw):
    return Decided(**{**vars(DECIDED), **flaw})


def test_a_decision_of_today_is_in_time_and_an_empty_one_is_none(two):
    first, _second, politics, _more = two

    with pytest.raises(service.AttemptProblem, match="还没有填"):
        service.recognise_class(first.school_class, {(first.id, politics.id): " "}, DECIDED, by=None)
    service.recognise_class(
        first.school_class, {(first.id, politics.id): "86"}, replaced({"taken_on": today()}), by=None
    )

    assert database.session.query(Attempt).one().taken_on == today()


def test_students_and_courses_of_others_are_refused(two):
    first, _second, politics, _more = two
    stranger, gone = StudentFactory(), StudentFactory(school_class=first.school_class, status=StudentStatus.WITHDRAWN)
    dropped = CourseFactory(programme=first.school_class.programme, removed_in=2)

    for place in ((stranger.id, politics.id), (gone.id, politics.id), (first.id, dropped.id)):
        with pytest.raises(service.AttemptProblem, match="已经不在这个班"):
            service.recognise_class(first.school_class, {place: "86"}, DECIDED, by=None)


def test_table_comes_back_with_its_marks(two):
    first, second, politics, more = two
    table = service.table_for(first.school_class, [politics, more], Scale.HUNDRED, by=None)

    (empty, *_kept) = read(table, "table.xlsx")
    assert [cell for row in empty.rows() for cell in row.cells if cell][:5] == [
        "学号", "姓名", "思想政治（一）", "思想政治（二）", "20260001",
    ]  # fmt: skip
    csv = "学号,姓名,思想政治（一）,思想政治（二）\n20260001,岩温罕,86,\n,玉香,77,90\n,别人,60,60\n".encode()
    found = service.read_table(read(csv, "filled.csv"), [politics, more], queries.members_of(first.school_class))

    assert found.values == {
        (first.id, politics.id): "86",
        (second.id, politics.id): "77",
        (second.id, more.id): "90",
    }
    assert [each.row for each in found.findings] == [4]
    assert timeline(first.school_class)[0].action == "school_class.recognition_table"


# The pages


def test_registrar_recognises_courses_for_a_class(sign_in, two):
    first, second, politics, more = two
    registrar = sign_in(RegistrarFactory())
    url = f"/coursework/classes/{first.school_class_id}/recognise"
    assert url in registrar.get(f"/programmes/classes/{first.school_class_id}")
    assert "先选本专业的课程" in registrar.get(url)
    chosen = f"?course={politics.id}&course={more.id}"
    page = registrar.get(url + chosen)
    assert f'name="r.{second.id}.{more.id}"' in page
    typed = {f"r.{first.id}.{politics.id}": "86", f"r.{second.id}.{more.id}": "50"}

    page = registrar.post(url + chosen, expect=422, **FIELDS, **typed)
    assert "有 1 格不对" in page
    assert 'value="86"' in page
    assert 'value="德教〔2026〕3号"' in page
    typed[f"r.{second.id}.{more.id}"] = "70"
    registrar.post(url + chosen, **FIELDS, **typed, files=(BytesIO(PDF), "认定表.pdf"))

    assert database.session.query(Attempt).count() == 2
    page = registrar.get(url)
    assert "德教〔2026〕3号" in page
    assert "认定表.pdf" in page
    page = registrar.get(url + chosen)
    assert f'name="r.{first.id}.{politics.id}"' not in page
    page = registrar.get(f"/coursework/transcripts/{first.id}/recognise")
    assert "德教〔2026〕3号" in page
    assert "认定表.pdf" in page
    assert "认定" in registrar.get(f"/coursework/transcripts/{first.id}")


def test_more_courses_than_fit_are_not_left_out_in_silence(sign_in, two):
    first = two[0]
    courses = [*two[2:], *(CourseFactory(programme=first.school_class.programme) for _number in range(5))]
    registrar = sign_in(RegistrarFactory())
    url = f"/coursework/classes/{first.school_class_id}/recognise?"

    assert "还有 1 门没有列出来" in registrar.get(url + "&".join(f"course={each.id}" for each in courses))
    assert "没有列出来" not in registrar.get(url + "&".join(f"course={each.id}" for each in courses[1:]))


def test_workbook_fills_the_table_and_writes_nothing(sign_in, two):
    first, _second, politics, _more = two
    registrar = sign_in(RegistrarFactory())
    url, chosen = f"/coursework/classes/{first.school_class_id}/recognise", f"?course={politics.id}"
    registrar.get(url + chosen)
    csv = "姓名,思想政治（一）\n岩温罕,88\n别人,70\n".encode()

    page = registrar.post(f"{url}/upload{chosen}", expect=200, file=(BytesIO(csv), "marks.csv"))

    assert 'value="88"' in page
    assert "有 1 行没有读进来" in page
    assert "别人" in page
    assert database.session.query(Attempt).count() == 0
    refused = registrar.post(f"{url}/upload{chosen}", expect=422, file=(BytesIO(b"a,b\n1,2\n"), "other.csv"))
    assert "没有找到表头" in refused


def test_table_is_handed_out(sign_in, two):
    first, _second, politics, _more = two
    registrar = sign_in(RegistrarFactory())
    url = f"/coursework/classes/{first.school_class_id}/recognise"
    registrar.get(f"{url}?course={politics.id}")

    registrar.post(f"{url}/table?course={politics.id}", expect=200)
    registrar.post(f"{url}/table")  # no course was chosen

    assert timeline(first.school_class)[0].action == "school_class.recognition_table"


def test_teachers_have_no_way_in_and_papers_are_for_who_keeps_the_records(sign_in, two):
    first, _second, politics, _more = two
    url = f"/coursework/classes/{first.school_class_id}/recognise"
    service.recognise_class(
        first.school_class, {(first.id, politics.id): "86"}, DECIDED, files=[("a.pdf", PDF)], by=None
    )
    teacher = MarkSheetFactory(school_class=first.school_class, course=politics).teacher
    homeroom = HomeroomTeacherFactory()
    first.school_class.homeroom_teacher = homeroom
    database.session.commit()

    assert [
        len(database.session.scalars(visible_to(user)).all())
        for user in (RegistrarFactory(), homeroom, teacher, HomeroomTeacherFactory(), SubjectTeacherFactory())
    ] == [1, 1, 0, 0, 0]
    for person in (teacher, homeroom):
        sign_in(person).get(url, expect=403)
