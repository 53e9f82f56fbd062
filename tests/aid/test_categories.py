from datetime import date

import pytest

from exchange.aid.categories import categories, meant_by

LAST, FIRST = date(2020, 12, 31), date(2021, 1, 1)


def codes(value, day):
    return [each.code for each in meant_by(value, day)]


def test_registered_poor_household_ends_when_the_lifted_one_begins():
    former, present = categories()["JDLK"], categories()["TPH"]

    assert (former.is_given_on(LAST), former.is_given_on(FIRST)) == (True, False)
    assert (present.is_given_on(LAST), present.is_given_on(FIRST)) == (False, True)


@pytest.mark.parametrize(
    ("value", "day", "meant"),
    [
        ("脱贫户", FIRST, ["TPH"]),
        ("建档立卡", LAST, ["JDLK"]),
        ("建档立卡", FIRST, ["TPH"]),
        ("监测对象", FIRST, ["JC_TPBWD", "JC_BYYZP", "JC_TFYZKN"]),
        ("低保", FIRST, ["DB"]),
        ("否", FIRST, ["NONE"]),
        ("写错的", FIRST, []),
        (None, FIRST, []),
    ],
)
def test_word_of_the_roster_means_kinds_of_its_day(value, day, meant):
    assert codes(value, day) == meant
