"""Aid of two terms: hardship from the roster, grants paid, gifts, a double claim, and a leave to act upon."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from exchange.aid import service
from exchange.aid.models import Award
from exchange.aid.months import Months
from exchange.aid.queries.awards import in_months
from exchange.aid.queries.candidates import entitled
from exchange.aid.values import AidKind, AwardStatus, CardHolder, Evidence, HardshipLevel, Item, PaidPer, Payer
from exchange.core.database import db
from exchange.demo import orders
from exchange.students.models import Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

LAST_YEAR, THIS_YEAR = Months(2025, 1), Months(2026, 1)
LIFTED, MONITORED = "脱贫户", "监测对象"
MONITORED_AS = ("JC_TPBWD", "JC_BYYZP", "JC_TFYZKN")
LEVELS = (HardshipLevel.HARD, HardshipLevel.SEVERE, HardshipLevel.SLIGHT)
ASSESSED, LEAVE = date(2025, 9, 20), date(2026, 10, 12)
NOT_YET_ASSESSED = 4
CARD = "62170000000000{number:05d}"


def support(school: "School", older: list[Student], younger: list[Student]) -> None:
    """The aid of the two classes, as the aid officer has kept it."""
    everybody = [*older, *younger]
    if not everybody:
        return
    _set_amounts(school)
    _assess(school, everybody[NOT_YET_ASSESSED:])
    for number, student in enumerate(everybody):
        _give_card(school, student, number)
    _grant(school, AidKind.NATIONAL_GRANT, LAST_YEAR, paid_on=date(2026, 1, 9), batch="2026-01 国助")
    _grant(school, AidKind.TUITION_WAIVER, THIS_YEAR, paid_on=date(2026, 9, 4), batch="2026-09 免学费")
    _grant(school, AidKind.RAIN_AND_DEW, THIS_YEAR, paid_on=None, batch="")
    _grant(school, AidKind.NATIONAL_GRANT, THIS_YEAR, paid_on=date(2026, 11, 13), batch="2026-11 国助", only=older)
    for student in older[:6]:
        _plan_gift(school, student)
    if len(younger) > 1:
        _claim_twice(school, younger[0])
        orders.send_on_leave(school, younger[-2], LEAVE, until=date(2027, 2, 21))


def _set_amounts(school: "School") -> None:
    """Invented amounts of the school, in place of those that every place sets itself."""
    for kind, amount, source in (
        (AidKind.TUITION_WAIVER, Decimal(2000), "演示：学校公布的学费标准"),
        (AidKind.LODGING_WAIVER, Decimal(800), "演示：学校公布的住宿费标准"),
    ):
        service.set_rule(
            kind=kind,
            begins_on=date(2024, 9, 1),
            amount=amount,
            period=PaidPer.YEAR,
            condition="on_roll full_time grade_1_to_3",
            source=source,
            by=school.people["aid_officer"],
        )


def _assess(school: "School", students: list[Student]) -> None:
    """What the roster says was looked into; the first few still wait, so that the difference is seen."""
    for number, student in enumerate(students):
        if student.poverty not in {LIFTED, MONITORED}:
            continue
        is_lifted = student.poverty == LIFTED
        service.record_status(
            student,
            category="TPH" if is_lifted else MONITORED_AS[number % len(MONITORED_AS)],
            begins_on=date(2021, 1, 1) if is_lifted else date(2023, 6, 1),
            level=LEVELS[number % len(LEVELS)],
            evidence=Evidence.HANDBOOK if is_lifted else Evidence.MONITORING,
            assessed_on=ASSESSED,
            by=school.people["aid_officer"],
        )


def _give_card(school: "School", student: Student, number: int) -> None:
    service.record_card(
        student,
        holder=CardHolder.STUDENT,
        holder_name=student.name,
        card_number=CARD.format(number=number),
        by=school.people["aid_officer"],
    )


def _grant(
    school: "School",
    kind: AidKind,
    months: Months,
    *,
    paid_on: date | None,
    batch: str,
    only: list[Student] | None = None,
) -> None:
    """Propose and approve, for one class or all, and pay half where there is a day for it."""
    officer, proposed = school.people["aid_officer"], entitled(kind, months)
    chosen = [each for each in proposed if only is None or each.student in only]
    service.grant(chosen, kind=kind, months=months, by=officer)
    if paid_on is None:
        return
    approved = in_months(select(Award), months).where(Award.kind == kind, Award.status == AwardStatus.APPROVED)
    for award in list(db.session.scalars(approved.order_by(Award.id)))[: len(chosen) // 2 if only else None]:
        service.pay(award, paid_on=paid_on, batch=batch, payer=Payer.SCHOOL, by=officer)


def _plan_gift(school: "School", student: Student) -> None:
    service.plan_award(
        student,
        kind=AidKind.IN_KIND,
        item=Item.WINTER_CLOTHES,
        months=THIS_YEAR,
        amount=Decimal(180),
        because="第一次在江南过冬",
        by=school.people["aid_officer"],
    )


def _claim_twice(school: "School", student: Student) -> None:
    """Somebody put the student down again: the check finds it, and nobody can approve it."""
    service.plan_award(
        student,
        kind=AidKind.TUITION_WAIVER,
        months=THIS_YEAR,
        amount=Decimal(1000),
        because="补报",
        by=school.people["aid_officer"],
    )
