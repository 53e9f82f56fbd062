"""Changing a record and telling the trail what differs."""

from collections.abc import Mapping
from typing import Any

from exchange.core.database import Model


def assign(subject: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set what differs; gives back old and new values for the trail."""
    changes: dict[str, Any] = {}
    for name, value in values.items():
        old = getattr(subject, name)
        if old != value:
            setattr(subject, name, value)
            changes[name] = [old, value]
    return changes
