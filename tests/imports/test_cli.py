"""flask imports, on the roster in the national layout with planted faults."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.imports import cli, queries
from exchange.imports.models import Import, ImportRow, ImportStatus
from exchange.programmes.models import SchoolClass
from exchange.students.models import Guardian, Guardianship, Student
from tests.conftest import impatient
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.placements import PlacementFactory
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
    return database.session.scalar(select(func.count()).select_from(model))


def test_review_equals_the_expected_report(runner, school_class):
    expected = json.loads((DATA / "roster-2026-national.expected.json").read_text(encoding="utf-8"))

    found = review(runner)

    told = [{key: each[key] for key in ("row", "column", "code", "severity")} for each in found["findings"]]
    assert [found[key] for key in ("rows", "new", "rejected")] == [expected[key] for key in ("rows", "new", "rejected")]
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


def test_commit_lets_others_write_between_its_portions(runner, school_class, monkeypatch):
    number, seen = str(review(runner)["import"]), []

    def look():
        database.session.commit()
        with impatient() as other:
            other.execute(update(SchoolClass).values(number=8))
            other.commit()
            seen.append(other.scalar(select(func.count()).select_from(Student)))

    monkeypatch.setattr(queries, "PORTION", 10)
    monkeypatch.setattr(cli, "give_way", look)
    run(runner, "commit", number)

    assert seen == [10, 20, 30, 35]


def test_commit_that_was_interrupted_goes_on_where_it_stopped(runner, school_class, monkeypatch):
    number = str(review(runner)["import"])

    def stop():
        database.session.commit()
        raise KeyboardInterrupt

    monkeypatch.setattr(queries, "PORTION", 10)
    monkeypatch.setattr(cli, "give_way", stop)
    run(runner, "commit", number, expect=1)
    database.session.rollback()
    stopped = count(Student)
    monkeypatch.undo()

    assert (stopped, document(run(runner, "commit", number, "--json"))["committed"], count(Student)) == (10, 35, 35)


def test_undo_that_is_refused_leaves_the_import_committed(runner, school_class):
    number = str(review(runner)["import"])
    run(runner, "commit", number)
    PlacementFactory(student=database.session.scalars(select(Student)).first())

    run(runner, "undo", number, expect=2)

    import_ = database.session.scalars(select(Import)).one()
    assert (import_.status, count(Student)) == (ImportStatus.COMMITTED, 35)
    assert "已有实习" in import_.error


def test_commit_of_chosen_rows_writes_only_these(runner, school_class):
    number = str(review(runner)["import"])

    committed = document(run(runner, "commit", number, "--rows", "2,3,8", "--json"))

    assert (committed["committed"], count(Student)) == (3, 3)


def test_review_after_the_commit_finds_nothing_new(runner, school_class):
    run(runner, "commit", str(review(runner)["import"]))

    again = review(runner)

    assert (again["new"], again["changed"], again["unchanged"], again["rejected"]) == (0, 0, 35, 6)


def test_heading_can_be_mapped(runner, school_class, tmp_path):
    (tmp_path / "x.csv").write_text("大名,号码\n刀玉兰,999999201105161011\n,\n", encoding="utf-8")

    found = document(
        run(
            runner, "review", str(tmp_path / "x.csv"), "--class", CLASS,
            "--map", "大名=name", "--map", "号码=resident_id", "--json",
        )
    )  # fmt: skip

    assert (found["new"], found["columns"]) == (1, {"大名": "name", "号码": "resident_id"})


def test_refused_file_is_not_kept(runner, school_class, tmp_path):
    before = stored_files()
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    run(runner, "review", str(tmp_path / "x.csv"), "--class", CLASS, expect=2)

    assert stored_files() == before


def stored_files():
    return {path for path in store().folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["review", ROSTER, "--class", "没有的班"], "没有的班"),
        (["review", ROSTER, "--kind", "nonsense", "--class", CLASS], "nonsense"),
        (["review", "/nowhere/x.xlsx", "--class", CLASS], "/nowhere/x.xlsx"),
        (["review", __file__, "--class", CLASS], ".xlsx"),
        (["review", ROSTER, "--class", CLASS, "--map", "姓名"], "--map"),
        (["review", ROSTER, "--class", CLASS, "--map", "姓名=nonsense"], "nonsense"),
        (["review", ROSTER, "--class", CLASS, "--by", "nobody"], "nobody"),
        (["commit", "99"], "99"),
        (["commit", "x"], "x"),
        (["undo", "99"], "99"),
    ],
)
def test_unusable_input_ends_with_two_and_one_line(runner, school_class, arguments, sentence):
    result = run(runner, *arguments, "--json", expect=2)

    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert sentence in result.stderr
    assert (count(Import), count(ImportRow)) == (0, 0)


@pytest.mark.parametrize(("rows", "sentence"), [("4", "4"), ("2,99", "99"), ("2,x", "x"), ("", "")])
def test_rows_that_cannot_be_written_stop_the_commit(runner, school_class, rows, sentence):
    number = str(review(runner)["import"])

    result = run(runner, "commit", number, "--rows", rows, expect=2)

    assert sentence in result.stderr
    assert count(Student) == 0


@pytest.mark.parametrize("verb", ["commit", "undo"])
def test_second_time_is_refused(runner, school_class, verb):
    number = str(review(runner)["import"])
    run(runner, "commit", number)
    if verb == "undo":
        run(runner, "undo", number)

    result = run(runner, verb, number, expect=2)

    assert len(result.stderr.splitlines()) == 1


def test_actor_is_recorded(runner, school_class):
    RegistrarFactory(username="registrar")

    review(runner, "--by", "registrar")

    assert database.session.scalars(select(Import)).one().actor.username == "registrar"


def test_actor_needs_the_permission(runner, school_class):
    SubjectTeacherFactory(username="teacher")

    run(runner, "review", ROSTER, "--class", CLASS, "--by", "teacher", expect=2)
