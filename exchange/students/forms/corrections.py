"""Asking for a correction on the phone, and deciding on it."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.students.models import KEY_DATA, CorrectionField, Guardian

MOST_FILES = 5


class AskForm(Form):
    field = SelectField(_("更正什么"))
    new_value = StringField(
        _("应该是"),
        [InputRequired(), Length(max=200)],
        filters=[stripped],
        description=_("日期写成 2009-05-06，性别写“男”或“女”。"),
        render_kw={"autocomplete": "off"},
    )
    reason = TextAreaField(_("为什么"), [InputRequired(), Length(min=2, max=200)], filters=[stripped])
    proofs = MultipleFileField(
        _("证明"),
        [Length(max=MOST_FILES)],
        description=_("姓名、性别、出生日期、身份证件号要附户口簿、身份证或公安机关的证明，拍照就行。"),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True},
    )

    def __init__(self, *, guardians: Sequence[Guardian], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        plain = [each for each in CorrectionField if each is not CorrectionField.GUARDIAN_PHONE]
        ordered = sorted(plain, key=lambda each: each in KEY_DATA)
        phones = [(f"guardian-{each.id}", _("%(name)s的电话", name=each.name)) for each in guardians]
        self.field.choices = choices([*phones, *((each.value, each.label) for each in ordered)])

    @property
    def chosen(self) -> tuple[CorrectionField, int | None]:
        """The field, and of a guardian's phone whose."""
        kind, _separator, number = self.field.data.partition("-")
        return (CorrectionField.GUARDIAN_PHONE, int(number)) if number else (CorrectionField(kind), None)


class CompareForm(Form):
    """Why both values are to be seen whole."""

    reason = StringField(
        _("理由"), [InputRequired(), Length(min=2, max=200)], description=_("会记下来，学生可以查到。")
    )


class ApproveForm(Form):
    filed_on = DateField(
        _("报主管部门备案的日期"), [Optional()], description=_("还没有报备就留空，报了以后在这里登记。")
    )


class FilingForm(Form):
    filed_on = DateField(_("报主管部门备案的日期"), [InputRequired()])


class RefuseForm(Form):
    refusal = TextAreaField(
        _("为什么不更正"),
        [InputRequired(), Length(min=2, max=300)],
        filters=[stripped],
        description=_("申请人会看到。"),
    )
