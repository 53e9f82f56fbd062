"""Host organisations and posts as people enter them."""

from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners import queries
from exchange.partners.values import Hazard, LabourIntensity, Venue
from exchange.reference.names import named

NOT_RECORDED, NONE, SOME = "not_recorded", "none", "some"


class HostForm(Form):
    name = StringField(_("单位名称"), [InputRequired(), Length(max=120)], filters=[stripped])
    uscc = StringField(
        _("统一社会信用代码"),
        [InputRequired(), Length(max=40)],
        filters=[stripped],
        description=_("18 位，见营业执照。"),
        render_kw={"autocapitalize": "characters", "spellcheck": "false"},
    )
    venue = SelectField(_("场所类别"), coerce=Venue, choices=choices_of(Venue))
    province = SelectField(_("省份"))
    city = StringField(_("城市"), [Length(max=60)], filters=[stripped])
    address = StringField(_("地址"), [Length(max=200)], filters=[stripped])
    contact_name = StringField(_("联系部门或联系人"), [Length(max=60)], filters=[stripped])
    contact_phone = StringField(_("办公电话"), [Length(max=30)], filters=[stripped])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.province.choices = choices((code, named(name)) for code, name in queries.provinces().items())


class PostForm(Form):
    name = StringField(_("岗位名称"), [InputRequired(), Length(max=80)], filters=[stripped])
    venue = SelectField(
        _("岗位所在场所"),
        coerce=Venue,
        choices=choices_of(Venue),
        description=_("酒店里的歌厅、洗浴中心按歌厅、洗浴中心登记。"),
    )
    labour_intensity = SelectField(
        _("体力劳动强度"),
        choices=[*choices([("", _("还没有查明"))]), *choices_of(LabourIntensity)],
        coerce=lambda value: LabourIntensity(value) if value and value != "None" else None,
    )
    hazards_known = RadioField(
        _("危害因素"),
        choices=choices([(NONE, _("没有")), (SOME, _("有，勾选下面各项")), (NOT_RECORDED, _("还没有查明"))]),
        default=NOT_RECORDED,
    )
    hazards = ChecksField(_("有哪些"), choices=choices_of(Hazard))

    def validate_hazards(self, field: ChecksField) -> None:
        if self.hazards_known.data == SOME and not field.data:
            raise ValidationError(_("勾选有哪些危害因素，或改选“没有”。"))
        if self.hazards_known.data != SOME and field.data:
            raise ValidationError(_("勾选了危害因素，上面也要选“有”。"))

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        known = values.pop("hazards_known")
        values["hazards"] = None if known == NOT_RECORDED else values["hazards"]
        return values
