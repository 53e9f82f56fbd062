import pytest
from sqlalchemy import literal, select, union_all

from exchange.core.counting import MOST, in_figures, up_to_most


@pytest.mark.parametrize(("rows", "figures"), [(1, "1"), (MOST, "1000"), (MOST + 1, "1000+"), (MOST + 500, "1000+")])
def test_counts_exactly_up_to_a_thousand_and_then_stops(db, rows, figures):
    numbers = select(literal(1).label("n")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < rows))

    number = db.session.scalar(select(up_to_most(select(numbers.c.n))))

    assert number == min(rows, MOST + 1)
    assert in_figures(number) == figures


def test_nothing_is_none(db):
    nothing = select(union_all(select(literal(1).label("n"))).subquery().c.n).where(literal(False))

    assert db.session.scalar(select(up_to_most(nothing))) == 0
