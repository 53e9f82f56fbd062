"""A page of a select: never a whole table, never an unbounded count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, literal_column, select

from exchange.core.database import db

COUNT_LIMIT = 10_000
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, where they stand, and how many there are (counted up to ``most``)."""

    items: Sequence[Row]
    number: int
    per_page: int
    total: int
    most: int = COUNT_LIMIT

    @property
    def counted_out(self) -> bool:
        """Whether ``total`` is exact; beyond the limit it reads "more than"."""
        return self.total <= self.most

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number * self.per_page < self.total

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.items else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.per_page + len(self.items) if self.items else 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.items)


def paginate(
    rows: Select[Row], *, per_page: int = 50, scalars: bool = True, most: int | None = None, total: int | None = None
) -> Page[Any]:
    """The page that ``?page=`` asks for; nonsense means the first. A search that reads every row counts fewer.

    ``total`` is how many there are, where the caller knows: up to ``most`` exactly, and one more beyond it.
    """
    most = most or COUNT_LIMIT
    number = max(1, request.args.get("page", 1, type=int) or 1)
    number = min(number, 100_000)
    statement = rows.limit(per_page).offset((number - 1) * per_page)
    items = db.session.scalars(statement).unique().all() if scalars else db.session.execute(statement).all()
    if total is None:
        total = _count(rows, most) if number > 1 or len(items) == per_page else len(items)
    return Page(items=items, number=number, per_page=per_page, total=total, most=most)


def _count(rows: Select[Row], most: int) -> int:
    bounded = (
        rows.order_by(None)
        .with_only_columns(literal_column("1"), maintain_column_froms=True)
        .limit(most + 1)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(bounded)) or 0
