"""What holds for any student, however the sheet spells it."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.core.spreadsheets import Sheet, read
from exchange.students.roster import NATIONAL_HEADINGS, NothingKnown, Outcome, export_rows, export_workbook, review
from exchange.students.roster.names import LOOK_ALIKES
from tests.examples import examples
from tests.students.roster.rosters import CLASS, GOOD, TODAY, Stored, reviewed
from tests.students.roster.strategies import HAN, valid_students

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")
BETWEEN = st.text(" -\u3000\u00a0\u2010\u2013\u2014\u200b\ufeff\t", max_size=3)
STUDENTS = st.lists(valid_students(), min_size=1, max_size=3, unique_by=lambda student: student["resident_id"])


def rows_of(sheets, known=None):
    return review(sheets, class_name=CLASS, known=known or NothingKnown(), today=TODAY).rows


def sheet_of(students):
    return Sheet.of([NATIONAL_HEADINGS, *export_rows(students)])


@examples(80)
@given(valid_students())
def test_an_exported_student_reviews_to_the_same_values(student):
    (row,) = rows_of([sheet_of([student])])

    assert [finding.message for finding in row.findings if finding.severity == "error"] == []
    assert row.values == student


@examples(20)  # each reads a workbook in a process of its own
@given(STUDENTS)
def test_a_workbook_gives_students_back_letter_for_letter(students):
    rows = rows_of(read(export_workbook(students), "a.xlsx"))

    assert [row.values for row in rows] == students
    assert {row.outcome for row in rows} == {Outcome.NEW}
    assert [*export_rows(row.values for row in rows)] == [*export_rows(students)]


@examples(30)
@given(STUDENTS)
def test_whoever_is_stored_is_unchanged(students):
    rows = rows_of([sheet_of(students)], known=Stored(*students))

    assert [(row.outcome, row.changes) for row in rows] == [(Outcome.UNCHANGED, {})] * len(students)


def test_the_students_of_these_tests_have_something_in_every_column():
    filled = set()

    @settings(examples(400), derandomize=True, database=None)
    @given(valid_students())
    def look(student):
        cells = zip(NATIONAL_HEADINGS, next(export_rows([student])), strict=True)
        filled.update(heading for heading, cell in cells if cell)

    look()

    assert set(NATIONAL_HEADINGS) - filled == set()


@examples(80)
@given(st.lists(st.text(HAN, min_size=1, max_size=5), min_size=2, max_size=4), st.data())
def test_any_look_alike_separator_gives_the_same_stored_name(parts, data):
    written = parts[0]
    for part in parts[1:]:
        mark = data.draw(st.sampled_from(LOOK_ALIKES + "\u00b7"))
        written += data.draw(st.sampled_from(["", " ", "\u3000"])) + mark + part

    (row,) = reviewed({**GOOD, "姓名": written}).rows

    assert row.values["name"] == "\u00b7".join(parts)
    assert row.outcome is Outcome.NEW


@examples(80)
@given(st.text(HAN, min_size=1, max_size=20))
def test_no_normal_form_reaches_a_name(name):
    (row,) = reviewed({**GOOD, "姓名": name}).rows

    assert row.values["name"] == name
    assert unicodedata.normalize("NFKC", name) == name or row.values["name"] != unicodedata.normalize("NFKC", name)


@examples(40)
@given(valid_students(), st.data())
def test_any_spelling_of_a_number_is_the_same_person(student, data):
    number = student["resident_id"]
    cells = dict(zip(NATIONAL_HEADINGS, next(export_rows([student])), strict=True))
    spelt = [data.draw(st.sampled_from([each, each.translate(WIDE), each.lower()])) for each in number]
    if "id_type" in student and student["id_type"] == "护照":
        spelt = list(number)
    cells["身份证件号"] = "".join(each + data.draw(BETWEEN) for each in spelt)

    (row,) = reviewed(cells, known=Stored(student)).rows

    assert (row.values["resident_id"], row.outcome) == (number, Outcome.UNCHANGED)
