"""Entering students: numbers that are free, however large the class is, and whoever has them already."""

import pytest
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.students import service
from exchange.students.models import Student
from exchange.students.service import NewStudent
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory, resident_id

pytestmark = pytest.mark.usefixtures("db")


def person(school_class, serial=0, **values):
    known = {"name": "刀玉兰", "sex": "female", "birth_date": "2010-05-06", "resident_id": resident_id(serial)}
    return NewStudent(known | values, school_class)


def numbers_given(people):
    ids = service.create_students(people, by=None)
    numbers = dict(database.session.execute(select(Student.id, Student.student_no)).all())
    database.session.commit()
    return [numbers[each] for each in ids]


@pytest.mark.parametrize("highest", [98, 99, 999, 1000, 9999])
def test_class_of_any_size_gets_the_next_number(highest):
    school_class = SchoolClassFactory(number=7)
    StudentFactory(student_no=f"202607{highest}", school_class=school_class)

    assert numbers_given([person(school_class)]) == [f"202607{highest + 1}"]


def test_number_that_reads_like_one_of_another_class_is_left_out():
    small, large = SchoolClassFactory(number=164), SchoolClassFactory(number=16)
    StudentFactory(student_no="202616401", school_class=small)
    StudentFactory(student_no="202616400", school_class=large)

    given = numbers_given([person(large, 1), person(small, 2), person(large, 3)])

    assert given == ["202616402", "202616404", "202616403"]


def test_number_of_another_class_does_not_move_the_series():
    small, large = SchoolClassFactory(number=16), SchoolClassFactory(number=164)
    StudentFactory(student_no="202616450", school_class=large)

    assert numbers_given([person(small)]) == ["20261601"]


def test_number_that_somebody_took_along_to_another_class_is_left_out():
    former, other = SchoolClassFactory(number=7), SchoolClassFactory(number=8)
    StudentFactory(student_no="20260701", school_class=other)

    assert numbers_given([person(former, 1), person(former, 2)]) == ["20260702", "20260703"]


def test_number_of_another_make_does_not_move_the_series():
    school_class = SchoolClassFactory(number=7)
    for number in ("20260700123", "2026079999999", "202607A1"):
        StudentFactory(student_no=number, school_class=school_class)

    assert numbers_given([person(school_class)]) == ["20260701"]


def test_giving_numbers_costs_the_same_few_statements_for_many_as_for_one(count_queries):
    def cost(people):
        with count_queries() as statements:
            numbers_given(people)
        return statements.count

    school_class = SchoolClassFactory(number=7)
    brought = [person(school_class, serial, student_no=f"B{serial}") for serial in range(100)]
    given = [person(school_class, serial) for serial in range(100, 200)]

    assert cost(given) - cost(brought) < 5


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"student_no": "1", "resident_id": resident_id(1)}, "学号"),
        ({"student_no": "2"}, "相同的学生"),
    ],
)
def test_number_and_person_that_somebody_else_entered_are_told_apart(values, words):
    school_class = SchoolClassFactory(number=7)
    StudentFactory(student_no="1", serial=0, resident_id=resident_id(0), school_class=school_class)
    database.session.commit()

    with pytest.raises(NotPossible, match=words):
        service.create_students([person(school_class, **values)], by=None)
