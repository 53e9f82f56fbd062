"""The shape of what a student types about pay."""

from wtforms import DateField, DecimalField, RadioField
from wtforms.validators import InputRequired, NumberRange

from exchange.core.database import today
from exchange.core.fields import choices, choices_of
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.placements.facts.values import Payee, Payer, PayMethod

TO_WHOM = ((Payee.STUDENT, _("我自己")), (Payee.SCHOOL, _("学校")), (Payee.AGENCY, _("中介")))


class PaymentForm(Form):
    amount = DecimalField(_("收到多少元"), [InputRequired(), NumberRange(0, 99999)], places=2)
    received_on = DateField(_("哪天收到"), [InputRequired()], default=today)
    covers_from = DateField(_("从哪天起的报酬"), [InputRequired()])
    covers_to = DateField(_("到哪天"), [InputRequired()])
    method = RadioField(
        _("怎么给的"), [InputRequired()], coerce=PayMethod, choices=choices_of(PayMethod), default=PayMethod.BANK
    )
    payee = RadioField(
        _("钱到了谁手里"), [InputRequired()], coerce=Payee, choices=choices(TO_WHOM), default=Payee.STUDENT
    )
    payer = RadioField(_("谁给的"), [InputRequired()], coerce=Payer, choices=choices_of(Payer), default=Payer.HOST)
