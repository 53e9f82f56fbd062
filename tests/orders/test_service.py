"""Drafting, confirming and cancelling orders, and what becomes of the record."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.workflow import InvalidTransition
from exchange.coursework.models import SheetStatus
from exchange.orders import queries, service
from exchange.orders.events import OrderEvent
from exchange.orders.evidence import Evidence, Ground, Sanction
from exchange.orders.kinds import OrderKind
from exchange.orders.models import OrderStatus, StatusOrder
from exchange.orders.service.confirming import OrderRefused
from exchange.students import service as students
from exchange.students.history import state_of, state_on
from exchange.students.models import StudentStatus
from tests.at_once import pressed_twice
from tests.factories.accounts import RegistrarFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.orders import COMPLETE, DAY, confirmed, draft
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

K = OrderKind
IS = StudentStatus
RETURN = date(2028, 9, 1)


@pytest.fixture(autouse=True)
def afterwards():
    """Everything has happened."""
    with time_machine.travel("2030-01-01", tick=False):
        yield


@pytest.fixture
def student(db):
    return StudentFactory(birth_date=date(2008, 5, 6))


def test_a_draft_changes_nothing(student):
    registrar = RegistrarFactory()

    order = draft(K.LEAVE, [student], by=registrar)

    assert (order.status, order.number) == (OrderStatus.DRAFT, None)
    assert student.status is IS.REGISTERED
    assert timeline(order)[0].actor == registrar


def test_confirming_numbers_the_order_and_changes_the_record(student):
    registrar = RegistrarFactory()
    before = state_of(student)

    order = confirmed(K.LEAVE, [student], by=registrar)

    assert order.number == "XJ-2027-0001"
    assert (order.members[0].from_status, order.members[0].from_class_id) == before
    assert student.status is IS.ON_LEAVE
    assert state_on(student, DAY).status is IS.ON_LEAVE
    assert state_on(student, date(2027, 10, 7)) == before
    assert timeline(student)[0].action == OrderEvent.STATE_CHANGED
    assert timeline(order)[0].changes["number"] == "XJ-2027-0001"


def test_numbers_follow_each_other_year_by_year(student):
    others = StudentFactory.create_batch(2)

    numbers = [confirmed(K.AWARD, [each]).number for each in (student, *others)]
    next_year = confirmed(K.AWARD, [student], effective_on=date(2028, 3, 1)).number

    assert numbers == ["XJ-2027-0001", "XJ-2027-0002", "XJ-2027-0003"]
    assert next_year == "XJ-2028-0001"


def test_what_the_rules_find_is_refused_with_name_code_and_article(student):
    order = draft(K.LEAVE, [student], evidence={"agreement_signed_on": None})

    with pytest.raises(OrderRefused, match=rf"{student.name}：STA-24 .*第20条"):
        service.confirm_order(order, by=None)
    database.session.rollback()

    assert (order.status, order.number, student.status) == (OrderStatus.DRAFT, None, IS.REGISTERED)


def test_an_order_is_confirmed_for_all_of_its_students_or_none(student):
    minor = StudentFactory(birth_date=date(2011, 5, 6))
    order = draft(K.DISMISSAL, [student, minor])

    with pytest.raises(OrderRefused) as refusal:
        service.confirm_order(order, by=None)
    database.session.rollback()

    assert minor.name in str(refusal.value)
    assert student.name not in str(refusal.value)
    assert {student.status, minor.status} == {IS.REGISTERED}


def test_a_warning_is_excused_by_a_reason(student):
    confirmed(K.LEAVE, [student])
    order = draft(
        K.RESUMPTION,
        [student],
        effective_on=RETURN,
        to_class=SchoolClassFactory(),
        evidence={"student_applied_on": date(2028, 8, 20)},
    )

    with pytest.raises(OrderRefused, match="STA-31"):
        service.confirm_order(order, by=None)
    database.session.rollback()
    service.confirm_order(order, reason="路远，通知晚到", by=None)
    database.session.commit()

    assert order.excused == ["STA-31"]
    assert (student.status, student.school_class) == (IS.REGISTERED, order.to_class)


def test_a_status_that_does_not_fit_is_said_in_a_sentence(student):
    order = draft(K.RESUMPTION, [student], to_class=student.school_class)

    with pytest.raises(OrderRefused, match=r"2027年10月8日的学籍是“在读”，不能办“复学”"):
        service.confirm_order(order, by=None)


def test_an_order_before_the_entry_is_refused(student):
    order = draft(K.AWARD, [student], effective_on=date(2026, 8, 31), evidence={"published_on": date(2026, 8, 1)})

    with pytest.raises(OrderRefused, match="早于入学日期"):
        service.confirm_order(order, by=None)


def test_an_order_is_confirmed_once(student):
    order = confirmed(K.LEAVE, [student])

    with pytest.raises(InvalidTransition):
        service.confirm_order(order, by=None)


def test_a_confirmed_order_is_neither_changed_nor_discarded(student):
    order = confirmed(K.LEAVE, [student])

    with pytest.raises(NotPossible):
        service.change_draft(order, students=[student], effective_on=DAY, by=None)
    with pytest.raises(NotPossible):
        service.discard_draft(order, by=None)


def test_a_draft_can_be_changed_and_discarded(student):
    other = StudentFactory()
    order = draft(K.LEAVE, [student])

    service.change_draft(
        order, students=[other], effective_on=RETURN, evidence=Evidence(ground=Ground.ILLNESS), document="3号", by=None
    )
    database.session.commit()

    assert [member.student for member in order.members] == [other]
    assert (order.effective_on, order.evidence.ground, order.document) == (RETURN, Ground.ILLNESS, "3号")
    service.discard_draft(order, by=None)
    database.session.commit()
    assert database.session.query(StatusOrder).count() == 0


@pytest.mark.parametrize("kind", [K.CLASS_CHANGE, K.MAJOR_CHANGE, K.REPEAT, K.RESUMPTION])
def test_a_move_needs_a_class(student, kind):
    with pytest.raises(service.NotDraftable, match="班级"):
        service.draft_order(kind=kind, students=[student], effective_on=DAY, by=None)


def test_an_order_needs_a_student(db):
    with pytest.raises(service.NotDraftable, match="学生"):
        service.draft_order(kind=K.AWARD, students=[], effective_on=DAY, by=None)


def test_cancelling_gives_the_state_before(student):
    before = state_of(student)
    order = confirmed(K.LEAVE, [student])

    service.cancel_order(order, reason="填错了人", by=None)
    database.session.commit()

    assert order.status is OrderStatus.CANCELLED
    assert order.number == "XJ-2027-0001"
    assert state_of(student) == before
    assert state_on(student, DAY) == before
    assert timeline(student)[0].action == OrderEvent.STATE_RESTORED
    assert timeline(order)[0].reason == "填错了人"


def test_an_order_can_be_cancelled_for_some(student):
    other = StudentFactory(birth_date=date(2008, 5, 6))
    order = confirmed(K.WITHDRAWAL, [student, other])

    service.cancel_order(order, student_ids=[other.id], reason="没有申请", by=None)
    database.session.commit()

    assert order.status is OrderStatus.CONFIRMED
    assert (student.status, other.status) == (IS.WITHDRAWN, IS.REGISTERED)
    service.cancel_order(order, student_ids=[student.id], reason="没有申请", by=None)
    database.session.commit()
    assert (order.status, student.status) == (OrderStatus.CANCELLED, IS.REGISTERED)


def test_an_order_on_which_another_builds_is_not_cancelled(student):
    leave = confirmed(K.LEAVE, [student])
    resumption = confirmed(K.RESUMPTION, [student], effective_on=RETURN, to_class=student.school_class)

    with pytest.raises(service.NotCancellable, match=resumption.number):
        service.cancel_order(leave, reason="填错", by=None)
    database.session.commit()

    assert (leave.status, student.status) == (OrderStatus.CONFIRMED, IS.REGISTERED)
    assert not leave.members[0].is_cancelled


def test_an_order_in_the_middle_is_cancelled_where_the_later_ones_still_fit(student):
    first_class, other_class = student.school_class, SchoolClassFactory()
    move = confirmed(K.CLASS_CHANGE, [student], to_class=other_class)
    confirmed(K.LEAVE, [student], effective_on=date(2027, 12, 1))

    service.cancel_order(move, reason="填错", by=None)
    database.session.commit()

    assert (student.status, student.school_class) == (IS.ON_LEAVE, first_class)
    assert state_on(student, DAY) == (IS.REGISTERED, first_class.id)


def test_cancelling_wants_a_reason_and_a_student(student):
    order = confirmed(K.LEAVE, [student])

    with pytest.raises(service.NotCancellable, match="理由"):
        service.cancel_order(order, reason=" ", by=None)
    with pytest.raises(service.NotCancellable, match="选择"):
        service.cancel_order(order, student_ids=[0], reason="填错", by=None)
    with pytest.raises(InvalidTransition):
        service.cancel_order(draft(K.AWARD, [student]), reason="填错", by=None)


def test_an_order_dated_ahead_takes_effect_on_its_day(student):
    with time_machine.travel("2027-10-01", tick=False):
        confirmed(K.LEAVE, [student])
        assert student.status is IS.REGISTERED
    with time_machine.travel(f"{DAY} 00:10 +0800", tick=False):
        students.bring_up_to_date(by=None)
        database.session.commit()
        assert student.status is IS.ON_LEAVE


def test_an_order_dated_back_fits_between_those_that_stand(student):
    other_class = SchoolClassFactory(programme=student.school_class.programme)
    confirmed(K.LEAVE, [student], effective_on=date(2027, 12, 1))

    confirmed(K.CLASS_CHANGE, [student], to_class=other_class)

    assert state_on(student, DAY) == (IS.REGISTERED, other_class.id)
    assert state_of(student) == (IS.ON_LEAVE, other_class.id)


def test_an_order_dated_back_must_leave_the_later_ones_possible(student):
    leave = confirmed(K.LEAVE, [student], effective_on=date(2027, 12, 1))
    order = draft(K.WITHDRAWAL, [student])

    with pytest.raises(OrderRefused, match=leave.number):
        service.confirm_order(order, by=None)


def test_awards_and_sanctions_leave_the_state_alone(student):
    before = state_of(student)

    for kind in (K.AWARD, K.SANCTION, K.ENTRY):
        confirmed(kind, [student])

    assert state_of(student) == before
    assert [member.order.kind for member in queries.orders_of(student)] == [K.ENTRY, K.SANCTION, K.AWARD]


def test_a_filing_is_noted_once_the_order_stands(student):
    order = draft(K.LEAVE, [student])
    with pytest.raises(NotPossible):
        service.note_filing(order, filed_on=DAY, by=None)
    service.confirm_order(order, by=None)

    service.note_filing(order, filed_on=DAY, by=None)
    database.session.commit()

    assert order.filed_on == DAY
    assert database.session.scalars(queries.waiting_to_be_filed(database.select(StatusOrder))).all() == []
    with pytest.raises(NotPossible, match="还没有到"):
        service.note_filing(order, filed_on=date(2031, 1, 1), by=None)
    with pytest.raises(NotPossible, match="不用备案"):
        service.note_filing(confirmed(K.AWARD, [student]), filed_on=DAY, by=None)


def test_leave_ends_are_those_of_students_who_are_away(student):
    back = StudentFactory()
    confirmed(K.LEAVE, [student, back])
    confirmed(K.RESUMPTION, [back], effective_on=RETURN, to_class=back.school_class)

    assert queries.leave_ends() == [(student.id, COMPLETE[K.LEAVE].leave_until)]


def test_a_student_who_withdrew_cannot_come_back_by_any_order(student):
    confirmed(K.WITHDRAWAL, [student])

    for kind in (K.LEAVE, K.GRADUATION, K.AWARD, K.TRANSFER_OUT):
        order = draft(kind, [student], effective_on=date(2029, 6, 30))
        with pytest.raises(OrderRefused, match="退学"):
            service.confirm_order(order, by=None)
        database.session.rollback()


def test_changing_the_major_moves_to_the_class_of_another(student):
    kitchen = ProgrammeFactory(major="740201", name="中餐烹饪")
    other = SchoolClassFactory(programme=kitchen)

    confirmed(K.MAJOR_CHANGE, [student], to_class=other)

    assert student.school_class.programme.major == "740201"


def test_of_two_who_confirm_at_once_one_wins(app, student):
    order = draft(K.LEAVE, [student])
    order_id = order.id
    database.session.commit()

    def confirm():
        service.confirm_order(database.session.get_one(StatusOrder, order_id), by=None)

    assert pressed_twice(app, confirm, done="confirmed", refusal=InvalidTransition) == ["confirmed", "refused"]
    assert database.session.get_one(StatusOrder, order_id).number == "XJ-2027-0001"


def test_moving_up_says_of_each_student_why_not(student):
    """Failed courses come from the mark sheets, probation from the orders; the others move up."""
    failing, probationer = StudentFactory.create_batch(2, school_class=student.school_class)
    course = CourseFactory(programme=student.school_class.programme, name="语文（一）")
    term = TermFactory(school_year=2026, number=1)
    sheet = MarkSheetFactory(school_class=student.school_class, course=course, term=term, status=SheetStatus.PUBLISHED)
    assessment = AssessmentFactory(sheet=sheet)
    for member, score in ((student, 60), (failing, 59), (probationer, 90)):
        MarkFactory(assessment=assessment, student=member, score=score)
    confirmed(
        K.SANCTION,
        [probationer],
        effective_on=date(2027, 3, 1),
        evidence={"sanction": Sanction.PROBATION, "guardian_notified_on": date(2027, 3, 1)},
    )
    order = draft(K.PROMOTION, [student, failing, probationer], effective_on=date(2027, 7, 10))

    found = service.findings_of(order)

    said = {student_id: [str(each.message) for each in findings] for student_id, findings in found.items()}
    assert said == {student.id: [], failing.id: ["不及格：语文（一）"], probationer.id: ["学生在留校察看期"]}
    with pytest.raises(OrderRefused) as refusal:
        service.confirm_order(order, by=None)
    assert failing.name in str(refusal.value)
    assert student.name not in str(refusal.value)
    database.session.rollback()
    service.confirm_order(order, reason="补考通过前随班就读", by=None)
    assert order.excused == ["STA-19", "STA-20"]


def test_nobody_moves_up_twice_for_one_school_year(student):
    confirmed(K.PROMOTION, [student], effective_on=date(2027, 7, 10))

    with pytest.raises(OrderRefused, match="STA-08"):
        service.confirm_order(draft(K.PROMOTION, [student], effective_on=date(2027, 9, 1)), by=None)
    confirmed(K.PROMOTION, [student], effective_on=date(2028, 7, 10))


def test_an_order_dated_back_must_leave_the_later_ones_lawful(student):
    transfer = confirmed(K.TRANSFER_OUT, [student], effective_on=DAY)

    with pytest.raises(OrderRefused, match=f"{transfer.number}.*STA-01"):
        service.confirm_order(draft(K.LEAVE, [student], effective_on=date(2027, 10, 1)), by=None)
    confirmed(K.AWARD, [student], effective_on=date(2027, 10, 1))


def test_an_order_on_which_the_lawfulness_of_another_rests_is_not_cancelled(student):
    confirmed(K.LEAVE, [student], effective_on=date(2027, 9, 10))
    back = confirmed(
        K.RESUMPTION, [student], effective_on=date(2028, 2, 16), to_class=student.school_class, reason="已核实"
    )
    transfer = confirmed(K.TRANSFER_OUT, [student], effective_on=date(2028, 3, 8))

    with pytest.raises(service.NotCancellable, match=f"{transfer.number}.*STA-01"):
        service.cancel_order(back, reason="填错", by=None)
    database.session.rollback()
    assert not back.members[0].is_cancelled
    service.cancel_order(transfer, reason="填错", by=None)
    service.cancel_order(back, reason="填错", by=None)
    assert student.status is IS.ON_LEAVE


def test_the_end_of_a_leave_is_what_its_order_says(student):
    confirmed(K.LEAVE, [student], effective_on=DAY, evidence={"leave_until": date(2028, 8, 31)})
    claimed = {"ground": Ground.LEAVE_EXPIRED, "leave_until": date(2027, 12, 31)}

    early = draft(K.DISMISSAL, [student], effective_on=date(2028, 9, 14), evidence=claimed)
    with pytest.raises(OrderRefused, match="STA-52"):
        service.confirm_order(early, by=None)
    confirmed(K.DISMISSAL, [student], effective_on=date(2028, 9, 15), evidence=claimed)


def test_who_is_expelled_as_unreformed_was_on_probation(student):
    expulsion = draft(K.EXPULSION, [student], effective_on=RETURN, evidence={"ground": Ground.UNREFORMED})
    with pytest.raises(OrderRefused, match="STA-65"):
        service.confirm_order(expulsion, by=None)

    confirmed(K.SANCTION, [student], effective_on=DAY, evidence={"sanction": Sanction.PROBATION})
    service.confirm_order(expulsion, by=None)
    assert student.status is IS.EXPELLED


def test_of_two_orders_of_one_day_the_one_confirmed_last_counts(student):
    one, two = SchoolClassFactory.create_batch(
        2, programme=student.school_class.programme, intake_year=student.school_class.intake_year
    )
    drafted_first = draft(K.CLASS_CHANGE, [student], to_class=one)
    drafted_last = draft(K.CLASS_CHANGE, [student], to_class=two)
    service.confirm_order(drafted_last, by=None)
    service.confirm_order(drafted_first, by=None)

    assert student.school_class_id == one.id
