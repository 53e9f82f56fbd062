"""Written values beside those that a record has now."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from exchange.students.values import Values


def differing(present: Mapping[str, Any], written: Mapping[str, Any]) -> list[str]:
    """The fields in which the record is not what was written."""
    return [
        field
        for field, new in written.items()
        if field != "name_as_written" and part(present, field, new) != plain(new)
    ]


def part(values: Mapping[str, Any], field: str, new: Any) -> Any:
    """What the record says now of a field; of the leftover columns only those in question."""
    value = values.get(field)
    if field == "national":
        return {heading: (value or {}).get(heading, "") for heading in new or {}}
    return plain(value)


def plain(value: Any) -> Any:
    """As JSON has it: tuples are lists, nothing is nothing, and the order of the family says nothing."""
    if value in ("", [], {}):
        return None
    bare = json.loads(json.dumps(value))
    return sorted(bare, key=partial(json.dumps, sort_keys=True)) if isinstance(bare, list) else bare


def with_side(values: Values, changes: Mapping[str, Any], *, which: int) -> Values:
    """The values with the old (0) or the new (1) side of the changes."""
    result = dict(values)
    for field, pair in changes.items():
        if field == "national":
            result[field] = {k: v for k, v in {**values.get(field, {}), **pair[which]}.items() if v}
        elif pair[which] in (None, "", []):
            result.pop(field, None)
        else:
            result[field] = pair[which]
    return result
