"""A list of the registry that covers few of the students asks one question before anybody is missing."""

import json

import pytest

from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.registry.models import Discrepancy, Reconciliation
from exchange.registry.service import missing
from exchange.registry.values import DifferenceKind, DiscrepancyStatus
from exchange.students.models import StudentStatus
from tests.factories.accounts import RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.registry import compared, complete_student, row_of, sent
from tests.factories.registry import registry_file as file_of

Kind, Is = DifferenceKind, DiscrepancyStatus


@pytest.fixture
def students(db):
    """Eight of one class, all of them sent."""
    school_class = SchoolClassFactory()
    people = [complete_student(school_class=school_class) for _number in range(8)]
    sent(*people)
    return people


def lines(*statuses):
    found = database.session.query(Discrepancy).order_by(Discrepancy.student_id)
    return [each for each in found if each.status in (statuses or (Is.OPEN,))]


@pytest.mark.parametrize(
    ("missing_ones", "matched", "asks"),
    [(4, 0, False), (5, 0, True), (5, 20, True), (5, 21, False), (19, 81, False), (20, 80, True)],
)
def test_question_is_asked_from_five_and_a_fifth_on(missing_ones, matched, asks):
    assert missing.looks_partial(missing_ones, matched) is asks


def test_partial_list_lists_nobody_before_the_answer(students):
    run = compared(*(row_of(each) for each in students[:3]))

    assert lines() == []
    assert (run.is_asking, len(run.missing), run.is_whole) == (True, 5, None)
    assert run.counts["missing_there"] == 5


def test_list_of_nearly_everybody_lists_who_is_missing_at_once(students):
    run = compared(*(row_of(each) for each in students[:4]))

    assert not run.is_asking
    assert [each.student_id for each in lines()] == [each.id for each in students[4:]]


def test_a_part_leaves_everything_as_it_was(students):
    known = compared(*(row_of(each) for each in students[1:]))
    (line,) = lines()
    run = compared(row_of(students[1]), row_of(students[2]))

    missing.answer(run, is_whole=False, by=None)
    database.session.commit()

    assert known.counts["missing_there"] == 1
    assert lines() == [line]
    assert (run.is_asking, run.is_whole) == (False, False)


def test_everybody_lists_those_who_are_still_here(students):
    run = compared(*(row_of(each) for each in students[:3]))
    students[7].status = StudentStatus.WITHDRAWN
    database.session.commit()

    missing.answer(run, is_whole=True, by=None)
    database.session.commit()

    assert [(each.student_id, each.kind) for each in lines()] == [
        (each.id, Kind.MISSING_THERE) for each in students[3:7]
    ]
    assert (run.counts["new"], run.is_whole, run.missing) == (4, True, None)


def test_strangers_of_before_end_only_with_a_list_of_everybody(students):
    stranger = row_of(students[0], 姓名="王五", 身份证件号="999999201105063048", 出生日期="20110506")
    compared(*(row_of(each) for each in students), stranger)
    (line,) = lines()
    run = compared(row_of(students[0]))
    assert line.status is Is.OPEN

    missing.answer(run, is_whole=True, by=None)
    database.session.commit()

    assert line.status is Is.GONE


def test_question_is_answered_once_and_only_for_the_last_list(students):
    first = compared(row_of(students[0]))
    second = compared(row_of(students[1]))

    with pytest.raises(NotPossible, match="以那次为准"):
        missing.answer(first, is_whole=True, by=None)
    missing.answer(second, is_whole=False, by=None)
    with pytest.raises(NotPossible, match="已经说明过"):
        missing.answer(second, is_whole=True, by=None)


def test_list_of_one_class_asks_about_that_class(students):
    sent(complete_student())

    run = compared(row_of(students[0]), school_class=students[0].school_class)

    assert len(run.missing) == 7


@pytest.mark.parametrize(("covers", "listed"), [("part", 0), ("all", 7)])
def test_registrar_is_asked_one_question(sign_in, students, covers, listed):
    run = compared(row_of(students[0]))
    registrar = sign_in(RegistrarFactory())
    address = f"/registry/reconciliations/{run.id}"
    assert "等你说明名单是不是全部" in registrar.get("/registry/reconciliations")
    assert "先说明是一部分还是全部" in registrar.get("/registry/corrections")
    assert "名单里没有 7 名本校学生：是只导出了一部分，还是全部？" in registrar.get(address)

    registrar.post(f"{address}/answer", covers=covers)

    assert len(lines()) == listed
    assert "是只导出了一部分" not in registrar.get(address)
    assert "先说明" not in registrar.get("/registry/corrections")


def test_answer_that_is_none_changes_nothing(sign_in, students):
    run = compared(row_of(students[0]))
    registrar = sign_in(RegistrarFactory())
    registrar.get(f"/registry/reconciliations/{run.id}")

    registrar.post(f"/registry/reconciliations/{run.id}/answer", covers="some")

    assert database.session.get_one(Reconciliation, run.id).is_asking


@pytest.mark.parametrize(("covers", "found"), [(None, (7, 0, 1)), ("all", (0, 7, 1)), ("part", (0, 0, 0))])
def test_command_asks_and_takes_the_answer(runner, students, tmp_path, covers, found):
    RegistrarFactory(username="registrar")
    path = tmp_path / "registry.xlsx"
    path.write_bytes(file_of(row_of(students[0])))
    options = ["--covers", covers] if covers else []

    result = runner.invoke(args=["registry", "reconcile", str(path), "--by", "registrar", "--json", *options])

    document = json.loads(result.stdout)
    assert (document["asked"], document["open"], result.exit_code) == found
