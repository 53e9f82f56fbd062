"""The numbers and lists of the law, each with the dates in which it is in force, from ``placements/limits.json``."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LIMITS = Path(__file__).parents[1] / "limits.json"


def number(name: str, *, on: date | None) -> int:
    """The limit in force on that day; without a day the newest."""
    return int(_value(name, on))


def codes(name: str, *, on: date | None) -> frozenset[str]:
    """The list in force on that day; without a day the newest."""
    return frozenset(_value(name, on))


@cache
def versions(name: str) -> list[dict[str, Any]]:
    """All versions of a limit, the oldest first."""
    return sorted(_file()[name], key=lambda version: str(version["from"]))


def _value(name: str, on: date | None) -> Any:
    """A day before the first version is judged by the first: the law is never absent."""
    begun = [version for version in versions(name) if on is None or version["from"] <= on.isoformat()]
    return (begun or versions(name)[:1])[-1]["value"]


@cache
def _file() -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(LIMITS.read_text(encoding="utf-8"))
    return document
