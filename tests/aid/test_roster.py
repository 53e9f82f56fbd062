"""Hardship as the national sheet of a day says it: on each side of every date, and for whom."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange.aid.categories import categories
from exchange.aid.queries.roster import roster_words
from exchange.core.database import now
from exchange.reference.codes import code_list
from exchange.registry.records import HARDSHIP
from exchange.students.hardship import SOURCES, register_hardship
from exchange.students.service import export
from tests.conftest import empty
from tests.examples import examples
from tests.factories.accounts import AidOfficerFactory, PrincipalFactory, RegistrarFactory
from tests.factories.aid import PovertyStatusFactory
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.usefixtures("db")
BEGAN, ENDED = date(2026, 9, 1), date(2026, 11, 1)
LAST = date(2026, 10, 31)


def word(imported, *statuses, day=LAST):
    """The word for a student with these statuses; None where the imported value counts."""
    student = StudentFactory(poverty=imported)
    for code, begins_on, until in statuses:
        PovertyStatusFactory(student=student, category_code=code, begins_on=begins_on, until=until)
    return roster_words(day, [student]).get(student.id)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 8, 31), None), (BEGAN, "低保"), (LAST, "低保"), (ENDED, "否")],
)
def test_recorded_hardship_counts_from_its_first_day_and_is_over_at_its_end(day, expected):
    assert word("脱贫户", ("DB", BEGAN, ENDED), day=day) == expected


@pytest.mark.parametrize("imported", ["脱贫户", "建档立卡", "是"])
def test_imported_word_stays_where_it_means_what_is_recorded(imported):
    assert word(imported, ("TPH", BEGAN, None)) == imported


@pytest.mark.parametrize(
    ("imported", "statuses", "expected"),
    [
        (None, [], None),
        (None, [("TPH", BEGAN, None)], "脱贫户"),
        ("否", [("TPH", BEGAN, None)], "脱贫户"),
        ("脱贫户", [("NONE", BEGAN, None)], "否"),
        ("脱贫户", [("TPH", BEGAN, ENDED), ("JC_BYYZP", date(2026, 10, 1), None)], "脱贫户"),
        ("低保", [("TPH", BEGAN, None), ("JC_BYYZP", date(2026, 10, 1), None)], "监测对象"),
        ("低保", [("TPH", BEGAN, None), ("NONE", date(2026, 10, 1), None)], "脱贫户"),
    ],
)
def test_newest_kind_is_written_where_the_imported_word_means_none_of_them(imported, statuses, expected):
    assert word(imported, *statuses) == expected


def test_kind_for_which_the_sheet_has_no_word_leaves_the_imported_value():
    assert word("脱贫户", ("GE", BEGAN, None)) is None


def test_void_record_leaves_the_imported_value():
    status = PovertyStatusFactory(category_code="DB", begins_on=BEGAN, voided_at=now())

    assert roster_words(LAST, [status.student]) == {}


def cells(by, **day):
    sheet = load_workbook(BytesIO(export(school_class=None, by=by, **day).content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [row[head.index(HARDSHIP)] for row in rows]


@pytest.mark.parametrize(("as_of", "said"), [(LAST, "低保"), (ENDED, "否"), (None, "否")])
def test_export_says_to_the_aid_officer_what_held_on_the_day(as_of, said):
    student = StudentFactory(poverty="脱贫户", enrolled_on=date(2026, 9, 1))
    PovertyStatusFactory(student=student, category_code="DB", begins_on=BEGAN, until=ENDED)

    assert cells(AidOfficerFactory(), as_of=as_of) == [said]


@pytest.mark.parametrize("somebody", [RegistrarFactory, PrincipalFactory])
def test_export_says_nothing_of_hardship_to_anybody_else(somebody):
    PovertyStatusFactory(student__poverty="脱贫户", category_code="DB", begins_on=BEGAN)

    assert cells(somebody()) == [None]


def test_source_is_asked_once_however_many_applications_a_process_builds():
    before = list(SOURCES)

    register_hardship(roster_words)

    assert before == SOURCES
    assert before.count(roster_words) == 1


@examples(20)
@given(
    st.sampled_from([None, *code_list("hardship").names]),
    st.lists(st.tuples(st.sampled_from(sorted(categories())), st.dates(date(2019, 1, 1), LAST)), max_size=4),
)
def test_every_word_that_is_written_can_be_read_again(app, imported, statuses):
    with app.app_context():
        empty()

        said = word(imported, *((code, begins_on, None) for code, begins_on in statuses))

        assert said is None or said in code_list("hardship").names
