"""Opening sheets, recording marks, handing in, publishing: what is changed, what is refused, what the trail says."""

import threading
from decimal import Decimal

import pytest
from sqlalchemy import select

from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.errors import UsageProblem
from exchange.core.workflow import InvalidTransition
from exchange.coursework import queries, service
from exchange.coursework.models import Mark, MarkSheet, Scale, SheetStatus, Special
from exchange.coursework.service import Asked
from exchange.coursework.workflow import SHEET_WORKFLOW
from exchange.students.models import StudentStatus
from tests.browser import Browser
from tests.factories.accounts import PrincipalFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory


@pytest.fixture
def column(db):
    """The only assessment of a sheet, of 100."""
    return AssessmentFactory(name="期末")


@pytest.fixture
def student(column):
    return StudentFactory(school_class=column.sheet.school_class)


def type_into(column, student, value, version=0, by=None):
    """Record one cell; gives back what became of it."""
    cells = [Asked(student.id, column.id, value, version)]
    return service.record_marks(column.sheet, cells, by=by or column.sheet.teacher).cells[0]


# Opening


def sheet_values(**changes):
    school_class = SchoolClassFactory()
    values = {
        "course": CourseFactory(programme=school_class.programme),
        "school_class": school_class,
        "term": TermFactory(),
        "teacher": SubjectTeacherFactory(),
        "assessments": [("平时", 40, 100), ("期末", 60, 100)],
        "by": RegistrarFactory(),
    }
    return {**values, **changes}


def test_open_sheet_keeps_its_assessments_in_order_and_is_recorded(db):
    sheet = service.open_sheet(**sheet_values())

    columns = queries.assessments_of(sheet)
    assert [(each.name, each.weight, each.maximum) for each in columns] == [("平时", 40, 100), ("期末", 60, 100)]
    assert sheet.status == SheetStatus.DRAFT
    assert [event.action for event in timeline(sheet)] == ["mark_sheet.opened"]


@pytest.mark.parametrize(
    ("assessments", "sentence"),
    [
        ([("平时", 40, 100), ("期末", 50, 100)], "现在是 90"),
        ([], "现在是 0"),
        ([("期末", 40, 100), ("期末", 60, 100)], "名称不能重复"),
        ([(" ", 100, 100)], "要有名称"),
        ([("期末", 100, 0)], "满分要在"),
        ([("期末", 120, 100), ("平时", -20, 100)], "占比要在"),
    ],
)
def test_open_sheet_refuses_assessments_that_make_no_sense(db, assessments, sentence):
    with pytest.raises(service.SheetProblem, match=sentence):
        service.open_sheet(**sheet_values(assessments=assessments))


def test_open_sheet_refuses_a_second_one_for_the_same_course_class_and_term(db):
    values = sheet_values()
    service.open_sheet(**values)

    with pytest.raises(service.SheetProblem, match="已经有成绩单"):
        service.open_sheet(**values)


def test_open_sheet_refuses_a_course_of_another_programme(db):
    foreign = CourseFactory(programme__major="710205")

    with pytest.raises(service.SheetProblem, match="不是"):
        service.open_sheet(**sheet_values(course=foreign))


# Recording


def test_record_marks_saves_a_new_mark_with_version_1_and_one_line(column, student):
    cell = type_into(column, student, "８８")

    mark = column_mark(column, student)
    assert (cell.status, cell.value, cell.version) == ("saved", "88", 1)
    assert (mark.score, mark.version, mark.updated_by) == (Decimal(88), 1, column.sheet.teacher)
    assert [(event.action, event.changes) for event in timeline(mark)] == [("mark.recorded", {"value": ["", "88"]})]


def column_mark(column, student):
    """The mark as it is in the database now."""
    found = select(Mark).where(Mark.assessment_id == column.id, Mark.student_id == student.id)
    return database.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def test_record_marks_changes_a_mark_and_keeps_old_and_new(column, student):
    mark = MarkFactory(assessment=column, student=student, score=Decimal(85))

    cell = type_into(column, student, "缺", version=1)

    assert (cell.status, cell.value, cell.version) == ("saved", "缺", 2)
    assert column_mark(column, student).special == Special.ABSENT
    assert timeline(mark)[0].action == "mark.changed"
    assert timeline(mark)[0].changes == {"value": ["85", "缺"]}
    assert timeline(mark)[0].actor == column.sheet.teacher


def test_record_marks_clears_a_mark_with_an_empty_value(column, student):
    MarkFactory(assessment=column, student=student)

    cell = type_into(column, student, " ", version=1)

    assert (cell.status, cell.value, cell.version) == ("saved", "", 2)
    assert column_mark(column, student).score is None


def test_record_marks_reports_a_conflict_and_changes_nothing(column, student):
    other = SubjectTeacherFactory(name="周老师")
    MarkFactory(assessment=column, student=student, score=Decimal(90), version=2, updated_by=other)

    cell = type_into(column, student, "70", version=1)

    assert (cell.status, cell.value, cell.version, cell.by) == ("conflict", "90", 2, "周老师")
    assert cell.at is not None
    assert column_mark(column, student).score == Decimal(90)


def test_record_marks_reports_a_conflict_where_someone_filled_an_empty_cell(column, student):
    type_into(column, student, "90")

    cell = type_into(column, student, "70")

    assert (cell.status, cell.value, cell.version) == ("conflict", "90", 1)


def test_record_marks_overwrites_after_a_conflict_when_sent_with_the_new_version(column, student):
    MarkFactory(assessment=column, student=student, score=Decimal(90), version=2)
    conflict = type_into(column, student, "70", version=1)

    cell = type_into(column, student, "70", version=conflict.version)

    assert (cell.status, cell.value, cell.version) == ("saved", "70", 3)


def test_record_marks_takes_a_repeated_request_as_saved_and_records_it_once(column, student):
    first = type_into(column, student, "88")
    second = type_into(column, student, "88.0")

    assert (first.status, first.version) == ("saved", 1)
    assert (second.status, second.version) == ("saved", 1)
    assert len(timeline(column_mark(column, student))) == 1


def test_record_marks_saves_the_good_cells_and_names_what_is_wrong_with_the_others(column):
    good, bad, worse = (StudentFactory(school_class=column.sheet.school_class) for _each in range(3))
    stranger = StudentFactory()
    typed = [(good, "88"), (bad, "abc"), (worse, "101"), (stranger, "90")]
    cells = [Asked(student.id, column.id, value, 0) for student, value in typed]
    cells.append(Asked(good.id, column.id + 1000, "90", 0))

    outcome = service.record_marks(column.sheet, cells, by=column.sheet.teacher)

    assert [cell.status for cell in outcome.cells] == ["saved", *["invalid"] * 4]
    assert [cell.value for cell in outcome.cells[1:3]] == ["abc", "101"]
    assert "不是成绩" in outcome.cells[1].message
    assert "0 到 100 分" in outcome.cells[2].message
    assert "不在这张成绩单上" in outcome.cells[3].message
    assert "不在这张成绩单上" in outcome.cells[4].message
    assert outcome.results == {good.id: "88 · 良好", bad.id: "", worse.id: ""}
    assert (outcome.missing, outcome.summary) == (2, "88.0")


@pytest.mark.parametrize("status", sorted(set(SheetStatus) - {SheetStatus.DRAFT}))
def test_record_marks_refuses_a_sheet_that_was_handed_in(column, student, status):
    column.sheet.status = status

    with pytest.raises(service.SheetLocked, match="不能再改"):
        type_into(column, student, "88", by=RegistrarFactory())


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"cells": 3},
        {"cells": [3]},
        {"cells": [{"student": 1}]},
        {"cells": [{"student": "1", "assessment": 1, "value": "", "version": 0}]},
        {"cells": [{"student": True, "assessment": 1, "value": "", "version": 0}]},
        {"cells": [{"student": 1, "assessment": 1, "value": [], "version": 0}]},
        {"cells": [{"student": 1, "assessment": 1, "value": "", "version": -1}]},
        {"cells": [{"student": 2**63, "assessment": 1, "value": "", "version": 0}]},
        {"cells": [{"student": 1, "assessment": 1, "value": "8", "version": 0}] * 2},
        {"cells": [{"student": n, "assessment": 1, "value": "8", "version": 0} for n in range(2001)]},
    ],
    ids=str,
)
def test_read_cells_refuses_what_is_not_agreed(app, document):
    with pytest.raises(UsageProblem):
        service.read_cells(document)


def test_read_cells_takes_numbers_and_null_as_values(app):
    cells = [{"student": n, "assessment": 1, "value": value, "version": 0} for n, value in enumerate([8, 8.5, None])]

    assert [cell.value for cell in service.read_cells({"cells": cells})] == ["8", "8.5", ""]


@pytest.mark.parametrize("version", [0, 1])
def test_two_writers_at_once_never_both_win(app, column, student, version):
    """Both send their value over the same version at the same moment: one is saved, the other is told."""
    if version:
        MarkFactory(assessment=column, student=student, score=Decimal(50), version=version)
    place = {"student": student.id, "assessment": column.id, "version": version}
    url = f"/coursework/sheets/{column.sheet.id}/marks"
    browsers = [Browser(app.test_client(user=user)) for user in (column.sheet.teacher, RegistrarFactory())]
    tokens = []
    for browser in browsers:
        browser.get(f"/coursework/sheets/{column.sheet.id}")
        tokens.append(browser.page.csrf_token)
    gate, answers = threading.Barrier(2), {}

    def send(number, value):
        gate.wait()
        headers = {"X-CSRFToken": tokens[number]}
        with app.app_context():
            answer = browsers[number].client.put(url, json={"cells": [{**place, "value": value}]}, headers=headers)
        answers[value] = answer.json["cells"][0]

    writers = [threading.Thread(target=send, args=each) for each in enumerate(["70", "90"])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(answer["status"] for answer in answers.values()) == ["conflict", "saved"]
    assert {answer["value"] for answer in answers.values()} == {f"{column_mark(column, student).score:.0f}"}
    assert len(timeline(column_mark(column, student))) == 1


# Handing in, publishing, sending back


def complete_sheet(status=SheetStatus.DRAFT):
    column = AssessmentFactory(sheet__status=status)
    student = StudentFactory(school_class=column.sheet.school_class)
    MarkFactory(assessment=column, student=student)
    return column.sheet


def test_submit_sheet_refuses_while_marks_are_missing_and_names_who(column):
    for name in ("岩温罕", "玉罕"):
        StudentFactory(school_class=column.sheet.school_class, name=name)

    with pytest.raises(service.MarksMissing, match="还缺 2 个成绩，先补上：岩温罕（期末）、玉罕（期末）。"):
        service.submit_sheet(column.sheet, by=column.sheet.teacher)

    assert column.sheet.status == SheetStatus.DRAFT


def test_submit_sheet_names_five_at_most(column):
    for _each in range(7):
        StudentFactory(school_class=column.sheet.school_class)

    with pytest.raises(service.MarksMissing, match=r"还缺 7 个成绩.* 等。"):
        service.submit_sheet(column.sheet, by=column.sheet.teacher)


def test_submit_sheet_refuses_a_class_without_students(column):
    with pytest.raises(service.MarksMissing, match="还没有学生"):
        service.submit_sheet(column.sheet, by=column.sheet.teacher)


def test_submit_sheet_does_not_wait_for_who_has_left(column, student):
    StudentFactory(school_class=column.sheet.school_class, status=StudentStatus.WITHDRAWN)
    MarkFactory(assessment=column, student=student)

    service.submit_sheet(column.sheet, by=column.sheet.teacher)

    assert column.sheet.status == SheetStatus.SUBMITTED
    assert timeline(column.sheet)[0].changes == {"status": ["draft", "submitted"]}


@pytest.mark.parametrize("name", sorted(SHEET_WORKFLOW.transitions))
@pytest.mark.parametrize("status", list(SheetStatus))
def test_change_status_follows_the_table(db, name, status):
    sheet = complete_sheet(status)
    step = SHEET_WORKFLOW.transitions[name]

    if status in step.sources:
        service.change_status(sheet, name, by=RegistrarFactory(), reason="录错一行")
        assert sheet.status == step.target
        assert timeline(sheet)[0].action == step.event.value
    else:
        with pytest.raises(InvalidTransition):
            service.change_status(sheet, name, by=RegistrarFactory(), reason="录错一行")


def test_reopen_sheet_needs_a_reason_and_keeps_it(db):
    sheet = complete_sheet(SheetStatus.LOCKED)

    with pytest.raises(service.SheetProblem, match="理由"):
        service.reopen_sheet(sheet, by=PrincipalFactory(), reason="  ")
    service.reopen_sheet(sheet, by=PrincipalFactory(), reason="录错一行")

    assert timeline(sheet)[0].reason == "录错一行"


def test_confirm_sheet_takes_a_second_person(db):
    sheet, registrar = complete_sheet(), RegistrarFactory()
    service.submit_sheet(sheet, by=registrar)

    for maker in (sheet.teacher, registrar):
        with pytest.raises(service.SamePerson, match="请另一位老师确认"):
            service.confirm_sheet(sheet, by=maker)
    service.confirm_sheet(sheet, by=RegistrarFactory())

    assert sheet.status == SheetStatus.CONFIRMED


def test_whole_life_of_a_sheet_stands_in_the_trail(db):
    sheet, registrar = complete_sheet(), RegistrarFactory()

    service.submit_sheet(sheet, by=sheet.teacher)
    service.return_sheet(sheet, by=registrar, reason="期中录错一行")
    service.submit_sheet(sheet, by=sheet.teacher)
    service.confirm_sheet(sheet, by=registrar)
    service.publish_sheet(sheet, by=registrar)
    service.lock_sheet(sheet, by=registrar)
    service.reopen_sheet(sheet, by=PrincipalFactory(), reason="复查试卷")

    assert sheet.status == SheetStatus.DRAFT
    steps = [event.action.removeprefix("mark_sheet.") for event in reversed(timeline(sheet))]
    assert steps == ["submitted", "returned", "submitted", "confirmed", "published", "locked", "reopened"]


def test_first_hand_in_is_kept_when_it_is_handed_in_again(db):
    sheet = complete_sheet()
    service.submit_sheet(sheet, by=sheet.teacher)
    first = sheet.handed_in_at
    service.return_sheet(sheet, by=RegistrarFactory(), reason="录错一行")

    service.submit_sheet(sheet, by=sheet.teacher)

    assert sheet.handed_in_at == first


def test_marks_of_a_sheet_that_was_handed_in_change_with_a_reason_only(column, student):
    mark = MarkFactory(assessment=column, student=student, score=Decimal(70))
    column.sheet.handed_in_at = now()
    cells = [Asked(student.id, column.id, "80", 1)]

    refused = service.record_marks(column.sheet, cells, by=column.sheet.teacher, reason=" ").cells[0]
    saved = service.record_marks(column.sheet, cells, by=column.sheet.teacher, reason="漏加一题").cells[0]

    assert (refused.status, refused.value) == ("invalid", "80")
    assert "要写理由" in refused.message
    assert saved.status == "saved"
    assert [(event.reason, event.changes) for event in timeline(mark)] == [("漏加一题", {"value": ["70", "80"]})]


def test_mark_that_stays_the_same_needs_no_reason(column, student):
    MarkFactory(assessment=column, student=student, score=Decimal(70))
    column.sheet.handed_in_at = now()

    assert type_into(column, student, "70", version=1).status == "saved"


@pytest.mark.parametrize(
    ("scale", "typed", "shown", "result"),
    [
        (Scale.LEVELS, "y", "优秀", "优秀 · 95"),
        (Scale.LEVELS, "不及格", "不及格", "不及格 · 50"),
        (Scale.PASS_FAIL, "合格", "合格", "合格"),
        (Scale.PASS_FAIL, "b", "不合格", "不合格"),
    ],
)
def test_record_marks_reads_and_writes_the_scale_of_the_sheet(column, student, scale, typed, shown, result):
    column.sheet.scale = scale
    cells = [Asked(student.id, column.id, typed, 0)]

    outcome = service.record_marks(column.sheet, cells, by=column.sheet.teacher)

    assert (outcome.cells[0].status, outcome.cells[0].value) == ("saved", shown)
    assert outcome.results == {student.id: result}
    assert timeline(column_mark(column, student))[0].changes == {"value": ["", shown]}


def test_open_sheet_gives_levels_the_maximum_of_their_points(db):
    sheet = service.open_sheet(**sheet_values(scale=Scale.LEVELS, assessments=[("总评", 100, 7)]))

    assert [(each.maximum, sheet.scale) for each in queries.assessments_of(sheet)] == [(100, Scale.LEVELS)]


def test_two_clicks_cannot_both_win(db):
    sheet = complete_sheet()
    version = sheet.version

    service.submit_sheet(sheet, by=sheet.teacher)
    db.session.commit()

    assert db.session.get_one(MarkSheet, sheet.id).version == version + 1


def test_marks_in_the_trail_are_sealed(db, column, student):
    type_into(column, student, "87.5")

    raw = db.session.execute(select(AuditEvent.__table__.c.changes).where(AuditEvent.action == "mark.recorded"))
    stored = db.session.connection().exec_driver_sql("SELECT changes FROM audit_event").scalars().all()
    assert raw.scalar_one() == {"value": ["", "87.5"]}
    assert all("87.5" not in str(each) for each in stored)
