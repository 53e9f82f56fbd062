"""Absences and talks as homeroom teachers note them on the phone."""

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from exchange.core.database import today
from exchange.core.fields import choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.welfare.models import AbsenceKind, ContactKind

MOST_HOURS = 2000


class AbsenceForm(Form):
    """Three taps: the student, the kind, save. Everything else is right for today."""

    kind = RadioField(_("怎么没来"), [InputRequired()], coerce=AbsenceKind, choices=choices_of(AbsenceKind))
    starts_on = DateField(_("从哪天起"), [InputRequired()], default=today)
    ends_on = DateField(_("到哪天"), [Optional()], description=_("不填就是当天。擅自离校的，回来以后再登记返校。"))
    hours = IntegerField(
        _("共缺几课时"),
        [InputRequired(), NumberRange(0, MOST_HOURS)],
        description=_("擅自离校按整天算，不用填。"),
    )
    remark = StringField(_("备注"), [Length(max=200)], filters=[stripped])


class ReturnForm(Form):
    last_day = DateField(_("离校的最后一天"), [InputRequired()], default=today)


class WithdrawForm(Form):
    reason = TextAreaField(_("为什么撤回"), [DataRequired(), Length(min=2, max=500)], filters=[stripped])


class ContactForm(Form):
    kind = RadioField(
        _("怎么联系的"),
        [InputRequired()],
        coerce=ContactKind,
        choices=choices_of(ContactKind),
        default=ContactKind.CALL,
    )
    held_on = DateField(_("哪天"), [InputRequired()], default=today)
    with_whom = StringField(_("和谁谈的"), [DataRequired(), Length(max=60)], filters=[stripped])
    agreed = TextAreaField(
        _("谈了什么，说好了什么"),
        [DataRequired(), Length(max=2000)],
        filters=[stripped],
        description=_("只有班主任、学籍管理员和校领导看得到。"),
    )
    next_step = StringField(_("下一步"), [Length(max=500)], filters=[stripped])
