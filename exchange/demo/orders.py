"""Changes of status: an award, a leave that ended, and a leave that waits for confirmation."""

from datetime import date
from typing import TYPE_CHECKING

from exchange.orders import service
from exchange.orders.evidence import AwardLevel, Evidence, Ground
from exchange.orders.kinds import OrderKind
from exchange.students.models import Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

LEFT, RETURNED, AWARDED, WANTS_TO_LEAVE = date(2025, 3, 10), date(2025, 9, 1), date(2026, 5, 20), date(2026, 12, 1)


def decide(school: "School", older: list[Student], younger: list[Student]) -> None:
    """What was decided about single students, in the order of time."""
    if older:
        _leave_and_return(school, older[-1])
        _confirmed(
            school,
            OrderKind.AWARD,
            older[:3],
            AWARDED,
            Evidence(award="湖州市中职技能大赛二等奖", award_level=AwardLevel.CITY, published_on=date(2026, 5, 12)),
        )
    if younger:
        service.draft_order(
            kind=OrderKind.LEAVE,
            students=younger[-1:],
            effective_on=WANTS_TO_LEAVE,
            evidence=Evidence(
                ground=Ground.ILLNESS, student_applied_on=date(2026, 11, 16), leave_until=date(2027, 2, 21)
            ),
            reason="需要回家休养",
            by=school.people["registrar"],
        )


def _leave_and_return(school: "School", student: Student) -> None:
    applied_on = date(2025, 3, 3)
    _confirmed(
        school,
        OrderKind.LEAVE,
        [student],
        LEFT,
        Evidence(
            ground=Ground.FAMILY,
            student_applied_on=applied_on,
            guardian_applied_on=applied_on,
            agreement_signed_on=date(2025, 3, 7),
            leave_until=date(2025, 8, 31),
        ),
    )
    _confirmed(
        school,
        OrderKind.RESUMPTION,
        [student],
        RETURNED,
        Evidence(student_applied_on=date(2025, 7, 20)),
        to_class=student.school_class,
    )


def _confirmed(school, kind, students, day, evidence, *, to_class=None):
    registrar = school.people["registrar"]
    order = service.draft_order(
        kind=kind, students=students, effective_on=day, evidence=evidence, to_class=to_class, by=registrar
    )
    service.confirm_order(order, by=registrar)
    return order
