"""flask registry board, check and reconcile."""

import json

import pytest

from exchange.core.database import db as database
from exchange.registry.models import Reconciliation
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.registry import complete_student, registry_file, row_of


@pytest.fixture
def registrar(db):
    return RegistrarFactory(username="registrar")


def run(runner, *arguments, expect=0):
    result = runner.invoke(args=["registry", *map(str, arguments)])
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result


def test_board_as_one_document(runner, registrar):
    complete_student(without=("政治面貌",))
    assert json.loads(run(runner, "board", "--json").stdout) == {"batches": []}

    run(runner, "check")
    (batch,) = json.loads(run(runner, "board", "--json").stdout)["batches"]

    assert (batch["batch"], batch["due_on"], batch["students"]) == ("2026-autumn", "2026-11-20", 1)
    assert (batch["complete"], batch["submitted"], batch["confirmed"], batch["changed"]) == (0, 0, 0, 0)
    assert batch["lacks"] == [{"heading": "政治面貌", "who": "homeroom_teacher", "students": 1}]


def test_reconcile_says_what_is_open(runner, registrar, tmp_path):
    student = complete_student()
    path = tmp_path / "registry.xlsx"
    path.write_bytes(registry_file(row_of(student, 联系电话="13900003333")))

    differing = json.loads(run(runner, "reconcile", path, "--by", "registrar", "--json", expect=1).stdout)
    path.write_bytes(registry_file(row_of(student)))
    equal = json.loads(run(runner, "reconcile", path, "--by", "registrar", "--json").stdout)

    assert (differing["open"], differing["counts"]["new"]) == (1, 1)
    assert (equal["open"], equal["counts"]["gone"]) == (0, 1)


@pytest.mark.parametrize(
    "arguments", [[], ["--by", "nobody"], ["--by", "teacher"], ["--by", "registrar", "--class", "没有的班"]]
)
def test_reconcile_needs_somebody_entitled_and_a_class_that_exists(runner, registrar, tmp_path, arguments):
    HomeroomTeacherFactory(username="teacher")
    path = tmp_path / "registry.xlsx"
    path.write_bytes(registry_file(row_of(complete_student())))

    run(runner, "reconcile", path, *arguments, expect=2)

    assert database.session.query(Reconciliation).count() == 0


def test_unusable_file_leaves_nothing(runner, registrar, tmp_path):
    path = tmp_path / "registry.csv"
    path.write_text("a,b\n1,2\n")

    result = run(runner, "reconcile", path, "--by", "registrar", expect=2)

    assert "没有找到表头" in result.stderr
    assert database.session.query(Reconciliation).count() == 0
