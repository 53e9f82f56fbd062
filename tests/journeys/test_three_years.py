"""Three school years of one class, replayed through the orders: who was there in every month, and what each order did.

41 arrive in December, after the deadline of the autumn. One returns from a leave of absence, one is still on leave, one
transfers, one withdraws, 37 graduate, one completes without a diploma.
"""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.orders import service
from exchange.orders.evidence import Evidence, Ground
from exchange.orders.kinds import OrderKind
from exchange.orders.models import OrderStatus
from exchange.orders.service.confirming import OrderRefused
from exchange.students import history
from exchange.students.models import StudentStatus as Is
from tests.factories.graduates import behave, study
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

ENTRY = date(2023, 12, 4)
TERMS = [
    (2023, 1, date(2023, 9, 1), date(2024, 1, 26)),
    (2023, 2, date(2024, 2, 26), date(2024, 7, 5)),
    (2024, 1, date(2024, 9, 2), date(2025, 1, 17)),
    (2024, 2, date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1, date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2, date(2026, 3, 2), date(2026, 7, 10)),
]
EXPECTED = {  # the first of each month → registered, on leave, gone
    "2023-12-01": (0, 0, 0),
    **dict.fromkeys(["2024-01-01", "2024-02-01", "2024-03-01"], (41, 0, 0)),
    **dict.fromkeys(["2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01", "2024-08-01"], (40, 1, 0)),
    **dict.fromkeys(["2024-09-01", "2024-10-01"], (40, 1, 0)),
    **dict.fromkeys(["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"], (39, 1, 1)),
    **dict.fromkeys(["2025-03-01", "2025-04-01", "2025-05-01"], (39, 0, 2)),
    **dict.fromkeys(["2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01"], (38, 1, 2)),
    **dict.fromkeys(["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"], (38, 1, 2)),
    **dict.fromkeys(["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"], (38, 1, 2)),
    **dict.fromkeys(["2026-08-01", "2026-09-01"], (0, 1, 40)),
}


class Story:
    """The class and its orders as they were confirmed, in the order of time."""

    def __init__(self):
        self.terms = [
            TermFactory(school_year=year, number=number, starts_on=starts_on, ends_on=ends_on)
            for year, number, starts_on, ends_on in TERMS
        ]
        programme = ProgrammeFactory(intake_year=2023)
        self.school_class = SchoolClassFactory(name="2023级云南班", intake_year=2023, programme=programme)
        self.students = StudentFactory.create_batch(
            41, school_class=self.school_class, enrolled_on=ENTRY, birth_date=date(2008, 1, 15)
        )
        self.orders = []

    def order(self, kind, students, day, evidence, to_class=None):
        with time_machine.travel(f"{day} 09:00 +0800", tick=False):
            order = service.draft_order(
                kind=kind, students=students, effective_on=day, evidence=evidence, to_class=to_class, by=None
            )
            service.confirm_order(order, by=None)
            database.session.commit()
        self.orders.append(order)

    def tell(self):
        back, away, transferring, leaving, failing, *graduating = self.students
        self.order(OrderKind.ENTRY, self.students, ENTRY, Evidence())
        self.order(OrderKind.LEAVE, [back], date(2024, 3, 11), _leave(date(2024, 3, 11), until=date(2025, 2, 16)))
        self.order(OrderKind.TRANSFER_OUT, [transferring], date(2024, 10, 8), _transfer(date(2024, 10, 8)))
        self.order(
            OrderKind.RESUMPTION,
            [back],
            date(2025, 2, 17),
            Evidence(student_applied_on=date(2025, 1, 10)),
            to_class=self.school_class,
        )
        day = date(2025, 2, 24)
        self.order(OrderKind.WITHDRAWAL, [leaving], day, Evidence(student_applied_on=day, guardian_applied_on=day))
        self.order(OrderKind.LEAVE, [away], date(2025, 5, 12), _leave(date(2025, 5, 12), until=date(2026, 8, 31)))
        self.study(failing)
        last = date(2026, 7, 10)
        self.order(OrderKind.GRADUATION, [back, *graduating], last, Evidence(audit_passed_on=date(2026, 6, 12)))
        self.order(OrderKind.COMPLETION, [failing], last, Evidence(makeup_passed_on=date(2026, 6, 30)))

    def study(self, failing):
        """What the graduation audit asks of the class: all pass but one, who fails a course."""
        study(self.school_class, self.students, self.terms, marks={failing: {"前厅服务": Decimal(52)}})
        behave(self.students, self.terms[:-1])
        database.session.commit()


def _leave(day, *, until):
    return Evidence(
        ground=Ground.FAMILY,
        student_applied_on=day,
        guardian_applied_on=day,
        agreement_signed_on=day,
        leave_until=until,
    )


def _transfer(day):
    return Evidence(
        student_applied_on=day,
        guardian_applied_on=day,
        own_school_agreed_on=day,
        other_school="示范学校",
        other_school_agreed_on=day,
        is_other_province=True,
        filed_in_city_on=day,
        filed_in_province_on=day,
    )


@pytest.fixture
def story(db):
    story = Story()
    story.tell()
    with time_machine.travel("2026-09-15", tick=False):
        yield story


def counted(story, day):
    """Registered, on leave, gone, as the class was on the day."""
    counts = history.head_counts(day, school_class_id=story.school_class.id)
    registered, on_leave = counts.get(Is.REGISTERED, 0), counts.get(Is.ON_LEAVE, 0)
    return registered, on_leave, sum(counts.values()) - registered - on_leave


def months(first=(2023, 12), last=(2026, 9)):
    (year, month), end = first, last
    while (year, month) <= end:
        yield date(year, month, 1)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def test_every_month_has_its_head_count(story):
    assert {f"{day}": counted(story, day) for day in months()} == EXPECTED


def test_in_the_end_37_graduate_and_each_of_the_others_is_accounted_for(story):
    assert history.head_counts(date(2026, 9, 15)) == {
        Is.GRADUATED: 37,
        Is.COMPLETED: 1,
        Is.ON_LEAVE: 1,
        Is.TRANSFERRED: 1,
        Is.WITHDRAWN: 1,
    }


def test_who_failed_a_course_is_not_graduated_by_any_order(story):
    failing = story.students[4]
    service.cancel_order(story.orders[-1], reason="先试毕业", by=None)

    with pytest.raises(OrderRefused, match=r"GR-01 前厅服务：不及格（52），补考 0 次（.*第42条）") as refusal:
        story.order(OrderKind.GRADUATION, [failing], date(2026, 7, 10), Evidence(audit_passed_on=date(2026, 6, 12)))
    assert str(refusal.value).startswith(failing.name)


def test_numbers_of_the_orders_run_without_gaps_in_each_year(story):
    assert [order.number for order in story.orders] == [
        "XJ-2023-0001",
        "XJ-2024-0001",
        "XJ-2024-0002",
        "XJ-2025-0001",
        "XJ-2025-0002",
        "XJ-2025-0003",
        "XJ-2026-0001",
        "XJ-2026-0002",
    ]


def test_cancelling_any_one_order_gives_the_state_before_it(story):
    """Each in turn: what builds on it is cancelled first, as the refusal asks; the month counts follow."""
    for order in story.orders:
        concerned = [member.student for member in order.members]
        before = {student.id: history.state_on(student, order.effective_on.replace(day=1)) for student in concerned}
        savepoint = database.session.begin_nested()

        for later in _built_on(story, order):
            service.cancel_order(later, reason="先撤销后面的", by=None)
        service.cancel_order(order, reason="试一试", by=None)

        assert order.status is OrderStatus.CANCELLED
        if order.kind is not OrderKind.ENTRY:
            assert {student.id: history.state_of(student) for student in concerned} == before, order.number
        savepoint.rollback()
        database.session.expire_all()

    assert {f"{day}": counted(story, day) for day in months()} == EXPECTED


def _built_on(story, order):
    """Later orders about the same students, the latest first: the leave before the return, all before the end."""
    students = {member.student_id for member in order.members}
    later = [each for each in story.orders if (each.effective_on, each.id) > (order.effective_on, order.id)]
    return [
        each
        for each in reversed(later)
        if order.kind is not OrderKind.ENTRY and students & {member.student_id for member in each.members}
    ]


def test_an_order_that_others_build_on_is_refused_and_names_them(story):
    leave, resumption = story.orders[1], story.orders[3]

    with pytest.raises(service.NotCancellable, match=resumption.number):
        service.cancel_order(leave, reason="试一试", by=None)


def test_cancelling_everything_backwards_returns_to_the_day_of_the_entry(story):
    for order in reversed(story.orders):
        service.cancel_order(order, reason="重来", by=None)
    database.session.commit()

    assert history.head_counts(date(2026, 9, 15)) == {Is.REGISTERED: 41}
    assert {f"{day}": counted(story, day)[0] for day in months()} == {
        f"{day}": 41 if day >= ENTRY else 0 for day in months()
    }
