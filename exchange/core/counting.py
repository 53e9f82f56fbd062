"""Counting far enough: nobody works differently for 40,000 open lines than for "1000+"."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal_column, select

from exchange.core.i18n import _

MOST = 1000
FEW = 5  # people whom somebody may have in mind at once


def up_to_most(rows: Select[Any]) -> ScalarSelect[int]:
    """How many rows there are, as an expression that stops counting after ``MOST`` + 1 of them."""
    few: Select[Any] = rows.with_only_columns(literal_column("1"), maintain_column_froms=True)
    few = few.order_by(None).limit(MOST + 1)
    return select(func.count()).select_from(few.subquery()).scalar_subquery()


def in_figures(number: int) -> str:
    """The number, or that there are more."""
    return f"{MOST}+" if number > MOST else str(number)


def naming_few(first: str | None, count: int, detail: object = "") -> str:
    """Who it is about where it is about few, before the detail: 岩旺等 3 人 · 打电话问清楚."""
    if not first or count > FEW:
        return str(detail)
    named = first if count == 1 else str(_("%(name)s等 %(count)s 人", name=first, count=count))
    return " · ".join(each for each in (named, str(detail)) if each)
