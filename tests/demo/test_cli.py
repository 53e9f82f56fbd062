"""The demonstration year, told once for all tests of this file."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from exchange.accounts.roles import Role
from exchange.certificates.models import Certificate, CertificateKind, CertificateStatus
from exchange.core.database import db as database
from exchange.coursework.models import MarkSheet, SheetStatus
from exchange.placements import service
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.record_facts import open_findings
from exchange.students.models import Student
from tests.conftest import empty
from tests.factories.placements import record_everything
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

DATA = Path(__file__).parents[1] / "data"
PASSWORD = "only for the demonstration"


def load(app, *arguments):
    result = app.test_cli_runner().invoke(args=["demo", "load", "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def document(app):
    yield load(app, "--password", PASSWORD)
    empty()


def count(statement):
    return database.session.scalar(select(func.count()).select_from(statement.subquery()))


def test_load_prints_students_classes_and_sign_ins(document):
    assert document["students"] == 76
    assert set(document["classes"]) == {"2024级云南班", "2025级云南班", "2026级云南班", "2026级四川班"}
    assert {each["role"] for each in document["sign_ins"]} == {role.value for role in Role}
    assert {each["password"] for each in document["sign_ins"]} == {PASSWORD}


def test_load_has_one_account_per_role_named_like_it_and_a_second_registrar(document):
    names = {each["username"]: each["role"] for each in document["sign_ins"]}

    assert names == {role.value: role.value for role in Role} | {"registrar2": "registrar"}


def test_second_load_changes_nothing_and_prints_the_same(app, document):
    before = database.session.scalars(select(Student.student_no).order_by(Student.id)).all()

    again = load(app, "--password", PASSWORD)

    assert again == document
    assert database.session.scalars(select(Student.student_no).order_by(Student.id)).all() == before


def test_second_load_with_another_password_shows_none(app, document):
    assert {each["password"] for each in load(app, "--password", "another one")["sign_ins"]} == {None}


def test_load_after_an_import_still_prints_what_the_demonstration_made(app, document):
    student = database.session.scalars(select(Student).limit(1)).one()
    StudentFactory(school_class=student.school_class)
    SchoolClassFactory(name="2026级另一个班")

    assert load(app, "--password", PASSWORD) == document


def test_people_are_invented(document):
    students = database.session.scalars(select(Student)).all()

    assert {student.resident_id[:6] for student in students} == {"999999"}
    assert all(300 <= int(student.resident_id[14:17]) <= 999 for student in students)


def test_placements_stand_at_every_step(document):
    statuses = set(database.session.scalars(select(Placement.status).distinct()))

    assert statuses == set(PlacementStatus)


def test_the_three_for_beijing_can_start_once_all_is_recorded(document):
    chosen = database.session.scalars(select(Placement).where(Placement.status == PlacementStatus.PREPARING)).all()

    for placement in chosen:
        assert {finding.rule.code for finding in open_findings(placement)} == {
            "INT-03",
            "INT-11",
            "INT-13",
            "INT-20",
            "INT-21",
            "INT-40",
            "INT-41",
            "INT-47",
        }
        record_everything(placement)
        service.change_status(placement, "start", by=None)

    assert [placement.status for placement in chosen] == [PlacementStatus.ACTIVE] * 3
    database.session.rollback()


def test_marks_are_published_for_the_past_and_open_for_the_present(document):
    statuses = set(database.session.scalars(select(MarkSheet.status).distinct()))

    assert {SheetStatus.PUBLISHED, SheetStatus.DRAFT} <= statuses


def test_papers_of_every_kind_are_issued_and_one_is_void(document):
    kinds = set(database.session.scalars(select(Certificate.kind).distinct()))
    void = count(select(Certificate.id).where(Certificate.status == CertificateStatus.REVOKED))

    assert kinds == set(CertificateKind)
    assert void == 1


def test_review_of_the_national_roster_is_as_expected_after_the_load(app, document):
    expected = json.loads((DATA / "roster-2026-national.expected.json").read_text("utf-8"))
    sheet = ("--kind", "roster", "--class", "2026级云南班", "--json")

    result = app.test_cli_runner().invoke(args=["imports", "review", str(DATA / "roster-2026-national.xlsx"), *sheet])

    found = json.loads(result.stdout)
    told = [
        {key: finding[key] for key in ("row", "column", "code", "severity")}
        for finding in found["findings"]
        if finding["severity"] in {"error", "warning"}
    ]
    assert result.exit_code == 1
    assert (found["rows"], found["new"], found["rejected"]) == (41, 35, 6)
    assert sorted(told, key=lambda each: each["row"]) == expected["findings"]
