"""Counting far enough: nobody works differently for 40,000 open lines than for "1000+"."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal_column, select

MOST = 1000


def up_to_most(rows: Select[Any]) -> ScalarSelect[int]:
    """How many rows there are, as an expression that stops counting after ``MOST`` + 1 of them."""
    few: Select[Any] = rows.with_only_columns(literal_column("1"), maintain_column_froms=True).order_by(None).limit(MOST + 1)
    return select(func.count()).select_from(few.subquery()).scalar_subquery()


def in_figures(number: int) -> str:
    """The number, or that there are more."""
    return f"{MOST}+" if number > MOST else str(number)
