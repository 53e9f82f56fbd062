"""Looking at a whole value, and exporting a roster."""

from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from exchange.core.forms import Form
from exchange.core.i18n import _


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
