"""Look-ups of terms and classes."""

from datetime import date

import pytest

from exchange.core.database import db as database
from exchange.programmes import queries
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory


@pytest.mark.parametrize(
    ("day", "number"), [(date(2026, 9, 1), 1), (date(2027, 2, 1), 1), (date(2027, 3, 1), 2), (date(2026, 8, 31), None)]
)
def test_current_term_is_the_one_that_began_last(db, day, number):
    TermFactory()
    TermFactory(number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))

    term = queries.current_term(day)

    assert (term and term.number) == number


def test_classes_are_found_by_part_of_the_name(db):
    SchoolClassFactory(name="2026级云南班")
    SchoolClassFactory(name="2026级旅游班")

    assert [each.name for each in database.session.scalars(queries.classes("云南"))] == ["2026级云南班"]
    assert database.session.scalars(queries.classes("%")).all() == []


def test_courses_stand_in_the_order_in_which_they_are_taught(db):
    later, first = CourseFactory(term_of_study=2), CourseFactory(term_of_study=1)

    assert queries.courses_of(first.programme_id) == [first, later]


def test_find_class_takes_the_whole_name_only(db):
    school_class = SchoolClassFactory(name="2026级云南班")

    assert queries.find_class("2026级云南班") == school_class
    assert queries.find_class("云南班") is None
