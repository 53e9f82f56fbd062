import json

from sqlalchemy import func, select

from exchange.core.database import db as database
from exchange.coursework.models import Mark
from exchange.students.models import Student


def test_many_students_come_in_bulk_beside_those_of_the_story(runner):
    result = runner.invoke(args=["demo", "load", "--students", "200", "--password", "some password", "--json"])

    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["students"] == 200
    assert database.session.scalar(select(func.count()).select_from(Student)) == 200
    assert database.session.scalar(select(func.count(func.distinct(Student.resident_id_index)))) == 200
    assert database.session.scalar(select(func.count()).select_from(Mark)) > 124 * 4


def test_fewer_students_than_the_story_fill_the_first_classes(runner):
    document = json.loads(
        runner.invoke(args=["demo", "load", "--students", "10", "--password", "some password", "--json"]).stdout
    )

    assert document["students"] == 10


def test_more_than_a_million_is_refused_with_one_line(runner):
    result = runner.invoke(args=["demo", "load", "--students", "1000001"])

    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
