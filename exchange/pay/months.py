"""Calendar months between days, as pay is counted."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

HUNDREDTH = Decimal("0.01")


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> Decimal:
    """Months from the first to the last day, both included: 2 March to 1 April is one."""
    whole, over = 0, last + timedelta(days=1)
    while add_months(first, whole + 1) <= over:
        whole += 1
    begun, ends = add_months(first, whole), add_months(first, whole + 1)
    return (whole + Decimal((over - begun).days) / (ends - begun).days).quantize(HUNDREDTH)
