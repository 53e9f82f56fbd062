"""Our field types, and choices from pairs and enumerations."""

from collections.abc import Iterable
from typing import ClassVar

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from exchange.core.enums import LabelledEnum


class ChecksField(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Demanded:
    """Marks a field as required whose absence the service refuses with a sentence of its own."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Nothing to check here."""


def choices(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    """Value and label of each choice."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def choices_of(members: Iterable[LabelledEnum]) -> list[SelectChoice]:
    """The members of an enumeration, each with its label."""
    return choices((member.value, member.label) for member in members)


def stripped(value: str | None) -> str:
    """What was typed, without the space around it."""
    return (value or "").strip()
