"""Host organisations and posts as people enter them."""

from typing import Any

from wtforms import DecimalField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.core.database import today
from exchange.core.fields import ChecksField, choices, choices_of, choices_or_none, done_on, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners import queries
from exchange.partners.values import Hazard, LabourIntensity, LegalStatus, Venue
from exchange.reference.majors import major_name, majors_of
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
    legal_status = choices_or_none(_("单位性质"), LegalStatus, _("还没有查明"))
    staff_total = IntegerField(
        _("在岗职工总数"),
        [Optional(), NumberRange(0, 9_999_999)],
        description=_("岗位实习学生一般不超过它的10%。"),
        render_kw={"inputmode": "numeric"},
    )
    other_interns = IntegerField(
        _("其他学校的实习学生数"),
        [Optional(), NumberRange(0, 9_999_999)],
        description=_("同一时期的，问单位。没有就填 0。"),
        render_kw={"inputmode": "numeric"},
    )
    staff_counted_on = done_on(_("人数统计日期"), description=_("单位报这两个人数的日期，每学期更新。"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.province.choices = choices((code, named(name)) for code, name in queries.provinces().items())


def _monthly(label: str, **options: Any) -> DecimalField:
    """An amount of a month, in yuan."""
    return DecimalField(label, [Optional(), NumberRange(0, 99_999)], places=None, **options)


class PostForm(Form):
    name = StringField(_("岗位名称"), [InputRequired(), Length(max=80)], filters=[stripped])
    venue = SelectField(
        _("岗位所在场所"),
        coerce=Venue,
        choices=choices_of(Venue),
        description=_("酒店里的歌厅、洗浴中心按歌厅、洗浴中心登记。"),
    )
    majors = ChecksField(
        _("对口专业"), description=_("岗位的工作内容对口或相近的专业，可以选几个。跨专业大类安排要写明理由。")
    )
    labour_intensity = choices_or_none(_("体力劳动强度"), LabourIntensity, _("还没有查明"))
    hazards_known = RadioField(
        _("危害因素"),
        choices=choices([(NONE, _("没有")), (SOME, _("有，勾选下面各项")), (NOT_RECORDED, _("还没有查明"))]),
        default=NOT_RECORDED,
    )
    hazards = ChecksField(_("有哪些"), choices=choices_of(Hazard))
    staff_same_kind = IntegerField(
        _("同类岗位在岗职工人数"),
        [Optional(), NumberRange(0, 9_999_999)],
        description=_("这个岗位的实习学生一般不高于它的20%。"),
        render_kw={"inputmode": "numeric"},
    )
    wage = _monthly(_("相同岗位职工工资（元/月）"), description=_("相对独立工作的学生，报酬不低于它的80%。"))
    lowest_grade_wage = _monthly(_("单位最低档工资（元/月）"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        offered = {code: major.name for code, major in majors_of(today().year).items()}
        offered |= {code: major_name(code) for code in self.majors.data or () if code not in offered}
        self.majors.choices = choices(offered.items())

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
        values["majors"] = values["majors"] or None
        return values
