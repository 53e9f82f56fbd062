"""Which amount is in force for a kind of aid, in a region, on a day. Pure: rows in, a row out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from exchange.aid.categories import day_or_none, rows_of
from exchange.aid.months import Months
from exchange.aid.values import PaidFor, PaidPer, Unit

SCHOOL = "school"
TERMS = 2
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Amount:
    """One row of ``aid_rule``: how much, for whom, from when on, and where that is written."""

    kind: str
    region: str
    begins_on: date
    until: date | None
    amount: Decimal | None
    least: Decimal | None
    most: Decimal | None
    unit: Unit
    period: PaidPer
    per: PaidFor
    condition: str
    source: str
    confidence: str  # that of domain/rules.md, or ``SCHOOL``
    row_id: int | None = None  # of the school's own row

    @property
    def is_setting(self) -> bool:
        """From memory or proposed: the school decides, and no page calls it law."""
        return self.confidence.startswith("M") or self.confidence == "D"

    @property
    def is_own(self) -> bool:
        return self.confidence == SCHOOL

    def holds_on(self, day: date) -> bool:
        return self.begins_on <= day and (self.until is None or day < self.until)

    def for_months(self, months: Months) -> Decimal | None:
        """How much falls to a term or a year; what is paid by the year is halved for a term, to the cent."""
        if self.amount is None or self.period is PaidPer.ONCE:
            return self.amount
        if self.period is PaidPer.TERM:
            return self.amount if months.term else self.amount * TERMS
        return (self.amount / TERMS).quantize(CENT) if months.term else self.amount


@cache
def packaged() -> tuple[Amount, ...]:
    """The rows of ``data/aid_rules.csv``."""
    return tuple(
        Amount(
            kind=row["kind"],
            region=row["region"],
            begins_on=date.fromisoformat(row["from"]),
            until=day_or_none(row["until"]),
            amount=_money(row["amount"]),
            least=_money(row["least"]),
            most=_money(row["most"]),
            unit=Unit(row["unit"]),
            period=PaidPer(row["period"]),
            per=PaidFor(row["per"]),
            condition=row["condition"],
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in rows_of("aid_rules")
    )


def rule_for(kind: str, region: str, on: date, *, rows: Iterable[Amount] = ()) -> Amount | None:
    """The row in force: the nearest region wins, then the school's own row, then the youngest. None: no such aid."""
    fitting = [row for row in (*packaged(), *rows) if row.kind == kind and region.startswith(row.region)]
    in_force = [row for row in fitting if row.holds_on(on)]
    return max(in_force, key=lambda row: (len(row.region), row.is_own, row.begins_on), default=None)


def amount_for(kind: str, region: str, on: date, *, rows: Iterable[Amount] = ()) -> Decimal | None:
    """The amount in force; None where there is none or every place sets its own."""
    rule = rule_for(kind, region, on, rows=rows)
    return rule.amount if rule else None


def _money(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None
