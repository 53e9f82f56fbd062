"""Which amount is in force, on each side of every edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.aid.amounts import SCHOOL, amount_for, packaged, rule_for
from exchange.aid.conditions import read
from exchange.aid.months import Months
from exchange.aid.values import SHARE, AidKind

GRANT, YULU = AidKind.NATIONAL_GRANT, AidKind.RAIN_AND_DEW
ZHEJIANG, MANGSHI, GUANGNAN = "330000", "533103", "532627"
AUTUMN_2024, SPRING_2025, YEAR = Months(2024, 1), Months(2024, 2), Months(2024)


@pytest.mark.parametrize(
    ("kind", "region", "day", "amount"),
    [
        (GRANT, ZHEJIANG, date(2025, 1, 31), 2000),
        (GRANT, ZHEJIANG, date(2025, 2, 1), 2300),
        (AidKind.NATIONAL_SCHOLARSHIP, ZHEJIANG, date(2026, 9, 1), 6000),
        (YULU, MANGSHI, date(2020, 12, 31), None),
        (YULU, MANGSHI, date(2021, 1, 1), 1500),
        (AidKind.EAST_WEST_YUNNAN, MANGSHI, date(2017, 9, 6), None),
        (AidKind.EAST_WEST_YUNNAN, MANGSHI, date(2017, 9, 7), 5000),
        (AidKind.EAST_WEST_YUNNAN, MANGSHI, date(2020, 12, 31), 5000),
        (AidKind.EAST_WEST_YUNNAN, MANGSHI, date(2021, 1, 1), None),
        (AidKind.EAST_WEST_YUNNAN, "510000", date(2018, 1, 1), None),
        (AidKind.TUITION_WAIVER, ZHEJIANG, date(2026, 9, 1), None),
        (AidKind.PREFECTURE_SUBSIDY, MANGSHI, date(2026, 9, 1), None),
    ],
)
def test_amount_is_that_of_the_region_and_the_day(kind, region, day, amount):
    assert amount_for(kind, region, day) == amount


def own(row, **changes):
    return replace(row, confidence=SCHOOL, **changes)


def test_own_row_stands_before_the_packaged_one_from_its_day_on():
    row = own(rule_for(YULU, MANGSHI, date(2026, 9, 1)), amount=Decimal(2000), begins_on=date(2026, 9, 1))

    assert amount_for(YULU, MANGSHI, date(2026, 8, 31), rows=[row]) == 1500
    assert amount_for(YULU, MANGSHI, date(2026, 9, 1), rows=[row]) == 2000


def test_nearest_region_wins_even_over_an_own_row_of_a_wider_one():
    packaged_row = rule_for(YULU, MANGSHI, date(2026, 9, 1))
    county, province = own(packaged_row, region="533103", amount=Decimal(2500)), own(packaged_row, region="53")

    assert amount_for(YULU, MANGSHI, date(2026, 9, 1), rows=[province, county]) == 2500
    assert amount_for(YULU, GUANGNAN, date(2026, 9, 1), rows=[province, county]) == 1500


@pytest.mark.parametrize(
    ("kind", "months", "amount"),
    [
        (GRANT, AUTUMN_2024, "1000.00"),
        (GRANT, SPRING_2025, "1150.00"),
        (GRANT, YEAR, "2000"),
        (YULU, SPRING_2025, "1500"),
        (YULU, YEAR, "3000"),
        (AidKind.NATIONAL_SCHOLARSHIP, AUTUMN_2024, "6000"),
    ],
)
def test_amount_falls_to_a_term_or_a_year(kind, months, amount):
    assert rule_for(kind, MANGSHI, months.first_day).for_months(months) == Decimal(amount)


@given(st.sampled_from([*AidKind, SHARE]), st.sampled_from([ZHEJIANG, MANGSHI]), st.dates(date(2015, 1, 1)))
def test_rule_in_force_holds_on_the_day_in_the_region(kind, region, day):
    rule = rule_for(kind, region, day)

    assert rule is None or (rule.holds_on(day) and region.startswith(rule.region) and rule.kind == kind)


def test_every_packaged_row_names_known_conditions_its_source_and_how_sure_it_is():
    for row in packaged():
        read(row.condition)
        assert row.kind in {SHARE, *AidKind}
        assert row.source
        assert row.confidence in {"V", "V2", "M-hi", "M-med", "M-lo", "D"}


def test_what_is_from_memory_is_a_setting():
    assert rule_for(SHARE, ZHEJIANG, date(2026, 9, 1)).is_setting
    assert not rule_for(GRANT, ZHEJIANG, date(2026, 9, 1)).is_setting
