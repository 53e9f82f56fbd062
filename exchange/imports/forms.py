"""Uploading a spreadsheet, mapping its headings, and taking an import back."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.imports.importer import Wording

IGNORE = "-"
MOST_HEADINGS = 40


class UploadForm(Form):
    file = FileField(
        _("表格"),
        [FileRequired(_("选择一个文件。"))],
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )
    target = StringField(
        validators=[Length(max=130)],
        filters=[stripped],
        render_kw={"list": "targets", "autocomplete": "off"},
    )

    sender = StringField(
        _("发送单位"),
        [Length(max=100)],
        description=_("谁发来的表，例如芒市教育局。写明了，这个单位的列名只要对应一次。"),
        render_kw={"list": "senders", "autocomplete": "off"},
    )

    def __init__(self, wording: Wording, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file.description = wording.file
        self.target.label.text, self.target.description = wording.target, wording.target_hint


class CommitForm(Form):
    """The chosen rows; none means all."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)


class UndoForm(Form):
    reason = TextAreaField(_("撤销的理由"), [InputRequired(), Length(min=2, max=500)])


class MappingForm(Form):
    """The headings that nobody knows, each with the field it stands for; made by ``mapping_form``."""

    sender = StringField(
        _("发送单位"),
        [Length(max=100)],
        description=_("写明了，这个单位下次的表也这样读。"),
        render_kw={"list": "senders", "autocomplete": "off"},
    )
    headings: Mapping[str, str] = {}

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field of those that were decided; an empty field passes the column over."""
        chosen = {heading: self[name].data for name, heading in self.headings.items()}
        return {heading: "" if field == IGNORE else field for heading, field in chosen.items() if field}

    @property
    def choices(self) -> list[Field]:
        return [self[name] for name in self.headings]


def mapping_form(headings: Sequence[str], fields: Mapping[str, str], *, sender: str) -> MappingForm:
    """A form with one choice for each of the headings."""
    names = {f"heading-{number}": heading for number, heading in enumerate(headings[:MOST_HEADINGS])}
    chosen = {name: SelectField(heading) for name, heading in names.items()}
    form = type("HeadingsForm", (MappingForm,), {"headings": names, **chosen})(data={"sender": sender})
    for choice in form.choices:
        choice.choices = [("", _("以后再说")), (IGNORE, _("不导入这一列")), *fields.items()]
    return form
