"""What the rules of admission and registration find, on each side of their edges."""

from dataclasses import replace

import pytest

from exchange.enrolment.models import EntryDocument
from exchange.enrolment.rules import ADMISSION, REGISTRATION, Candidate, Newcomer

READY = Newcomer(
    documents=frozenset({EntryDocument.ADMISSION_LETTER, EntryDocument.IDENTITY_CARD, EntryDocument.JUNIOR_DIPLOMA}),
    has_class=True,
    student_no="",
)


@pytest.mark.parametrize(
    ("places", "taken", "found"),
    [(8, 7, []), (8, 8, ["ENR-01"]), (8, 9, ["ENR-01"]), (0, 0, ["ENR-01"]), (None, 99, [])],
)
def test_admission_asks_for_a_place_that_is_left(places, taken, found):
    assert [finding.rule.code for finding in ADMISSION.findings(Candidate(places, taken))] == found


@pytest.mark.parametrize(
    ("flaw", "found"),
    [
        ({}, []),
        ({"documents": READY.documents - {EntryDocument.ADMISSION_LETTER}}, ["XJ-01"]),
        ({"documents": READY.documents - {EntryDocument.IDENTITY_CARD}}, ["XJ-01"]),
        ({"documents": READY.documents - {EntryDocument.IDENTITY_CARD} | {EntryDocument.HOUSEHOLD_REGISTER}}, []),
        ({"documents": READY.documents - {EntryDocument.JUNIOR_DIPLOMA}}, ["ENR-03"]),
        ({"has_class": False}, ["ENR-02"]),
        ({"student_no": "20260101"}, ["XJ-09"]),
        ({"student_no": "20260101", "documents": frozenset()}, ["XJ-09", "XJ-01", "ENR-03"]),
    ],
)
def test_registration_finds_the_flaw(flaw, found):
    assert [finding.rule.code for finding in REGISTRATION.findings(replace(READY, **flaw))] == found


def test_double_registration_names_the_record_in_both_languages():
    (finding,) = REGISTRATION.findings(replace(READY, student_no="20260101"))

    assert "20260101" in finding.message.zh
    assert "20260101" in finding.message.en
