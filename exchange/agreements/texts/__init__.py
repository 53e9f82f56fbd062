"""The texts of agreements and consent forms, version by version. A new wording is a new file beside the old one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from exchange.agreements.values import DocumentKind

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """One part of a text; ``item`` names the content of article 15 that it holds, empty for none."""

    item: str
    heading: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """One version of a text, with ``{names}`` where the values of a placement go."""

    kind: DocumentKind
    version: str
    effective_on: date
    title: str
    basis: str
    sections: tuple[Section, ...]
    defaults: Mapping[str, str]

    @property
    def name(self) -> str:
        """Title and version, as they are kept with the signatures."""
        return f"{self.title} {self.version}"


@cache
def all_texts() -> tuple[Text, ...]:
    """Every version there is, the oldest first."""
    read = [_text(json.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.json")]
    return tuple(sorted(read, key=lambda text: (text.kind, text.effective_on, text.version)))


def text_for(kind: DocumentKind, on: date) -> Text:
    """The version in force on that day; before the first of all, the first."""
    versions = [text for text in all_texts() if text.kind is kind]
    return next((text for text in reversed(versions) if text.effective_on <= on), versions[0])


def _text(written: Mapping[str, Any]) -> Text:
    return Text(
        kind=DocumentKind(written["kind"]),
        version=written["version"],
        effective_on=date.fromisoformat(written["effective_on"]),
        title=written["title"],
        basis=written["basis"],
        sections=tuple(Section(each["item"], each["heading"], tuple(each["clauses"])) for each in written["sections"]),
        defaults=written["defaults"],
    )
