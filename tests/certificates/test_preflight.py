import pytest

from exchange.certificates.kinds import kind_named, read_settings
from exchange.certificates.models import NumberSeries
from exchange.certificates.preflight import preflight
from exchange.core.database import db as database
from exchange.students.models import StudentStatus
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.usefixtures("db")

LETTER = kind_named("enrolment_letter")
HONOUR = kind_named("honour_certificate")
GLORY = {"title": "三好学生", "event": "技能节", "school_year": "2025—2026"}


def codes(student, kind=LETTER, settings=None):
    checked = preflight(kind, [student], settings or read_settings(LETTER, []))
    return [finding.code for finding in checked.findings]


def test_preflight_finds_nothing_about_a_registered_student():
    assert codes(StudentFactory()) == []


@pytest.mark.parametrize("status", [status for status in StudentStatus if status != StudentStatus.REGISTERED])
def test_preflight_stops_a_letter_for_somebody_who_does_not_study_here(status):
    assert codes(StudentFactory(status=status)) == ["status.not_enrolled"]


def test_preflight_names_the_character_that_no_face_has():
    student = StudentFactory(name="岩\ue815罕")

    checked = preflight(LETTER, [student], read_settings(LETTER, []))

    assert [finding.code for finding in checked.findings] == ["glyph.missing"]
    assert "U+E815" in checked.findings[0].message


@pytest.mark.parametrize("name", ["岩䶮罕", "岩㛃", "岩𬱖", "岩𠮷", "阿依古丽·买买提", "寸" + "玉" * 24])
def test_preflight_prints_rare_and_long_names(name):
    assert codes(StudentFactory(name=name)) == []


def test_preflight_says_that_a_purpose_does_not_fit():
    settings = {"purpose": "很长" * 400, "valid_days": "90"}

    assert codes(StudentFactory(), settings=settings) == ["text.overflow"]


def test_preflight_stops_an_internship_certificate_before_the_end():
    student = StudentFactory()

    assert codes(student, kind_named("internship_certificate"), {}) == ["internship.not_ended"]


def test_preflight_stops_a_transcript_without_results():
    assert codes(StudentFactory(), kind_named("transcript"), {}) == ["field.missing"]


def test_preflight_passes_an_honour_to_who_has_none():
    assert codes(StudentFactory(), HONOUR, GLORY) == []


def test_preflight_spends_no_number():
    preflight(LETTER, [StudentFactory()], read_settings(LETTER, []))

    assert database.session.query(NumberSeries).count() == 0


def test_preflight_document_counts_people_and_names_reasons():
    ready, gone = StudentFactory(), StudentFactory(status=StudentStatus.WITHDRAWN)

    document = preflight(LETTER, [ready, gone], read_settings(LETTER, [])).document()

    assert (document["ready"], document["blocked"]) == (1, 1)
    assert document["findings"] == [
        {
            "student_no": gone.student_no,
            "code": "status.not_enrolled",
            "message": "学籍状态是“退学”，不能开具。",
        }
    ]
