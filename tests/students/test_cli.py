"""flask students export."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exchange.students.roster.identity import normalise_id
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

ROSTER = Path(__file__).parents[1] / "data" / "roster-2026-national.xlsx"
CLASS = "2026级云南班"


@pytest.fixture
def registrar(db):
    return RegistrarFactory(username="registrar")


def export(runner, *arguments, expect=0):
    result = runner.invoke(args=["students", "export", *map(str, arguments)])
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result


def rows(path):
    return list(load_workbook(path)["学生信息"].values)


def test_reviewed_names_come_back_letter_for_letter(runner, registrar, tmp_path):
    SchoolClassFactory(name=CLASS, number=7)
    reviewed = runner.invoke(args=["imports", "review", str(ROSTER), "--class", CLASS, "--json"])
    runner.invoke(args=["imports", "commit", str(json.loads(reviewed.stdout)["import"])])

    told = export(runner, tmp_path / "out.xlsx", "--class", CLASS, "--by", "registrar", "--json")

    source_rows = reversed(list(load_workbook(ROSTER).worksheets[0].values))  # of two rows with one number the first
    sheet = {normalise_id(str(row[4])): row for row in source_rows}
    written = rows(tmp_path / "out.xlsx")
    assert json.loads(told.stdout) == {"rows": 35}
    assert written[0] == tuple(sheet["身份证件号"][:73])
    for row in written[1:]:
        source = sheet[row[4]]
        assert row[0] == source[0].replace("・", "·")
        assert row[1] == source[1]
    assert [row[0] for row in written if "䶮" in row[0] or "𬡖" in row[0]] == ["排䶮木果", "线𬡖"]
    assert {row[7] for row in written[1:]} == {f"202607{serial:02d}" for serial in range(1, 36)}


def test_as_of_leaves_out_who_entered_later(runner, registrar, tmp_path):
    StudentFactory()

    told = export(runner, tmp_path / "out.xlsx", "--as-of", "2026-08-31", "--by", "registrar", "--json")

    assert json.loads(told.stdout) == {"rows": 0}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["out.xlsx"], "--by"),
        (["out.xlsx", "--by", "nobody"], "nobody"),
        (["out.xlsx", "--by", "teacher"], "teacher"),
        (["out.csv", "--by", "registrar"], ".xlsx"),
        (["out.xlsx", "--by", "registrar", "--class", "没有的班"], "没有的班"),
        (["out.xlsx", "--by", "registrar", "--as-of", "2026-13-01"], "2026-13-01"),
        (["missing/out.xlsx", "--by", "registrar"], "missing"),
    ],
)
def test_unusable_arguments_end_with_two_and_one_line(runner, registrar, tmp_path, arguments, sentence):
    SubjectTeacherFactory(username="teacher")

    result = export(runner, tmp_path / arguments[0], *arguments[1:], expect=2)

    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert sentence in result.stderr
    assert list(tmp_path.iterdir()) == []
