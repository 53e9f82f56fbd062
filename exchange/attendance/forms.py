"""The shape of what is typed about rolls and leave."""

from datetime import date

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from exchange.attendance.models import LESSONS, LeaveKind
from exchange.core.database import today
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.welfare.models import ContactKind

FROM = choices([(0, _("从早上起")), *((time.place, _("从%(lesson)s起", lesson=time.label)) for time in LESSONS)])
UNTIL = choices([(9, _("到晚上")), *((time.place, _("到%(lesson)s", lesson=time.label)) for time in LESSONS)])


class RollForm(Form):
    """Who was not there stands in fields named after the students; the version says what the teacher saw."""

    version = IntegerField(_("版本"), [InputRequired()])


class LeaveForm(Form):
    kind = RadioField(_("请什么假"), [InputRequired()], coerce=LeaveKind, choices=choices_of(LeaveKind))
    in_hospital = BooleanField(_("在住院"), description=_("只有病假要勾。"))
    starts_on = DateField(_("从哪天"), [InputRequired()], default=today)
    first_place = SelectField(_("从什么时候起"), coerce=int, choices=FROM, default=0)
    ends_on = DateField(_("到哪天"), [InputRequired()], default=today)
    last_place = SelectField(_("到什么时候"), coerce=int, choices=UNTIL, default=9)
    reason = TextAreaField(
        _("为什么请假"),
        [DataRequired(), Length(min=2, max=500)],
        filters=[stripped],
        description=_("只有家里、班主任和学籍管理员看得到。"),
    )


class RefuseForm(Form):
    reason = TextAreaField(_("为什么不批准"), [DataRequired(), Length(min=2, max=500)], filters=[stripped])


class CallForm(Form):
    spoken_to = StringField(_("和哪位监护人通的电话"), [DataRequired(), Length(max=60)], filters=[stripped])


class TalkForm(Form):
    """The second tap: which kind of talk it was."""

    kind = RadioField(_("怎么联系的"), [InputRequired()], coerce=ContactKind, choices=choices_of(ContactKind))


def day_or_today(day: date | None) -> date:
    """The day of an address; today where there is none, or one that has not come."""
    return min(day, today()) if day else today()
