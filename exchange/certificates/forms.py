"""What the maker fills in, why something is declined or void, and the public check."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from exchange.certificates.kinds import LONGEST_TEXT, Kind, preset
from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _

CLASS, COUNTY = "class", "county"


class RequestForm(Form):
    """Which kind for which class or county. The settings of the kind come as fields of their own."""

    kind = RadioField(_("种类"), [InputRequired()])
    of = RadioField(
        _("给谁"),
        choices=choices([(CLASS, _("按班级")), (COUNTY, _("按生源县"))]),
        default=CLASS,
        coerce=lambda value: COUNTY if value == COUNTY else CLASS,
    )
    school_class = StringField(
        _("班级"),
        [Length(max=60)],
        description=_("班级名称，如 2026级云南班"),
        render_kw={"list": "classes"},
    )
    county = SelectField(
        _("生源县"),
        validate_choice=False,  # the look-up says what is wrong
        description=_("这个县在籍的学生，不分班级；每年三月、九月办理雨露计划补助用。"),
    )

    def __init__(self, *, kinds: list[tuple[str, str]], counties: list[tuple[str, str]], **kwargs: Any):
        super().__init__(**kwargs)
        self.kind.choices = choices(kinds)
        self.county.choices = choices([("", _("选择生源县")), *counties])

    def validate_school_class(self, field: StringField) -> None:
        if self.of.data == CLASS and not (field.data or "").strip():
            raise ValidationError(_("写明是哪个班。"))

    def validate_county(self, field: SelectField) -> None:
        if self.of.data == COUNTY and not field.data:
            raise ValidationError(_("选一个生源县。"))

    @property
    def chosen(self) -> dict[str, str]:
        """The address of the pre-flight."""
        if self.of.data == COUNTY:
            return {"kind": self.kind.data, "county": self.county.data}
        return {"kind": self.kind.data, "school_class": (self.school_class.data or "").strip()}


def settings_form(kind: Kind, *, county: str = "") -> type[Form]:
    """A form with one field per setting of the kind."""
    presets = preset(kind, county=county)
    fields = {
        setting.name: StringField(
            setting.label, [InputRequired(), Length(max=LONGEST_TEXT)], default=presets[setting.name]
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
