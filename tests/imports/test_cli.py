"""flask imports, on the roster in the national layout with planted faults."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from exchange.imports.models import Import, ImportRow
from exchange.students.models import Guardian, Guardianship, Student
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.programmes import SchoolClassFactory

DATA = Path(__file__).parents[1] / "data"
ROSTER = str(DATA / "roster-2026-national.xlsx")
CLASS = "2026级云南班"


@pytest.fixture
def school_class(db):
    return SchoolClassFactory(name=CLASS, number=7)


def run(runner, *arguments, expect=0):
    result = runner.invoke(args=["imports", *arguments])
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result


def document(result):
    return json.loads(result.stdout)


def review(runner, *more, expect=1):
    return document(run(runner, "review", ROSTER, "--kind", "roster", "--class", CLASS, "--json", *more, expect=expect))


def count(model):
    from exchange.core.database import db

    return db.session.scalar(select(func.count()).select_from(model))


def test_review_equals_the_expected_report(runner, school_class):
    expected = json.loads((DATA / "roster-2026-national.expected.json").read_text(encoding="utf-8"))

    found = review(runner)

    told = [{key: each[key] for key in ("row", "column", "code", "severity")} for each in found["findings"]]
    assert {key: found[key] for key in ("rows", "new", "rejected")} == {key: expected[key] for key in ("rows", "new", "rejected")}
    assert [each for each in told if each["severity"] != "info"] == expected["findings"]
    assert (found["status"], found["changed"], found["unchanged"], found["unmapped"]) == ("reviewed", 0, 0, [])
    assert count(Student) == 0


def test_commit_writes_35_students_and_undo_takes_them_back(runner, school_class):
    number = str(review(runner)["import"])

    committed = document(run(runner, "commit", number, "--json"))
    students = count(Student)
    undone = document(run(runner, "undo", number, "--json"))

    assert (committed["status"], committed["committed"], students) == ("committed", 35, 35)
    assert (undone["status"], count(Student), count(Guardian), count(Guardianship)) == ("undone", 0, 0, 0)
