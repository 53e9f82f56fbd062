"""Search by everything people type, and what a list costs."""

import pytest
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.students import queries
from exchange.students.models import Student
from exchange.students.queries import records
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

NUMBER = "999999201005062018"
PEOPLE = [("岩温", "yan wen", "yw"), ("岩罕", "yan han", "yh"), ("刀温", "dao wen", "dw")]


@pytest.mark.parametrize(
    "q",
    ["刀玉", "玉兰", "dao yu lan", "daoyulan", "Dao Yulan", "yulan", "dyl", "DYL", "20260712", "2026 07", NUMBER],
)
def test_student_is_found_by_what_people_type(db, q):
    wanted = StudentFactory(
        name="刀玉兰", pinyin="dao yu lan", initials="dyl", student_no="20260712", resident_id=NUMBER
    )
    StudentFactory(name="早文瑞", pinyin="zao wen rui", initials="zwr", student_no="20250101")

    found = list(database.session.scalars(queries.listed(select(Student), q=q)))

    assert found == [wanted]


@pytest.mark.parametrize("q", ["艾·岩", "艾•岩温", "艾岩温", "岩温"])
def test_name_with_separator_is_found_with_any_or_none(db, q):
    wanted = StudentFactory(name="艾·岩温", pinyin="ai yan wen", initials="ayw")

    assert list(database.session.scalars(queries.listed(select(Student), q=q))) == [wanted]


@pytest.mark.parametrize("q", ["%", "_", "0%", "'", "王五"])
def test_nothing_else_is_found(db, q):
    StudentFactory(name="刀玉兰", pinyin="dao yu lan", initials="dyl")

    assert list(database.session.scalars(queries.listed(select(Student), q=q))) == []


def test_shared_names_are_told_apart(db):
    first, other = StudentFactory(name="相恩凯"), StudentFactory(name="早文瑞")
    StudentFactory(name="相恩凯")

    assert queries.shared_names([first, other], select(Student)) == {"相恩凯"}


@pytest.mark.parametrize(("q", "found"), [("9", 2), ("99", 1), ("998", 0), ("9a", 1), ("0", 0)])
def test_number_is_found_by_its_beginning(db, q, found):
    StudentFactory(student_no="990101")
    StudentFactory(student_no="9a01")

    assert len(list(database.session.scalars(queries.listed(select(Student), q=q)))) == found


@pytest.mark.parametrize("sort", ["number", "-number", "name", "-name", "class"])
@pytest.mark.parametrize("q", ["岩", "温", "yan", "wen", "y", "yw", "岩温"])
def test_search_that_many_match_finds_the_same_in_the_same_order(db, monkeypatch, q, sort):
    classes = [SchoolClassFactory(name=name) for name in ("乙班", "甲班")]
    for place in range(9):
        name, pinyin, initials = PEOPLE[place % len(PEOPLE)]
        StudentFactory(name=name, pinyin=pinyin, initials=initials, school_class=classes[place % 2])

    def found(few, **narrowed):
        monkeypatch.setattr(records, "FEW", few)
        listing = queries.searched(select(Student), q=q, sort=sort, **narrowed)
        return list(database.session.scalars(listing.students)), listing.total

    for narrowed in ({}, {"class_name": "甲班"}):
        students, total = found(500, **narrowed)
        same, more = found(1, **narrowed)

        assert same == students
        assert total == len(students)
        assert more == min(total, 2)
