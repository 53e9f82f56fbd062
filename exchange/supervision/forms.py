"""The shape of a check, an incident and a step."""

from datetime import datetime
from typing import Any

from flask import request
from wtforms import DateTimeLocalField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from exchange.core.database import SCHOOL_TIME, now
from exchange.core.fields import choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.supervision.values import IncidentKind, Way

LONGEST_NOTE = 500


class CheckForm(Form):
    """Who is not fine stands in fields named after the placements: ``note.7``."""

    way = RadioField(_("怎么检查的"), [InputRequired()], coerce=Way, choices=choices_of(Way), default=Way.CALL)

    @property
    def notes(self) -> dict[int, str]:
        """Placement → what is not fine."""
        numbered = {name[5:]: text for name, text in request.form.items() if name.startswith("note.")}
        return {int(number): text[:LONGEST_NOTE] for number, text in numbered.items() if number.isdecimal()}


class IncidentForm(Form):
    kind = RadioField(_("出了什么事"), [InputRequired()], coerce=IncidentKind, choices=choices_of(IncidentKind))
    occurred_at = DateTimeLocalField(_("什么时候发生的"), [InputRequired()], format="%Y-%m-%dT%H:%M")
    situation = TextAreaField(_("经过和现在的情况"), [DataRequired(), Length(max=2000)], filters=[stripped])

    @property
    def values(self) -> dict[str, Any]:
        """The moment is that of the clock on the wall."""
        return {**super().values, "occurred_at": _at_school(self.occurred_at.data)}


def _at_school(moment: datetime) -> datetime:
    return moment.replace(tzinfo=SCHOOL_TIME)


def this_minute() -> datetime:
    """What the form suggests."""
    return now().astimezone(SCHOOL_TIME).replace(tzinfo=None, second=0, microsecond=0)


class StepForm(Form):
    note = TextAreaField(_("找了谁、说了什么"), [Length(max=500)], filters=[stripped])
