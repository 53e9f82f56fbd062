"""Reads the facts of a placement from JSON field by field; what does not fit is refused with the path of the field."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from exchange.core.enums import LabelledEnum
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.placements.facts.document import Facts
from exchange.placements.facts.parsing import JsonObject, parse, shown

LARGEST = 1_000_000_000
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}")

Record = TypeVar("Record")


def read_facts(content: bytes) -> Facts:
    """The facts in a JSON document; raises ``UsageProblem`` with the path of the field that cannot be used."""
    document = parse(content)
    if isinstance(document, JsonObject) and document.get("step") is None:
        raise UsageProblem(_("step：必须填写。"))
    return _read_record(document, Facts, "")


def _read_record(value: object, kind: Callable[..., Record], path: str) -> Record:
    if not isinstance(value, JsonObject):
        raise UsageProblem(_("%(path)s：应为对象。", path=path or "document"))
    if value.twice is not None:
        raise UsageProblem(_("%(path)s：字段重复。", path=_below(path, value.twice)))
    schema = _schema(kind)
    values = {}
    for key, item in value.items():
        if key not in schema:
            raise UsageProblem(_("%(path)s：没有这个字段。", path=_below(path, key)))
        name, wanted = schema[key]
        if item is not None:
            values[name] = _read(item, wanted, _below(path, key))
    return kind(**values)


def _below(path: str, key: str) -> str:
    return f"{path}.{shown(key)}" if path else shown(key)


@cache
def _schema(kind: Any) -> dict[str, tuple[str, Any]]:
    """Per field of the document: its name here and its type. ``from_`` is the document's ``from``, a word of Python."""
    hints = get_type_hints(kind)
    return {each.name.rstrip("_"): (each.name, _required(hints[each.name])) for each in fields(kind)}


def _required(hint: Any) -> Any:
    """The type beside None."""
    if isinstance(hint, UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _read(value: object, wanted: Any, path: str) -> object:
    if get_origin(wanted) is tuple:
        return _read_list(value, get_args(wanted)[0], path)
    if wanted in READERS:
        return READERS[wanted](value, path)
    if issubclass(wanted, LabelledEnum):
        return _read_choice(value, wanted, path)
    return _read_record(value, wanted, path)


def _read_list(value: object, wanted: Any, path: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise UsageProblem(_("%(path)s：应为列表。", path=path))
    return tuple(_read(item, wanted, f"{path}[{position}]") for position, item in enumerate(value))


def _read_choice(value: object, wanted: type[LabelledEnum], path: str) -> LabelledEnum:
    for member in wanted:
        if isinstance(value, str) and value == member.value:
            return member
    allowed = ", ".join(member.value for member in wanted)
    raise UsageProblem(_("%(path)s：只能是 %(allowed)s 之一。", path=path, allowed=allowed))


def _read_text(value: object, path: str) -> str | None:
    """Blank text is no record."""
    if not isinstance(value, str):
        raise UsageProblem(_("%(path)s：应为文字。", path=path))
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageProblem(_("%(path)s：含有不完整的字符。", path=path))
    return value.strip() or None


def _read_flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise UsageProblem(_("%(path)s：应为 true 或 false。", path=path))
    return value


def _read_decimal(value: object, path: str) -> Decimal:
    if not isinstance(value, Decimal) or not 0 <= value <= LARGEST:
        raise UsageProblem(_("%(path)s：应为 0 到 %(largest)s 之间的数字。", path=path, largest=LARGEST))
    return value


def _read_count(value: object, path: str) -> int:
    number = _read_decimal(value, path)
    if number != number.to_integral_value():
        raise UsageProblem(_("%(path)s：应为整数。", path=path))
    return int(number)


def _read_date(value: object, path: str) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UsageProblem(_("%(path)s：没有这一天。", path=path)) from None
    raise UsageProblem(_("%(path)s：应为日期，如 2028-03-06。", path=path))


def _read_time(value: object, path: str) -> time:
    if isinstance(value, str) and TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise UsageProblem(_("%(path)s：没有这个时刻。", path=path)) from None
    raise UsageProblem(_("%(path)s：应为时刻，如 09:00。", path=path))


READERS: dict[type, Callable[[object, str], object]] = {
    str: _read_text,
    bool: _read_flag,
    int: _read_count,
    Decimal: _read_decimal,
    date: _read_date,
    time: _read_time,
}
