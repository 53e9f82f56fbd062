"""Projects, quotas, regions, host organisations and posts as people enter them."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners import queries
from exchange.partners.models import ProjectMode
from exchange.partners.values import Hazard, LabourIntensity, Venue
from exchange.reference.areas import Area
from exchange.reference.fields import code_of
from exchange.reference.names import named

NOT_RECORDED, NONE, SOME = "not_recorded", "none", "some"


class RegionsField(TextAreaField):
    """Areas, one a line, by name or code; the data are their codes."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "\n".join(self.data or ())

    def process_data(self, value: Iterable[Any] | None) -> None:
        """Codes, or the regions of a project."""
        self.data = [getattr(region, "area", region) for region in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [line.strip() for line in (valuelist[0] if valuelist else "").replace("、", "\n").splitlines()]
        self.data = [code_of(line) for line in lines if line]


class ProjectForm(Form):
    name = StringField(_("项目名称"), [InputRequired(), Length(max=120)], filters=[stripped])
    legal_basis = StringField(
        _("依据"), [Length(max=300)], filters=[stripped], description=_("文件名称和文号，或双方协议。")
    )
    regions = RegionsField(
        _("生源地区"),
        [InputRequired()],
        description=_("每行一个，写名称或六位代码。写州、市或省，就包括它的各县。"),
        render_kw={"rows": "3"},
    )
    receiving_school = StringField(
        _("接收学校"), [Length(max=100)], filters=[stripped], description=_("不填就是本校。")
    )
    mode = SelectField(_("培养方式"), coerce=ProjectMode, choices=choices_of(ProjectMode))
    starts_on = DateField(_("开始日期"), [InputRequired()])
    ends_on = DateField(_("结束日期"), [Optional()], description=_("没有约定就不填。"))


class RegionsForm(Form):
    regions = RegionsField(
        _("可以查看和填报的地区"),
        description=_("每行一个，写名称或六位代码。不填就一个县也看不到。"),
        render_kw={"rows": "5"},
    )


class QuotaForm(Form):
    """Year × county; the fields are made by ``quota_form``."""

    @property
    def places(self) -> dict[tuple[int, str], int | None]:
        """(year, county) → places; an empty cell has no quota."""
        cells = [name.split("_") for name in self.values]
        return {(int(year), area): self[f"places_{year}_{area}"].data for _places, year, area in cells}


def quota_form(*, years: list[int], counties: list[Area], data: dict[tuple[int, str], int]) -> QuotaForm:
    """A form with one cell for every year and county."""
    cells = {f"places_{year}_{area.code}": (year, area) for area in counties for year in years}
    fields = {
        name: IntegerField(
            _("%(county)s %(year)s年", county=area.name, year=year),
            [Optional(), NumberRange(0, 9999, message=_("填 0 到 9999 的整数。"))],
            render_kw={"inputmode": "numeric"},
        )
        for name, (year, area) in cells.items()
    }
    form_class = type("QuotaForm", (QuotaForm,), fields)
    return form_class(data={name: data.get((year, area.code)) for name, (year, area) in cells.items()})


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
