"""What may be typed into a cell."""

from decimal import Decimal

import pytest

from exchange.coursework.models import Special
from exchange.coursework.notation import EMPTY, Unreadable, Value, read


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("88", Value(Decimal(88))),
        ("８８．５", Value(Decimal("88.5"))),
        ("88。5", Value(Decimal("88.5"))),
        (" 0 ", Value(Decimal(0))),
        ("088", Value(Decimal(88))),
        ("100", Value(Decimal(100))),
        ("", EMPTY),
        ("　", EMPTY),
        ("缺", Value(special=Special.ABSENT)),
        ("Q", Value(special=Special.ABSENT)),
        ("缓考", Value(special=Special.DEFERRED)),
        ("免", Value(special=Special.EXEMPT)),
        ("E", Value(special=Special.EXEMPT)),
    ],
)
def test_read_understands_what_people_type(app, typed, value):
    assert read(typed, maximum=100) == value


@pytest.mark.parametrize("typed", ["abc", "1e2", "nan", "Infinity", "8 8", "88分", "٣", "--1", "9" * 60])
def test_read_refuses_what_is_no_mark(app, typed):
    with pytest.raises(Unreadable, match="不是成绩"):
        read(typed, maximum=100)


@pytest.mark.parametrize(("typed", "maximum"), [("99", 10), ("100.01", 100), ("-1", 100)])
def test_read_refuses_a_value_out_of_range(app, typed, maximum):
    with pytest.raises(Unreadable, match=f"0 到 {maximum} 分"):
        read(typed, maximum=maximum)


def test_read_refuses_more_decimals_than_are_stored(app):
    with pytest.raises(Unreadable, match="最多两位"):
        read("88.125", maximum=100)


@pytest.mark.parametrize(("value", "shown"), [("88.00", "88"), ("86.50", "86.5"), ("0", "0"), ("100", "100")])
def test_value_is_shown_without_superfluous_zeros(app, value, shown):
    assert str(Value(Decimal(value))) == shown


def test_special_mark_is_shown_as_its_sign(app):
    assert str(Value(special=Special.ABSENT)) == "缺"
