"""Buildings, rooms and beds as people enter them."""

import re
from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.students.models import Sex
from exchange.welfare.queries.dormitory import Beds
from exchange.welfare.service.dormitory import MOST_BEDS

MOST_ROOMS = 200
RANGE = re.compile(r"([A-Z]?)(\d{1,5})(?:\s*[-—–~到至]\s*[A-Z]?(\d{1,5}))?")
ANY_ROOM = 0


class BuildingForm(Form):
    name = StringField(_("宿舍楼"), [DataRequired(), Length(max=40)], filters=[stripped])


class RoomForm(Form):
    sex = SelectField(_("住谁"), coerce=Sex, choices=choices_of(Sex))
    capacity = IntegerField(_("几张床"), [InputRequired(), NumberRange(1, MOST_BEDS)], default=6)


class RoomsForm(RoomForm):
    """Many rooms of a kind at once."""

    building_id = SelectField(_("宿舍楼"), coerce=int)
    numbers = StringField(
        _("房间号"),
        [DataRequired(), Length(max=200)],
        filters=[stripped],
        description=_("一间写 203；连续的写 201-212；几段用逗号隔开。"),
    )

    def __init__(self, *, buildings: list[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.building_id.choices = choices((building.id, building.name) for building in buildings)

    def validate_numbers(self, field: StringField) -> None:
        if not 0 < len(self.listed) <= MOST_ROOMS:
            raise ValidationError(_("写成 203 或 201-212，最多 200 间。"))

    @property
    def listed(self) -> list[str]:
        """201, 202, … one by one; empty where something is no number."""
        rooms: list[str] = []
        for part in re.split(r"[,，、\s]+", (self.numbers.data or "").upper()):
            found = RANGE.fullmatch(part)
            if not found:
                return []
            letter, first, last = found[1], found[2], found[3] or found[2]
            if not 0 <= int(last) - int(first) < MOST_ROOMS:
                return []
            rooms += [f"{letter}{number:0{len(first)}d}" for number in range(int(first), int(last) + 1)]
        return rooms


class AssignForm(Form):
    """Where the chosen students go: into one room, or into free beds one after the other."""

    room_id = SelectField(_("住到"), coerce=int)

    def __init__(self, *, rooms: list[Beds], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.room_id.choices = choices(
            [
                (ANY_ROOM, _("按空床依次安排")),
                *(
                    (each.room.id, _("%(room)s（%(sex)s，空 %(free)s 张）", room=each.room.label,
                                     sex=each.room.sex.label, free=each.free))
                    for each in rooms
                ),
            ]
        )  # fmt: skip
