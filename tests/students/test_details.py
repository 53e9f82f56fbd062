"""What a registrar changes directly, and what never."""

import pytest

from exchange.audit.queries import timeline
from exchange.students import service
from tests.factories.students import StudentFactory


def test_details_are_changed_with_one_line_that_keeps_the_old(db):
    student = StudentFactory(phone="13800000001", home_school="芒市职校")

    service.change_details(student, phone="13800000002", home_school="芒市职校", county_of_origin="533123", by=None)

    assert (student.phone, student.county_of_origin) == ("13800000002", "533123")
    assert timeline(student)[0].changes == {
        "phone": ["13800000001", "13800000002"],
        "county_of_origin": ["533103", "533123"],
    }


def test_nothing_changed_leaves_no_line(db):
    student = StudentFactory(phone="13800000001")

    service.change_details(student, phone="13800000001", by=None)

    assert timeline(student) == []


@pytest.mark.parametrize("field", ["status", "school_class_id", "name", "resident_id", "birth_date", "sex"])
def test_status_class_and_identity_are_not_changed_here(db, field):
    with pytest.raises(TypeError):
        service.change_details(StudentFactory(), by=None, **{field: "x"})


def test_county_that_does_not_exist_is_refused(db):
    with pytest.raises(service.UnknownArea, match="990000"):
        service.change_details(StudentFactory(), county_of_origin="990000", by=None)
