"""Documents of placement facts for tests: the clean example, changed in single places."""

import copy
import json
from pathlib import Path

from exchange.placements.facts import Facts, read_facts
from exchange.placements.rules import check_document

EXAMPLE = Path(__file__).parents[1] / "data" / "placement-facts.json"
CLEAN = json.loads(EXAMPLE.read_text(encoding="utf-8"))


def document(changes: dict | None = None) -> dict:
    """The clean example with other values at some paths: ``{"post.venue": None, "filings.1.filed_on": None}``."""
    changed = copy.deepcopy(CLEAN)
    for path, value in (changes or {}).items():
        *way, last = path.split(".")
        place = changed
        for name in way:
            place = place[_index(name)]
        place[_index(last)] = copy.deepcopy(value)
    return changed


def facts(changes: dict | None = None) -> Facts:
    return read_facts(as_bytes(document(changes)))


def found(changes: dict | None = None) -> dict[str, list[str]]:
    """Per rule found what is missing."""
    return {finding["rule"]: finding["missing"] for finding in check_document(facts(changes))}


def missing(rule: str, changes: dict | None = None) -> list[str] | None:
    """What the rule says is missing; None where it finds nothing."""
    return found(changes).get(rule)


def as_bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def value_paths(content: object, path: str = "") -> list[str]:
    """The path of every value in the document, of objects and lists too."""
    if isinstance(content, dict):
        below = content.items()
    elif isinstance(content, list):
        below = enumerate(content)
    else:
        return [path]
    found_below = [each for name, value in below for each in value_paths(value, f"{path}.{name}".lstrip("."))]
    return ([path] if path else []) + found_below


def _index(name: str) -> str | int:
    return int(name) if name.isdigit() else name
