"""Internships while they run: logs up to last week, pay month by month, checks, a complaint and an incident."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from exchange.complaints import service as complaints
from exchange.complaints.values import ComplaintKind
from exchange.core.database import SCHOOL_TIME, db, now, today
from exchange.journals import service
from exchange.journals.values import Mood
from exchange.journals.weeks import Week, weeks_of
from exchange.pay import service as pay
from exchange.pay.months import add_months
from exchange.placements.facts.values import Payee, Payer, PayMethod
from exchange.placements.models import Placement, PlacementStatus
from exchange.supervision import service as supervision
from exchange.supervision.values import IncidentKind, Step, Way

if TYPE_CHECKING:
    from exchange.demo.school_year import School

EVENING = time(20, 30)
TOLD = (
    ("在前台帮客人办入住，整理房卡。", "怎么登记证件，怎么和客人说话。"),
    ("在餐厅摆台、传菜，参加了一次宴会服务。", "宴会的流程，忙的时候怎么分工。"),
    ("跟师傅整理客房，每天十二间。", "铺床的顺序，怎么检查房间。"),
)


def tell(school: "School") -> None:
    """All who are at work; the last of them has not written for two weeks and asked for a call before."""
    rows = select(Placement).where(Placement.status == PlacementStatus.ACTIVE).order_by(Placement.id)
    ended = select(Placement).where(Placement.status == PlacementStatus.ENDED).order_by(Placement.id)
    for placement in db.session.scalars(ended):
        _pay(placement, Decimal(2900))
    running = [each for each in db.session.scalars(rows) if each.starts_on < today()]
    for number, placement in enumerate(running):
        is_last = number == len(running) - 1
        _write(school, placement, number, leave_out=2 if is_last else 0)
        _pay(placement, Decimal(1900) if number == 1 else Decimal(2900))
    if running:
        _look_after(school, running)


def _write(school: "School", placement: Placement, number: int, *, leave_out: int) -> None:
    over = [week for week in weeks_of(placement) if week.last < today()]
    wanted = over[: len(over) - leave_out]
    for index, week in enumerate(wanted):
        is_newest = index == len(wanted) - 1
        log = service.submit_log(
            placement,
            week=week.monday,
            did=TOLD[(number + index) % len(TOLD)][0],
            learnt=TOLD[(number + index) % len(TOLD)][1],
            hours=[Decimal(8)] * 5 + [None, None],
            mood=Mood.HELP if leave_out and is_newest else Mood.FINE,
            at=_evening(week),
            by=placement.student.user,
        )
        if not is_newest:
            service.read_log(log, answer="写得清楚，继续。", by=school.people["instructor"])


def _evening(week: Week) -> datetime:
    return datetime.combine(week.last, EVENING, SCHOOL_TIME)


def _pay(placement: Placement, amount: Decimal) -> None:
    """Each month that was over five days ago, and the days that are left at the end."""
    first = placement.starts_on
    while first <= placement.ends_on:
        last = min(add_months(first, 1) - timedelta(days=1), placement.ends_on)
        if last + timedelta(days=5) > today():
            break
        pay.report_payment(
            placement,
            received_on=last + timedelta(days=5),
            covers_from=first,
            covers_to=last,
            amount=amount,
            method=PayMethod.BANK,
            payee=Payee.STUDENT,
            payer=Payer.HOST,
            by=None,
        )
        first = last + timedelta(days=1)


def _look_after(school: "School", running: list[Placement]) -> None:
    instructor = school.people["instructor"]
    supervision.check(running[:-1], way=Way.CALL, notes={}, by=instructor)
    complaints.raise_complaint(
        running[0], kind=ComplaintKind.LODGING, words="宿舍热水器坏了一个星期。", by=school.people["internship_officer"]
    )
    incident = supervision.report_incident(
        running[0],
        kind=IncidentKind.INJURY,
        occurred_at=now() - timedelta(minutes=40),
        situation="在后厨滑倒，手腕扭伤，已送医院。",
        by=instructor,
    )
    for step in (Step.RESCUE, Step.LEADER, Step.GUARDIAN):
        supervision.do_step(incident, step, by=instructor)
