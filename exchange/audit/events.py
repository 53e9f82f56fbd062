"""The words of the audit trail. Every feature registers its own."""

from exchange.core.enums import LabelledEnum

LABELS: dict[str, str] = {}


def register(events: type[LabelledEnum]) -> None:
    """Let the trail say these events in words."""
    LABELS.update({event.value: event.label for event in events})
