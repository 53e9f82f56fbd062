"""Looking at a whole value, exporting a roster, and changing what needs no decision."""

from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.reference.fields import AreaField
from exchange.students.forms.sealed import SealedForm


class RevealForm(Form):
    field = SelectField(_("要看的内容"))
    reason = StringField(_("理由"), [InputRequired(), Length(min=2, max=200)], description=_("会记下来。"))

    def __init__(self, *, fields: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.choices = [(name, field.label) for name, field in fields.items()]


class ExportForm(Form):
    class_name = StringField(
        _("班级"),
        [Length(max=60)],
        description=_("不填就导出全部学生。"),
        render_kw={"list": "classes", "autocomplete": "off"},
    )
    as_of = DateField(_("截至日期"), [Optional()], description=_("只要这一天已经入学的学生；不填不限。"))


class DetailsForm(SealedForm):
    """What may be changed without a decision. Status and class follow orders; identity follows proof."""

    SEALED = ("phone", "address")

    phone = StringField(_("联系电话"), [Length(max=20)], filters=[stripped], render_kw={"inputmode": "tel"})
    address = StringField(_("家庭地址"), [Length(max=200)], filters=[stripped])
    native_name = StringField(
        _("民族语姓名"), [Length(max=100)], filters=[stripped], description=_("傣文或景颇文，只显示在概况里。")
    )
    county_of_origin = AreaField(_("生源县"))
    home_school = StringField(_("原籍学校"), [Length(max=100)], filters=[stripped])
    host_school = StringField(_("就读学校"), [Length(max=100)], filters=[stripped], description=_("留空就是本校。"))
    registry_school = StringField(_("学籍学校"), [Length(max=100)], filters=[stripped], description=_("留空就是本校。"))
