"""The bed follows the roll: free from the day a student leaves, and back if that is taken back."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.jobs import service as jobs
from exchange.orders import service as orders
from exchange.orders.kinds import OrderKind
from exchange.students.models import Sex, StudentStatus
from exchange.students.service import bring_up_to_date
from exchange.welfare import service
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import StayEnd
from exchange.welfare.queries import dormitory
from tests.factories.accounts import RegistrarFactory
from tests.factories.orders import confirmed
from tests.factories.students import StudentFactory
from tests.factories.welfare import BedStayFactory, DormitoryRoomFactory

LEFT = date(2027, 10, 20)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2027-10-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def stay(db):
    return BedStayFactory(student=StudentFactory(birth_date=date(2009, 5, 6)))


def sleepers(stay, day=None):
    return [each.student for each in dormitory.occupants(stay.room, day=day)]


def leave(stay, kind, day=LEFT, by=None):
    order = confirmed(kind, [stay.student], effective_on=day, by=by)
    database.session.commit()
    return order


@pytest.mark.parametrize(
    "kind", [OrderKind.LOST, OrderKind.WITHDRAWAL, OrderKind.TRANSFER_OUT, OrderKind.DISMISSAL, OrderKind.DEATH]
)
def test_bed_is_free_from_the_day_the_student_leaves(stay, kind):
    registrar = RegistrarFactory()

    leave(stay, kind, by=registrar)

    assert (stay.ended_on, stay.ended_by) == (LEFT, StayEnd.LEFT_ROLL)
    assert sleepers(stay) == []
    assert sleepers(stay, LEFT) == []
    assert sleepers(stay, date(2027, 10, 19)) == [stay.student]
    line = next(each for each in timeline(stay.student) if each.action == WelfareEvent.BED_FREED)
    assert line.actor == registrar


def test_bed_that_is_free_takes_somebody_else(stay):
    leave(stay, OrderKind.LOST)

    taken = service.assign_bed(StudentFactory(), stay.room, bed=stay.bed, by=None)

    assert sleepers(stay) == [taken.student]


def test_student_on_leave_keeps_the_bed(stay):
    leave(stay, OrderKind.LEAVE)

    assert stay.ended_on is None
    assert sleepers(stay) == [stay.student]


def test_bed_stays_taken_until_the_day_of_an_order_dated_ahead(stay):
    leave(stay, OrderKind.WITHDRAWAL, date(2027, 10, 30))
    assert sleepers(stay) == [stay.student]

    with time_machine.travel("2027-10-30 06:00:00+08:00", tick=False):
        bring_up_to_date(by=None)
        database.session.commit()

        assert (stay.ended_on, sleepers(stay)) == (date(2027, 10, 30), [])
        assert sleepers(stay, date(2027, 10, 29)) == [stay.student]


def test_order_dated_before_the_bed_was_given_leaves_no_night(stay):
    leave(stay, OrderKind.WITHDRAWAL, date(2027, 9, 10))
    late = BedStayFactory(begins_on=date(2027, 9, 20), student=StudentFactory(birth_date=date(2009, 5, 6)))

    leave(late, OrderKind.WITHDRAWAL, date(2027, 9, 10))

    assert stay.ended_on == date(2027, 9, 10)
    assert late.ended_on == date(2027, 9, 20)
    assert sleepers(late, date(2027, 9, 20)) == []


def test_cancelled_order_gives_the_bed_back(stay):
    order = leave(stay, OrderKind.LOST)

    orders.cancel_order(order, reason="写错了", by=None)
    database.session.commit()

    assert (stay.ended_on, stay.ended_by) == (None, None)
    assert sleepers(stay, LEFT) == sleepers(stay) == [stay.student]
    assert WelfareEvent.BED_GIVEN_BACK in {line.action for line in timeline(stay.student)}


@pytest.mark.parametrize("meanwhile", ["given on", "given on and free again", "smaller room", "other room"])
def test_bed_that_is_no_longer_there_is_not_given_back(stay, meanwhile):
    order = leave(stay, OrderKind.LOST)
    if meanwhile.startswith("given on"):
        other = service.assign_bed(StudentFactory(), stay.room, bed=stay.bed, by=None)
        if meanwhile == "given on and free again":
            with time_machine.travel("2027-10-26 10:00:00+08:00", tick=False):
                service.move_out(other, by=None)
    elif meanwhile == "smaller room":
        stay.bed, stay.room.capacity = 2, 1
    else:
        stay.room.sex = Sex.MALE
    database.session.commit()

    orders.cancel_order(order, reason="写错了", by=None)
    database.session.commit()

    assert (stay.ended_on, stay.ended_by) == (LEFT, StayEnd.LEFT_ROLL)


def test_who_moved_out_before_leaving_gets_no_bed_back(stay):
    service.move_out(stay, by=None)
    order = leave(stay, OrderKind.LOST, date(2027, 10, 25))

    orders.cancel_order(order, reason="写错了", by=None)
    database.session.commit()

    assert stay.ended_by is StayEnd.MOVED_OUT


def test_daily_job_frees_what_was_left_over_from_the_right_day(stay):
    leave(stay, OrderKind.LOST)
    stay.ended_on = stay.ended_by = None  # as written before the bed followed the roll
    without_periods = BedStayFactory(room=DormitoryRoomFactory(), student__status=StudentStatus.GRADUATED)
    jobs.enqueue("welfare.free_beds", by=None)
    database.session.commit()

    jobs.run_pending()

    database.session.expire_all()
    assert stay.ended_on == LEFT
    assert without_periods.ended_on == date(2027, 10, 25)
