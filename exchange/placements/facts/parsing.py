"""JSON without surprises: UTF-8, bounded in size and depth, decimal numbers, no key twice, no NaN."""

import json
import re
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_DIGITS = 30
MAX_SHOWN = 60

TOKENS = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*+)"?|[\[\]{}]', re.DOTALL)

UNUSABLE = object()
"""Stands where a number cannot be used: NaN, Infinity, hundreds of digits. It is of no type that a field wants."""


class JsonObject(dict[str, object]):
    """An object that remembers a key which stood in it twice."""

    twice: str | None = None


def parse(content: bytes) -> object:
    """The document as plain values; raises ``UsageProblem`` where it is no JSON that can be used."""
    if len(content) > MAX_BYTES:
        raise UsageProblem(_("文件过大：最多 %(limit)s 字节。", limit=MAX_BYTES))
    text = _decode(content)
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=lambda name: UNUSABLE,
        )
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise UsageProblem(_("第 %(line)s 行第 %(column)s 个字符处不是有效的 JSON。", **where)) from None


def shown(text: str) -> str:
    """Text from outside, fit to stand in one line of a message."""
    printable = text if text.isprintable() else ascii(text)[1:-1]
    return printable if len(printable) <= MAX_SHOWN else printable[:MAX_SHOWN] + "…"


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageProblem(_("第 %(position)s 个字节处不是 UTF-8 编码。", position=error.start + 1)) from None


def _refuse_depth(text: str) -> None:
    """Counts brackets outside of strings, before a parser that recurses sees the text."""
    levels: list[tuple[str, str]] = []
    last_text = ""
    for token in TOKENS.finditer(text):
        mark = token.group()
        if mark in ("{", "["):
            levels.append((mark, last_text))
            if len(levels) > MAX_DEPTH:
                raise UsageProblem(_("%(path)s：嵌套过深。", path=_path_of(levels)))
        elif mark in ("}", "]"):
            levels = levels[:-1]
        else:
            last_text = token.group("text")


def _path_of(levels: list[tuple[str, str]]) -> str:
    """The names on the way down: a bracket inside an object follows its name."""
    inside = pairwise(levels)
    names = [shown(name) for (outer, _name), (_mark, name) in inside if outer == "{"]
    return ".".join(names[:3]) or "document"


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    result = JsonObject()
    for key, value in pairs:
        if key in result:
            result.twice = key
        result[key] = value
    return result


def _number(text: str) -> object:
    if len(text) > MAX_DIGITS:
        return UNUSABLE
    try:
        return Decimal(text)
    except InvalidOperation:
        return UNUSABLE
