"""The numbers of law and school, each from the day on which it holds, from ``welfare/limits.json``."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "limits.json"


def limit(name: str, on: date) -> int:
    """The number that holds on that day."""
    return int(_holding(name, on))


def steps(name: str, on: date) -> list[int]:
    """The rising numbers that hold on that day."""
    return sorted(int(value) for value in _holding(name, on))


def _holding(name: str, on: date) -> Any:
    """The last version that has begun; a day before the first one is judged by the first."""
    versions = sorted(_versions()[name], key=lambda version: str(version["from"]))
    return next((each for each in reversed(versions) if each["from"] <= on.isoformat()), versions[0])["value"]


@cache
def _versions() -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text("utf-8"))
    return document
