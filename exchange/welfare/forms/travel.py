"""Trips, groups and arrivals as people enter them."""

from datetime import datetime
from typing import Any

from wtforms import DateField, DateTimeLocalField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from exchange.accounts.models import User
from exchange.core.database import SCHOOL_TIME
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.welfare.models import Leg, TravelGroup

STAYS = 0


class SchoolTimeField(DateTimeLocalField):
    """A moment as the clock at the school shows it."""

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)

    def process_data(self, value: datetime | None) -> None:
        self.data = value.astimezone(SCHOOL_TIME) if value else value

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = self.data.replace(tzinfo=SCHOOL_TIME)


class TripForm(Form):
    name = StringField(
        _("名称"), [DataRequired(), Length(max=60)], filters=[stripped], description=_("例：2027年寒假。")
    )
    leaves_on = DateField(_("放假第一天"), [InputRequired()])
    back_on = DateField(_("返校最后期限"), [InputRequired()])


class ChangeGroupForm(Form):
    name = StringField(_("组名"), [DataRequired(), Length(max=60)], filters=[stripped])
    route = StringField(
        _("路线"),
        [DataRequired(), Length(max=200)],
        filters=[stripped],
        description=_("例：德清—杭州东—昆明南—芒市。"),
    )
    carrier = StringField(_("车次或航班"), [Length(max=60)], filters=[stripped])
    meeting_point = StringField(_("集合地点"), [DataRequired(), Length(max=200)], filters=[stripped])
    meets_at = SchoolTimeField(_("集合时间"), [InputRequired()])
    arrives_at = SchoolTimeField(_("预计到达"), [InputRequired()])
    escort_id = SelectField(_("带队老师"), coerce=int)

    def __init__(self, *, escorts: list[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.escort_id.choices = choices([(0, _("还没有定")), *((user.id, user.name) for user in escorts)])


class GroupForm(ChangeGroupForm):
    leg = SelectField(_("去哪边"), coerce=Leg, choices=choices_of(Leg))


class PlanForm(Form):
    """Where the chosen students go."""

    group_id = SelectField(_("怎么走"), coerce=int)
    place = StringField(_("留下的住在哪里"), [Length(max=120)], filters=[stripped])
    carer = StringField(_("由谁照看"), [Length(max=60)], filters=[stripped])

    def __init__(self, *, groups: list[TravelGroup], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        labels = ((group.id, f"{group.leg.label} · {group.name}") for group in groups)
        self.group_id.choices = choices([*labels, (STAYS, _("不回家，留下"))])

    def validate_carer(self, _field: StringField) -> None:
        if self.group_id.data == STAYS and not (self.place.data and self.carer.data):
            raise ValidationError(_("留下的，写明住在哪里、由谁照看。"))


class ArrivalForm(Form):
    arrived_at = SchoolTimeField(_("什么时候到的"), [InputRequired()])
    spoken_to = RadioField(_("和谁确认的"), validate_choice=False)
    somebody = StringField(_("别人，写名字和关系"), [Length(max=60)], filters=[stripped])

    def __init__(self, *, people: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.spoken_to.choices = choices((each, each) for each in people)

    @property
    def person(self) -> str:
        """The name that was written, else the one that was tapped."""
        return self.somebody.data or self.spoken_to.data or ""
