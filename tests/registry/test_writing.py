"""One column of the national sheet written into a record: read as an import reads it, and nothing else moves."""

from datetime import date

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.registry.records import record_of
from exchange.registry.service.writing import NotAcceptable, write_cells
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from exchange.students.service import set_history
from tests.factories.registry import complete_student


@pytest.mark.parametrize(
    ("heading", "text", "cell"),
    [
        ("联系电话", "139 0000 9999", "13900009999"),
        ("民族", "景颇", "景颇族"),
        ("政治面貌", "团员", "共青团员"),
        ("生源地行政区划码", "533122", "533122"),
        ("学生来源", "往届", "往届"),
        ("家庭现地址", "勐戛镇", "勐戛镇"),
        ("出生日期", "2010.5.6", "20100506"),
        ("成员1联系电话", "13800009999", "13800009999"),
        ("成员2姓名", "刀老大", "刀老大"),
        ("英文姓名", "Dao", "Dao"),
    ],
)
def test_cell_is_read_and_kept(db, heading, text, cell):
    student = complete_student()
    before = record_of(student).cells

    write_cells(student.id, {heading: text}, by=None)
    database.session.commit()

    assert record_of(student).cells == {**before, heading: cell}


def test_an_empty_cell_empties_the_column(db):
    student = complete_student()

    write_cells(student.id, {"联系电话": "", "户口性质": ""}, by=None)

    assert {"联系电话", "户口性质"} & set(record_of(student).cells) == set()


def test_poverty_and_the_day_of_enrolment_stay(db):
    student = complete_student(poverty="低保", enrolled_on=date(2026, 12, 15))

    write_cells(student.id, {"联系电话": "13900009999"}, by=None)
    database.session.commit()

    assert (student.poverty, student.enrolled_on) == ("低保", date(2026, 12, 15))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("联系电话", "12"),
        ("政治面貌", "少先队员"),
        ("生源地行政区划码", "999998"),
        ("身份证件号", "999999201005063010"),
        ("出生日期", "2009-01-01"),
        ("成员2联系电话", "13800009999"),
        ("姓名", ""),
    ],
)
def test_what_the_checks_refuse_is_not_written(db, heading, text):
    student = complete_student()
    before = record_of(student)

    with pytest.raises(NotAcceptable):
        write_cells(student.id, {heading: text}, by=None)
    database.session.rollback()

    assert record_of(student) == before


def test_the_enrolment_is_not_moved_from_under_a_history(db):
    student = complete_student(enrolled_on=date(2026, 9, 15))
    left = State(StudentStatus.ON_LEAVE, student.school_class_id)
    set_history(student, [Span(student.enrolled_on, state_of(student)), Span(date(2026, 10, 1), left)])

    with pytest.raises(NotAcceptable, match="入学年月不能再改"):
        write_cells(student.id, {"入学年月": "202611"}, by=None)


def test_identity_number_of_somebody_else_is_refused(db):
    student, other = complete_student(), complete_student()

    with pytest.raises(NotAcceptable, match=other.name):
        write_cells(student.id, {"身份证件号": other.resident_id}, by=None)


def test_change_leaves_a_line_with_its_source(db):
    student = complete_student()

    write_cells(student.id, {"联系电话": "13900009999"}, by=None, discrepancy=7)

    assert timeline(student)[0].changes == {"discrepancy": 7, "phone": ["13900001234", "13900009999"]}


def test_the_same_value_is_no_change(db):
    student = complete_student()

    assert write_cells(student.id, {"联系电话": "13900001234"}, by=None) == {}
    assert timeline(student) == []
