"""``flask programmes check``."""

import json

from exchange.programmes import service
from tests.factories.programmes import CourseFactory


def run(runner, *arguments):
    return runner.invoke(args=["programmes", "check", *arguments])


def test_check_prints_every_check_and_warnings_leave_the_status_alone(db, runner):
    CourseFactory(name="酒店概论", hours=60)

    result = run(runner, "--major", "740104", "--intake", "2026", "--json")

    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (document["version"], document["status"], document["courses"]) == (1, "in_force", 1)
    checks = {check["rule"]: check for check in document["checks"]}
    assert len(checks) == 9
    assert (checks["PRG-01"]["state"], checks["PRG-01"]["figure"]) == ("unmet", "60 学时")
    assert checks["PRG-06"]["courses"] == ["酒店概论（60 学时 4 学分，每学分 15 学时）"]


def test_check_takes_a_version_and_speaks_to_people(db, runner):
    programme = CourseFactory().programme
    service.draft_version(programme, by=None)
    db.session.commit()

    result = run(runner, "--major", "740104", "--intake", "2026", "--version", "2")

    assert result.exit_code == 0
    assert "PRG-01 没有达到：三年总学时不少于 3,000；现在是72 学时" in result.stdout


def test_unknown_programme_or_version_is_one_line_and_status_2(db, runner):
    CourseFactory()

    for arguments in (
        ("--major", "740201", "--intake", "2026"),
        ("--major", "740104", "--intake", "2026", "--version", "9"),
    ):
        result = run(runner, *arguments)
        assert result.exit_code == 2
        assert len(result.stderr.strip().splitlines()) == 1
