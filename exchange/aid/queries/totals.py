"""Heads and money per kind and term, without names; small numbers are not told, for they would point at somebody."""

from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select

from exchange.aid.models import Award, Payment
from exchange.aid.months import Months
from exchange.aid.values import AidKind, AwardStatus
from exchange.core.database import db

FEWEST = 3
COUNTED = (AwardStatus.APPROVED, AwardStatus.PAID, AwardStatus.SUSPENDED)


class Total(NamedTuple):
    """One kind in one term. None: fewer than three students, so neither heads nor money are told."""

    months: Months
    kind: AidKind
    heads: int | None
    granted: Decimal | None
    paid: Decimal | None

    @property
    def is_hidden(self) -> bool:
        return self.heads is None


def totals() -> list[Total]:
    """Every kind in every term, the newest term first."""
    return [total if (total.heads or 0) >= FEWEST else Total(*total[:2], None, None, None) for total in _counted()]


def of_months(months: Months) -> list[Total]:
    """The exact numbers of one term, for the aid officer."""
    return [total for total in _counted() if total.months.overlaps(months)]


def _counted() -> list[Total]:
    paid = select(Payment.award_id, func.sum(Payment.amount).label("paid")).group_by(Payment.award_id).subquery()
    rows = (
        select(
            Award.school_year,
            Award.term_number,
            Award.kind,
            func.count(func.distinct(Award.student_id)),
            func.coalesce(func.sum(Award.amount), 0),
            func.coalesce(func.sum(paid.c.paid), 0),
        )
        .outerjoin(paid, paid.c.award_id == Award.id)
        .where(Award.status.in_(COUNTED))
        .group_by(Award.school_year, Award.term_number, Award.kind)
        .order_by(Award.school_year.desc(), Award.term_number.desc(), Award.kind)
    )
    return [
        Total(Months(year, term), kind, heads, Decimal(str(granted)), Decimal(str(handed)))
        for year, term, kind, heads, granted, handed in db.session.execute(rows).all()
    ]
