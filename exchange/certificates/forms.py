"""What the maker fills in, why something is declined or void, and the public check."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from exchange.certificates.kinds import LONGEST_TEXT, Kind
from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _


class RequestForm(Form):
    """Which kind for which class. The settings of the kind come as fields of their own."""

    kind = RadioField(_("种类"), [InputRequired()])
    school_class = StringField(
        _("班级"),
        [InputRequired(), Length(max=60)],
        description=_("班级名称，如 2026级云南班"),
        render_kw={"list": "classes"},
    )

    def __init__(self, *, kinds: list[tuple[str, str]], **kwargs: Any):
        super().__init__(**kwargs)
        self.kind.choices = kinds


def settings_form(kind: Kind) -> type[Form]:
    """A form with one field per setting of the kind."""
    fields = {
        setting.name: StringField(
            setting.label, [InputRequired(), Length(max=LONGEST_TEXT)], default=setting.default or ""
        )
        for setting in kind.settings
    }
    return type("SettingsForm", (Form,), fields)


class ReasonForm(Form):
    """Nothing is declined or void without a reason."""

    reason = TextAreaField(_("原因"), [InputRequired(), Length(max=500)])


class VerifyForm(Form):
    """The check anyone can make: a number or the file itself."""

    class Meta:
        csrf = False  # a stranger asks, nothing is changed

    number = StringField(
        _("证书编号"),
        [DataRequired(_("输入证书上的编号。")), Length(max=60)],
        filters=[stripped],
        description=_("印在右上角，如 DQZJ-ZD-2026-000123-7"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class FileForm(Form):
    """A file whose bytes are compared with those that were issued."""

    file = FileField(_("PDF 文件"), [FileRequired(_("选择一个文件。"))], render_kw={"accept": "application/pdf"})
