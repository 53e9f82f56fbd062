"""Projects, their quotas, and the regions of partner bureaus as people enter them."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.core.fields import choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners.models import ProjectMode
from exchange.reference.areas import Area
from exchange.reference.fields import code_of


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
