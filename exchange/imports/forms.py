"""Uploading a spreadsheet, mapping its headings, and taking an import back."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _


class UploadForm(Form):
    file = FileField(
        _("表格"),
        [FileRequired(_("选择一个文件。"))],
        description=_("Excel 或 CSV：全国学籍系统的 73 列，或县里发来的表。最大 32 MB。"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )
    target = StringField(
        _("班级"),
        [Length(max=60)],
        filters=[stripped],
        description=_("输入几个字查找。不填时，每一行都要写班级名称。"),
        render_kw={"list": "targets", "autocomplete": "off"},
    )


class CommitForm(Form):
    """The chosen rows; none means all."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)


class UndoForm(Form):
    reason = TextAreaField(_("撤销的理由"), [InputRequired(), Length(min=2, max=500)])


class MappingForm(Form):
    """One heading that nobody knows and the field it stands for."""

    heading = SelectField(_("表里的列"))
    field = SelectField(_("是什么"))

    def __init__(self, *, headings: list[str], fields: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heading.choices = [(heading, heading) for heading in headings]
        self.field.choices = list(fields.items())
