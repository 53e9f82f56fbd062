"""What a county writes is read with the checks of the roster."""

from datetime import date

import pytest

from exchange.enrolment.reading import read_application
from exchange.students.models import Sex
from tests.factories.students import resident_id

TODAY = date(2026, 5, 1)
NUMBER = resident_id(3, date(2011, 2, 3), Sex.MALE)
WRITTEN = {
    "name": "岩·温罕",
    "resident_id": NUMBER,
    "ethnicity": "傣族",
    "guardian_name": "岩母",
    "guardian_relation": "母亲",
    "guardian_phone": "13800000001",
}


def test_sex_and_birth_date_come_from_the_number(app):
    reading = read_application(WRITTEN, today=TODAY)

    assert (reading.problems, reading.notes) == ({}, [])
    assert (reading.values["sex"], reading.values["birth_date"]) == (Sex.MALE, date(2011, 2, 3))
    assert (reading.values["ethnicity"], reading.values["guardian_relation"]) == ("18", "母亲")


def test_full_width_digits_and_spaces_are_read(app):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER[:17]) + f" {NUMBER[17].lower()}"

    assert read_application({**WRITTEN, "resident_id": wide}, today=TODAY).values["resident_id"] == NUMBER


@pytest.mark.parametrize(
    ("flaw", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "岩<b>"}, "name"),
        ({"resident_id": ""}, "resident_id"),
        ({"resident_id": NUMBER[:-1]}, "resident_id"),
        ({"resident_id": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "resident_id"),
        ({"sex": "女"}, "sex"),
        ({"birth_date": "2011-02-04"}, "birth_date"),
        ({"ethnicity": "僳僳族"}, "ethnicity"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(app, flaw, field):
    reading = read_application(WRITTEN | flaw, today=TODAY)

    assert list(reading.problems) == [field]
    assert reading.values == {}


@pytest.mark.parametrize("flaw", [{"guardian_phone": ""}, {"guardian_phone": "12345"}, {"name": "岩•温罕"}])
def test_what_may_be_right_is_only_noted(app, flaw):
    reading = read_application(WRITTEN | flaw, today=TODAY)

    assert reading.problems == {}
    assert len(reading.notes) == 1


def test_an_adult_needs_no_guardian(app):
    adult = {"resident_id": resident_id(3, date(2008, 5, 1)), "guardian_name": "", "guardian_phone": ""}

    assert read_application(WRITTEN | adult, today=TODAY).notes == []
