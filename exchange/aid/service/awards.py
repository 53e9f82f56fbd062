"""Granting aid and moving awards along their workflow.

Reasons are sealed among the changes of the trail, not shown with it: they may name a hardship.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.aid.events import AidEvent
from exchange.aid.models import Award
from exchange.aid.months import Months
from exchange.aid.queries import claims
from exchange.aid.queries.candidates import Entitlement
from exchange.aid.service.refusals import InvalidDays, NoteMissing, NotUsable
from exchange.aid.values import AidKind, AwardStatus, Item
from exchange.aid.workflow import AWARD_WORKFLOW
from exchange.audit.service import record
from exchange.core.database import db, lock_all, today
from exchange.core.i18n import _
from exchange.core.rules import NO_RULES, Finding, Severity, Unmet
from exchange.core.workflow import Transition
from exchange.students.models import Student

REASON_NEEDED = frozenset({"stop", "return", "suspend"})


def plan_award(
    student: Student,
    *,
    kind: AidKind,
    months: Months,
    amount: Decimal | None,
    item: Item | None = None,
    because: str = "",
    decided_on: date | None = None,
    by: User | None,
) -> Award:
    """Put a student down for aid; it still has to be approved. Raises ``NotUsable`` and ``InvalidDays``."""
    if (kind is AidKind.IN_KIND) != (item is not None):
        raise NotUsable(_("实物帮扶要写明是什么，其他资助不写。"))
    if amount is not None and amount <= 0:
        raise NotUsable(_("金额要大于零。"))
    if amount is None and kind is not AidKind.IN_KIND:
        raise NotUsable(_("还没有金额。先在“标准与金额”里填写，或在这里写明。"))
    if decided_on and decided_on > today():
        raise InvalidDays(_("决定的日子还没有到。"))
    award = draft(student, kind=kind, months=months, amount=amount, item=item)
    award.because, award.decided_on = because.strip() or None, decided_on or today()
    db.session.add(award)
    record(AidEvent.AWARD_PLANNED, award, by=by, kind=kind, months=months.key, amount=amount)
    return award


def draft(
    student: Student, *, kind: AidKind, months: Months, amount: Decimal | None, item: Item | None = None
) -> Award:
    """An award that is compared with others and stored by nobody yet."""
    return Award(
        student_id=student.id,
        student=student,
        kind=kind,
        item=item,
        school_year=months.school_year,
        term_number=months.term,
        amount=amount,
        project_id=student.school_class.project_id,
        claimant_index=student.resident_id_index,
        payments=[],
    )


def grant(
    entitlements: Sequence[Entitlement], *, kind: AidKind, months: Months, reason: str = "", by: User | None
) -> list[Award]:
    """Approve the aid for everybody of a proposal: all of them or, if a rule stands against one, none.

    Raises as ``plan_award`` and ``change_status`` do.
    """
    with db.session.begin_nested():
        _take_households(each.student.id for each in entitlements)
        awards = [
            plan_award(
                each.student,
                kind=kind,
                months=months,
                amount=each.amount,
                because="；".join(message.zh for message in each.reasons),
                by=by,
            )
            for each in entitlements
        ]
        approve_all(awards, reason=reason, by=by)
    return awards


def approve_all(awards: Sequence[Award], *, reason: str = "", by: User | None) -> None:
    """Approve several at once, each under the rules; the refusal names the student. Raises ``Unmet``."""
    _take(awards)
    for found in claims.check(awards):
        _approve(found.award, AWARD_WORKFLOW.find("approve", found.award.status), found.findings, reason=reason, by=by)


def change_status(award: Award, name: str, *, reason: str = "", by: User | None) -> None:
    """Move the award along its workflow. A reason excuses warnings, and nothing that is forbidden.

    Raises ``InvalidTransition``, ``NoteMissing`` and ``Unmet``. Paying has a function of its own.
    """
    _take([award])
    transition = AWARD_WORKFLOW.find(name, award.status)
    if name in REASON_NEEDED and not reason.strip():
        raise NoteMissing(_("写明理由。"))
    findings = claims.check([award])[0].findings if transition.rules is not NO_RULES else []
    _approve(award, transition, findings, reason=reason, by=by)


def _take(awards: Sequence[Award]) -> None:
    """Hold the households, then the awards as they are now, so that of two who decide at once the second sees both."""
    _take_households(award.student_id for award in awards)
    held = select(Award).where(Award.id.in_([award.id for award in awards])).order_by(Award.id)
    db.session.scalars(held.with_for_update(of=Award), execution_options={"populate_existing": True}).all()


def _take_households(student_ids: Iterable[int]) -> None:
    lock_all(Student, claims.concerned(student_ids))


def _approve(
    award: Award, transition: Transition, findings: Sequence[Finding[Any]], *, reason: str, by: User | None
) -> None:
    excused = [each for each in findings if each.rule.severity is Severity.WARN]
    in_the_way = [each for each in findings if each.is_demanding] + ([] if reason.strip() else excused)
    if in_the_way:
        raise Unmet(list(in_the_way))
    former, award.status = award.status, AwardStatus(transition.target.value)
    codes = [each.rule.code for each in excused]
    record(transition.event, award, by=by, status=[former, award.status], note=reason.strip(), excused=codes)


def export_totals(content: bytes, *, by: User) -> bytes:
    """Hand out the totals; that somebody took them is recorded."""
    record(AidEvent.TOTALS_EXPORTED, by, by=by, size=len(content))
    return content
