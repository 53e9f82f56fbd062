"""The review of whole rosters: the national file, outcomes, mapping, progress."""

import json
from pathlib import Path

import pytest

from exchange.core.spreadsheets import read
from exchange.students.roster import NothingKnown, Outcome, RosterReader, export_rows, export_workbook, review
from tests.students.roster.rosters import CLASS, GOOD, TODAY, Stored, person, reviewed

DATA = Path(__file__).parents[2] / "data"
NATIONAL = DATA / "roster-2026-national.xlsx"


@pytest.fixture(scope="module")
def national():
    return review(read(NATIONAL), class_name=CLASS, known=NothingKnown(), today=TODAY)


def test_the_national_roster_gives_what_is_expected(national):
    expected = json.loads((DATA / "roster-2026-national.expected.json").read_text(encoding="utf-8"))
    report = national.as_report()

    assert {name: report[name] for name in ("rows", "new", "rejected")} == {
        name: expected[name] for name in ("rows", "new", "rejected")
    }
    assert [row.number for row in national.rows if row.outcome is Outcome.REJECTED] == expected["rejected_rows"]
    findings = [
        {name: finding[name] for name in ("row", "column", "code", "severity")} for finding in report["findings"]
    ]
    assert [finding for finding in findings if finding["severity"] != "info"] == expected["findings"]
    assert report["columns"]["身份证件号"] == "resident_id"
    assert len(report["columns"]) == 73
    assert report["unmapped"] == []


def test_an_export_reviews_to_the_same_values(national):
    values = [row.values for row in national.rows if row.outcome is Outcome.NEW]

    again = review(read(export_workbook(values), "a.xlsx"), class_name=CLASS, known=NothingKnown(), today=TODAY)

    kept = [{name: value for name, value in one.items() if name != "name_as_written"} for one in values]
    assert [row.values for row in again.rows] == kept
    assert {"排䶮木果", "线𬡖"} <= {row.values["name"] for row in again.rows}


def test_an_exported_row_has_the_73_cells_in_national_order():
    row = next(export_rows([reviewed().rows[0].values]))

    assert len(row) == 73
    assert row[:5] == ["岩温", "男", "20110516", "", GOOD["身份证件号"]]
    assert row[49:51] == ["岩罕", "父亲"]


def test_a_person_who_is_there_already_is_unchanged_or_changed():
    stored = reviewed().rows[0].values

    same = reviewed(GOOD, known=Stored(stored)).rows[0]
    moved = reviewed({**GOOD, "联系电话": "13800000001", "民族": ""}, known=Stored(stored)).rows[0]

    assert same.outcome is Outcome.UNCHANGED
    assert moved.outcome is Outcome.CHANGED
    assert moved.changes == {"phone": ("13800000000", "13800000001")}


def test_a_leftover_column_that_differs_is_a_change_of_its_own():
    stored = reviewed({**GOOD, "考试总分": "500", "考生号": "1"}).rows[0].values

    row = reviewed({**GOOD, "考试总分": "512", "考生号": "1"}, known=Stored(stored)).rows[0]

    assert row.changes == {"national": ({"考试总分": "500"}, {"考试总分": "512"})}


def test_a_rejected_row_keeps_what_was_written():
    row = reviewed({**GOOD, "姓名": ""}).rows[0]

    assert row.outcome is Outcome.REJECTED
    assert row.written["身份证件号"] == GOOD["身份证件号"]


def test_empty_birth_date_and_sex_are_taken_from_the_id():
    row = reviewed({**GOOD, "出生日期": "", "性别": ""}).rows[0]

    assert (row.values["birth_date"], row.values["sex"]) == ("2011-05-16", "male")


def test_progress_ends_with_the_number_of_people():
    steps = []

    reviewed(*(person(number) for number in range(1, 4)), progress=lambda done, total: steps.append((done, total)))

    assert steps[-1] == (3, 3)


def test_the_system_is_asked_for_many_at_once():
    asked = []

    class Counting(NothingKnown):
        def prepare(self, resident_ids, class_names):
            asked.append(len(resident_ids))

    reviewed(
        *(person(number) for number in range(1, 450)), *(person(number) for number in range(450, 601)), known=Counting()
    )

    assert asked == [500, 100]


def test_rows_can_be_read_one_by_one():
    reader = RosterReader(read(NATIONAL), CLASS, NothingKnown(), TODAY)

    assert next(reader.rows()).number == 2
