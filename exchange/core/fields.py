"""Our field types, and choices from pairs and enumerations."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import DateField, Form, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from exchange.core.database import today
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


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


def choices_or_none(label: str, members: type[LabelledEnum], unknown: str, **options: Any) -> SelectField:
    """One of an enumeration, or nothing while nobody knows."""
    return SelectField(
        label,
        choices=[*choices([("", unknown)]), *choices_of(members)],
        coerce=lambda value: members(value) if value and value != "None" else None,
        **options,
    )


def done_on(label: str, **options: Any) -> DateField:
    """The day on which something was done; what has not come yet is nothing to record."""
    return DateField(label, [Optional(), _has_come], **options)


def _has_come(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没有到；办完以后再登记。"))


def yes_or_no(label: str, **options: Any) -> RadioField:
    """Yes or no, said actively; None while nobody has said either."""
    return RadioField(
        label, choices=choices([("yes", _("是")), ("no", _("否"))]), coerce=_flag, validate_choice=False, **options
    )


def _flag(value: Any) -> bool | None:
    return {"yes": True, "no": False, True: True, False: False}.get(value)
