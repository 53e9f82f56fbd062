"""The shape of a complaint, and of what is done about it."""

from typing import Any

from wtforms import BooleanField, DateField, DecimalField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from exchange.accounts.models import User
from exchange.complaints.values import ComplaintKind
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.placements.facts.values import FeeKind, WithheldDocument


class ComplaintForm(Form):
    kind = RadioField(_("出了什么事"), [InputRequired()], coerce=ComplaintKind, choices=choices_of(ComplaintKind))
    document = SelectField(
        _("被收走的是"),
        coerce=WithheldDocument,
        choices=choices_of((WithheldDocument.RESIDENT_ID, WithheldDocument.STUDENT_CARD, WithheldDocument.OTHER)),
        description=_("只有证件被收走了才看这一项。"),
    )
    fee = SelectField(
        _("收的是什么钱"),
        coerce=FeeKind,
        choices=choices_of(FeeKind),
        description=_("只有被收了钱才看这两项。"),
    )
    amount = DecimalField(_("收了多少元"), [Optional(), NumberRange(0, 99999)], places=2)
    words = TextAreaField(_("说一说（可以不写）"), [Length(max=2000)], filters=[stripped])
    is_nameless = BooleanField(
        _("不要记我的名字"), description=_("学校只知道是哪个单位，办的时候找不到你，你也看不到结果。")
    )


class AssignForm(Form):
    owner = SelectField(_("谁来办"), coerce=int)
    until = DateField(_("什么时候办好"), [InputRequired()])

    def __init__(self, *, owners: list[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner.choices = choices((user.id, user.name) for user in owners)


class SettleForm(Form):
    result = TextAreaField(
        _("结果"), [DataRequired(), Length(max=2000)], filters=[stripped], description=_("反映的人会看到。")
    )
