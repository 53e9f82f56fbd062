"""Value lists of the national standards: sex, political status, family relation, health and the roster's own."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from exchange.reference.tables import plain, several, table


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list; ``code`` is empty where the standard gives none."""

    code: str
    name: str


@dataclass(frozen=True)
class CodeList:
    """The values of one field. An open list may hold other values, too."""

    name: str
    values: tuple[Code, ...]
    open: bool
    index: dict[str, Code]

    def find(self, text: str) -> Code | None:
        """A value by name, synonym or code, however its letters and spaces were typed."""
        return self.index.get(plain(text))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(value.name for value in self.values)


def code_list(name: str) -> CodeList:
    """The list of this name, for example ``political_status``. Raises ``KeyError`` for a name that is no list."""
    return _lists()[name]


def find_code(list_name: str, text: str) -> Code | None:
    """Short for ``code_list(list_name).find(text)``."""
    return code_list(list_name).find(text)


@cache
def _lists() -> dict[str, CodeList]:
    rows = defaultdict(list)
    for row in table("codes"):
        rows[row["list"]].append(row)
    return {name: _build(name, members) for name, members in rows.items()}


def _build(name: str, rows: list[dict[str, str]]) -> CodeList:
    index: dict[str, Code] = {}
    values = tuple(Code(row["code"], row["name"]) for row in rows)
    for value, row in zip(values, rows, strict=True):
        for written in (value.name, *several(row["synonyms"])):
            index.setdefault(plain(written), value)
    for value in values:
        for written in (value.code, value.code.lstrip("0")):
            if written:
                index.setdefault(plain(written), value)
    return CodeList(name, values, any(row["open"] for row in rows), index)
