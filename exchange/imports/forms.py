"""Uploading a spreadsheet, saying how it is read, choosing rows, and taking an import back."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchange.core.fields import ChecksField, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.imports.importer import Wording
from exchange.imports.layout import Layout
from exchange.imports.models import Import

IGNORE = "-"
MOST_HEADINGS = 200


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
    """The chosen rows; none means all. With ``others`` all but these are written."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)
    others = HiddenField()
    version = HiddenField()

    def wanted(self, ids: list[int]) -> dict[str, list[int]]:
        """How the job is told which rows to write."""
        return {"without" if self.others.data else "ids": ids} if ids else {}


class UndoForm(Form):
    reason = TextAreaField(_("撤销的理由"), [InputRequired(), Length(min=2, max=500)])


class SheetsForm(Form):
    """Which sheets of the workbook are read."""

    names = ChecksField(_("读哪些工作表"), [InputRequired(_("至少选一张工作表。"))])
    version = HiddenField()

    @classmethod
    def of(cls, import_: Import, *, filled: bool = True) -> "SheetsForm":
        """With what is read now; ``filled=False`` where another form was sent."""
        data = {"names": import_.sheets, "version": import_.version}
        form = cls(data=data) if filled else cls(formdata=None, data=data)
        form.names.choices = [(name, name) for name in (*import_.sheets, *import_.other_sheets)]
        return form


class ColumnsForm(Form):
    """Every column with the field it is read as; made by ``columns_form``."""

    sender = StringField(
        _("发送单位"),
        [Length(max=100)],
        description=_("写明了，这个单位下次的表也这样读。"),
        render_kw={"list": "senders", "autocomplete": "off"},
    )
    version = HiddenField()
    shown: Mapping[str, tuple[str, str]] = {}
    sender_before = ""

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field of those that were decided otherwise; an empty field passes the column over."""
        chosen = {heading: self[name].data for name, (heading, _before) in self.shown.items()}
        before = dict(self.shown.values())
        return {
            heading: "" if field == IGNORE else field
            for heading, field in chosen.items()
            if field and field != before[heading]
        }

    def columns(self, kind: str) -> list[Field]:
        """The choices of the columns that are ``unknown``, ``read`` or ``ignored``."""
        kinds = {"": "unknown", IGNORE: "ignored"}
        return [self[name] for name, (_heading, before) in self.shown.items() if kinds.get(before, "read") == kind]

    def validate(self, extra_validators: Any = None) -> bool:
        """One field cannot come from two columns, and there must be something to change."""
        if not super().validate(extra_validators):
            return False
        heading_of: dict[str, str] = {}
        for name, (heading, _before) in self.shown.items():
            field = self[name].data
            if field in heading_of:
                told = {"one": heading_of[field], "other": heading, "field": dict(self[name].choices)[field]}
                self.form_errors.append(
                    str(_("“%(one)s”和“%(other)s”都选了“%(field)s”。一个字段只能由一列来填。", **told))
                )
                return False
            if field and field != IGNORE:
                heading_of[field] = heading
        if not self.mapping and self.sender.data == self.sender_before:
            self.form_errors.append(str(_("没有改任何一列。给要改的列选好意思，再重新读取。")))
        return not self.form_errors


def columns_form(import_: Import, layout: Layout, fields: Mapping[str, str], *, filled: bool = True) -> ColumnsForm:
    """A form with one choice for each column, as it is read now; ``filled=False`` where another form was sent."""
    chosen, shown = {}, {}
    for number, heading in enumerate(layout.headings[:MOST_HEADINGS]):
        field = layout.field_of(heading)
        before = IGNORE if field == "" else field or ""
        shown[f"heading-{number}"] = (heading, before)
        chosen[f"heading-{number}"] = SelectField(_("表头“%(heading)s”读作", heading=heading), default=before)
    made = type("ColumnsOfFile", (ColumnsForm,), {"shown": shown, "sender_before": import_.sender, **chosen})
    data = {"sender": import_.sender, "version": import_.version}
    form: ColumnsForm = made(data=data) if filled else made(formdata=None, data=data)
    for name, (_heading, before) in shown.items():
        undecided = [] if before else [("", _("没有认出，不导入"))]
        form[name].choices = [*undecided, (IGNORE, _("不导入这一列")), *fields.items()]
    return form
