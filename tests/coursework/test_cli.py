"""``flask coursework import-marks``: what it prints, what it writes, and how it ends."""

import json
from decimal import Decimal

import pytest

from exchange.core.database import db as database
from exchange.coursework import service
from exchange.coursework.models import Mark, SheetStatus
from tests.factories.accounts import SubjectTeacherFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory
from tests.factories.students import StudentFactory


@pytest.fixture
def column(db):
    return AssessmentFactory(name="期末")


@pytest.fixture
def students(column):
    school_class = column.sheet.school_class
    return [StudentFactory(school_class=school_class, student_no=f"2025010{number}") for number in (1, 2)]


@pytest.fixture
def run(app, column, students):
    database.session.commit()

    def run(*words):
        return app.test_cli_runner().invoke(args=["coursework", "import-marks", *map(str, words)])

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("学号,期末\n20250101,88\n20250102,八\n20250109,70\n", "utf-8")
    return path


def test_import_writes_what_can_be_read_and_ends_with_one(run, column, students, file):
    done = run(file, "--sheet", column.sheet.id, "--by", column.sheet.teacher.username, "--json")

    document = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [document[name] for name in ("status", "rows", "new", "rejected", "conflicts")] == ["written", 3, 1, 2, 0]
    assert [(each["row"], each["column"], each["code"]) for each in document["findings"]] == [
        (3, "期末", "mark.unreadable"),
        (4, "", "student.unknown"),
    ]
    assert "第 4 行：20250109不在这张成绩单上。" in done.stderr
    assert database.session.query(Mark).one().score == Decimal(88)


def test_preview_writes_nothing(run, column, file):
    done = run(file, "--sheet", column.sheet.id, "--preview", "--json")

    assert json.loads(done.stdout)["status"] == "previewed"
    assert database.session.query(Mark).count() == 0


@pytest.mark.parametrize(
    ("existing", "score", "counts"), [("keep", 70, (0, 1)), ("replace", 60, (1, 0)), ("better", 70, (0, 1))]
)
def test_existing_marks_are_treated_as_asked(run, column, students, tmp_path, existing, score, counts):
    MarkFactory(assessment=column, student=students[0], score=Decimal(70))
    database.session.commit()
    path = tmp_path / "marks.csv"
    path.write_text("学号,期末\n20250101,60\n", "utf-8")

    done = run(path, "--sheet", column.sheet.id, "--existing", existing, "--json")

    document = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (document["replaced"], document["kept"]) == counts
    assert database.session.query(Mark).one().score == Decimal(score)


def test_workbook_of_ours_names_its_sheet(run, column, students, tmp_path):
    MarkFactory(assessment=column, student=students[0], score=Decimal(70))
    path = tmp_path / "marks.xlsx"
    path.write_bytes(service.download(column.sheet, by=None))
    database.session.commit()

    done = run(path, "--json")

    document = json.loads(done.stdout)
    assert (done.exit_code, document["sheet"], document["unchanged"]) == (0, column.sheet.id, 1)


def test_what_cannot_be_used_is_one_line_and_status_two(run, column, file, tmp_path):
    stranger = SubjectTeacherFactory()
    database.session.commit()
    asked = {
        "加上 --sheet": [file],
        "没有编号为 9999 的成绩单": [file, "--sheet", 9999],
        "打不开文件": [tmp_path / "nothing.csv", "--sheet", column.sheet.id],
        "不能录这张成绩单": [file, "--sheet", column.sheet.id, "--by", stranger.username],
        "没有名为": [file, "--sheet", column.sheet.id, "--by", "nobody"],
    }

    ended = {sentence: run(*words) for sentence, words in asked.items()}

    assert {sentence: done.exit_code for sentence, done in ended.items()} == dict.fromkeys(asked, 2)
    assert [sentence for sentence, done in ended.items() if sentence not in done.stderr] == []
    assert [len(done.stderr.splitlines()) for done in ended.values()] == [1] * len(asked)
    assert database.session.query(Mark).count() == 0


def test_sheet_that_was_handed_in_is_refused(run, column, file):
    column.sheet.status = SheetStatus.SUBMITTED
    database.session.commit()

    done = run(file, "--sheet", column.sheet.id)

    assert done.exit_code == 2
    assert "已提交，不能再改" in done.stderr
