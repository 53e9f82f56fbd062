"""Numbers and lists of the law and of the school, each with the dates in which it is in force, from a JSON file.

``{"min_age_years": [{"value": 16, "article": "16(2)", "regulation": "…", "from": "2021-12-31", "until": null}]}``
"""

import json
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any


class DatedValues:
    """The values of one file, read at first use."""

    def __init__(self, path: Path):
        self.path = path

    def number(self, name: str, *, on: date | None) -> int:
        """The number in force on that day; without a day the newest."""
        return int(self._value(name, on))

    def codes(self, name: str, *, on: date | None) -> frozenset[str]:
        """The list in force on that day; without a day the newest."""
        return frozenset(self._value(name, on))

    def table(self, name: str, *, on: date | None) -> dict[str, int]:
        """The numbers by name in force on that day; without a day the newest."""
        return {key: int(number) for key, number in self._value(name, on).items()}

    def versions(self, name: str) -> list[dict[str, Any]]:
        """All versions of a value, the oldest first."""
        return sorted(self._file[name], key=lambda version: str(version["from"]))

    def _value(self, name: str, on: date | None) -> Any:
        """A day before the first version is judged by the first: the law is never absent."""
        begun = [version for version in self.versions(name) if on is None or version["from"] <= on.isoformat()]
        return (begun or self.versions(name)[:1])[-1]["value"]

    @cached_property
    def _file(self) -> dict[str, list[dict[str, Any]]]:
        document: dict[str, list[dict[str, Any]]] = json.loads(self.path.read_text(encoding="utf-8"))
        return document
