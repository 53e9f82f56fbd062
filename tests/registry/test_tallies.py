"""The numbers that are kept are those that counting everything anew would give."""

from datetime import date

from sqlalchemy import select

from exchange.core.database import db as database
from exchange.registry.models import RegistryTally
from exchange.registry.queries import board
from exchange.registry.service import states, tallies
from exchange.registry.service.writing import write_cells
from exchange.students import service as students
from exchange.students.events import StudentEvent
from exchange.students.models import StudentStatus
from tests.factories.programmes import SchoolClassFactory
from tests.factories.registry import compared, complete_student, row_of, sent


def numbers():
    columns = [getattr(RegistryTally, name) for name in tallies.COLUMNS]
    return sorted(map(str, database.session.execute(select(*columns)).all()))


def test_every_step_keeps_the_numbers_right(db):
    one, other = SchoolClassFactory(), SchoolClassFactory()
    people = [complete_student(school_class=one) for _number in range(3)]
    people += [complete_student(school_class=other, without=("政治面貌",), county_of_origin="")]
    people += [complete_student(school_class=other, enrolled_on=date(2026, 12, 5), poverty=None, phone=None)]

    def fill_in():
        write_cells(people[3].id, {"政治面貌": "群众"}, by=None)

    def move():
        people[0].school_class = other
        _noted(people[0])

    def leave():
        people[1].status = StudentStatus.WITHDRAWN
        _noted(people[1])

    def send():
        sent()

    def change():
        write_cells(people[2].id, {"联系电话": "13900009999"}, by=None)

    def confirm():
        compared(row_of(people[2], 学籍号=f"G{people[2].resident_id}"))

    states.check_all()
    for step in (fill_in, move, leave, send, change, confirm):
        step()
        database.session.commit()
        states.catch_up()
        kept = numbers()

        tallies.recount(None)

        assert kept == numbers(), step.__name__
        database.session.commit()

    autumn = next(row for row in board.batches(None) if row.batch.key == "2026-autumn")
    assert (autumn.students, autumn.complete, autumn.sent, autumn.confirmed, autumn.changed) == (3, 2, 3, 1, 1)


def test_a_class_that_is_empty_is_on_the_board_no_more(db):
    student = complete_student()
    states.check_all()
    student.status = StudentStatus.WITHDRAWN
    _noted(student)
    database.session.commit()

    states.catch_up()

    assert numbers() == []


def test_counting_no_class_counts_nothing(db):
    complete_student()
    states.check_all()
    before = numbers()

    tallies.recount([])

    assert numbers() == before


def _noted(student):
    database.session.flush()
    students.record_changes(StudentEvent.CHANGED, [(student.id, {})], by=None)
