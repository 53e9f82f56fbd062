"""Facts that break no rule, one set per kind of order, and orders that were confirmed."""

from dataclasses import replace
from datetime import date

from exchange.core.database import db
from exchange.orders import service
from exchange.orders.evidence import AwardLevel, Evidence, Ground, Sanction
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.students.models import StudentStatus

DAY = date(2027, 10, 8)  # grade 2, first term, of a class of 2026
PAST = date(2027, 9, 1)
APPLIED = {"student_applied_on": PAST, "guardian_applied_on": PAST}
COMPLETE: dict[OrderKind, Evidence] = {
    OrderKind.ENTRY: Evidence(),
    OrderKind.PROMOTION: Evidence(),
    OrderKind.CLASS_CHANGE: Evidence(),
    OrderKind.MAJOR_CHANGE: Evidence(ground=Ground.TALENT),
    OrderKind.REPEAT: Evidence(leadership_decided_on=PAST),
    OrderKind.LEAVE: Evidence(ground=Ground.FAMILY, **APPLIED, agreement_signed_on=PAST, leave_until=date(2028, 8, 31)),
    OrderKind.RESUMPTION: Evidence(student_applied_on=date(2027, 7, 1)),
    OrderKind.TRANSFER_OUT: Evidence(
        **APPLIED, own_school_agreed_on=PAST, other_school="示范学校", other_school_agreed_on=PAST
    ),
    OrderKind.WITHDRAWAL: Evidence(**APPLIED),
    OrderKind.DISMISSAL: Evidence(ground=Ground.ABSENT_HOURS, unexcused_hours=90, guardian_notified_on=PAST),
    OrderKind.EXPULSION: Evidence(
        ground=Ground.CONVICTED, guardian_notified_on=PAST, hearing_offered_on=PAST, leadership_decided_on=PAST
    ),
    OrderKind.LOST: Evidence(absent_since=PAST, guardian_notified_on=PAST),
    OrderKind.DEATH: Evidence(proof_on=PAST, reported_to_province_on=PAST),
    OrderKind.GRADUATION: Evidence(audit_passed_on=PAST),
    OrderKind.COMPLETION: Evidence(makeup_passed_on=PAST),
    OrderKind.DIPLOMA_EXCHANGE: Evidence(student_applied_on=PAST, makeup_passed_on=PAST),
    OrderKind.AWARD: Evidence(award="技能大赛二等奖", award_level=AwardLevel.CITY, published_on=PAST),
    OrderKind.SANCTION: Evidence(sanction=Sanction.WARNING, guardian_notified_on=PAST),
    OrderKind.SANCTION_REMOVAL: Evidence(lifted_on=date(2027, 4, 8), student_applied_on=PAST),
}
"""What each kind of order needs, and nothing more."""

STATUS = {
    OrderKind.RESUMPTION: StudentStatus.ON_LEAVE,
    OrderKind.DIPLOMA_EXCHANGE: StudentStatus.COMPLETED,
}


def facts(kind: OrderKind, *, evidence: dict[str, object] | None = None, **changes: object) -> Facts:
    """Facts of an adult of a class of 2026 that break no rule of the kind, but for these changes."""
    clean = Facts(
        kind=kind,
        effective_on=LAST_DAYS.get(kind, DAY),
        birth_date=date(2009, 10, 8),
        enrolled_on=date(2026, 9, 1),
        status=STATUS.get(kind, StudentStatus.REGISTERED),
        intake_year=2026,
        length_years=3,
        major="740104",
        to_major="740201" if kind is OrderKind.MAJOR_CHANGE else "740104",
        to_intake_year=2027 if kind is OrderKind.REPEAT else 2026,
        to_length_years=3,
        left_on=date(2029, 7, 1) if kind is OrderKind.DIPLOMA_EXCHANGE else None,
        evidence=COMPLETE[kind],
    )
    if evidence:
        changes["evidence"] = replace(clean.evidence, **evidence)
    return replace(clean, **changes)


LAST_DAYS = {
    OrderKind.GRADUATION: date(2029, 6, 30),
    OrderKind.COMPLETION: date(2029, 6, 30),
    OrderKind.DIPLOMA_EXCHANGE: date(2030, 1, 1),
}
"""Kinds that belong to the end of the years of study."""


def draft(kind, students, *, effective_on=DAY, by=None, evidence=None, **changes):
    """A draft that breaks no rule of its kind."""
    proof = replace(COMPLETE[kind], **(evidence or {}))
    order = service.draft_order(
        kind=kind, students=list(students), effective_on=effective_on, evidence=proof, by=by, **changes
    )
    db.session.commit()
    return order


def confirmed(kind, students, *, by=None, reason="", **changes):
    """An order that stands."""
    order = draft(kind, students, by=by, **changes)
    service.confirm_order(order, by=by, reason=reason)
    db.session.commit()
    return order
