"""Calendar months between days."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.pay.months import add_months, months_between


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-03-02", "2026-04-01", "1.00"),
        ("2026-03-02", "2026-04-02", "1.03"),
        ("2026-03-02", "2026-03-31", "0.97"),
        ("2026-02-01", "2026-02-28", "1.00"),
        ("2026-01-31", "2026-02-27", "1.00"),
        ("2026-12-15", "2027-01-14", "1.00"),
        ("2026-03-02", "2026-06-01", "3.00"),
        ("2026-03-02", "2026-03-02", "0.03"),
    ],
)
def test_months_with_both_days_included(first, last, months):
    assert months_between(date.fromisoformat(first), date.fromisoformat(last)) == Decimal(months)


def test_a_month_later_may_be_shorter():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 1), 1) == date(2027, 1, 1)
