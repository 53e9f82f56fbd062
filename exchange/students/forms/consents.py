"""Answers to what families are asked for."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import DateField, RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchange.core.database import today
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.students.models import ConsentAnswer, ConsentChannel, Guardianship, Student

STUDENT = "student"
BY_STAFF = (ConsentChannel.PAPER, ConsentChannel.ON_SITE, ConsentChannel.LINK)
MOST_FILES = 5
DAYS_OFFERED = (3, 7, 14)


class ConsentForm(Form):
    """What a teacher or the registrar records of an answer that came on paper or on site."""

    answer = RadioField(_("答复"), coerce=ConsentAnswer, choices=choices_of(ConsentAnswer), default=ConsentAnswer.GIVEN)
    giver = RadioField(_("谁答复的"))
    answered_on = DateField(_("哪天"), [InputRequired()], default=today)
    channel = RadioField(
        _("怎么答复的"), coerce=ConsentChannel, choices=choices_of(BY_STAFF), default=ConsentChannel.PAPER
    )
    witness = StringField(
        _("见证人"),
        [Length(max=100)],
        filters=[stripped],
        description=_("监护人不识汉字时，由谁念给本人听、看着签字，写姓名和职务。"),
    )
    scans = MultipleFileField(
        _("扫描件或照片"),
        [Length(max=MOST_FILES)],
        description=_("PDF、JPG 或 PNG，每个最大 10 MB。"),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True},
    )

    def __init__(self, *, student: Student, guardianships: Sequence[Guardianship], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        people = [(str(each.id), f"{each.guardian.name} {each.relation}".strip()) for each in guardianships]
        self.giver.choices = choices([*people, (STUDENT, _("%(name)s本人", name=student.name))])


class WithdrawForm(Form):
    withdrawn_by = StringField(_("谁撤回"), [InputRequired(), Length(max=100)], filters=[stripped])
    on = DateField(_("哪天"), [InputRequired()], default=today)
    reason = TextAreaField(
        _("理由"), [Length(max=200)], filters=[stripped], description=_("可以不写：撤回不需要理由。")
    )


class AnswerForm(Form):
    """Two buttons on the phone, of the same size; a third where there is something to take back."""

    agree = SubmitField(_("同意"))
    refuse = SubmitField(_("不同意"))
    withdraw = SubmitField(_("撤回同意"))


class LinkForm(Form):
    """To whom a link goes, and for how long."""

    guardianship = RadioField(_("发给谁"), coerce=int)
    days = SelectField(
        _("几天内有效"),
        coerce=int,
        choices=choices((days, _("%(days)s 天", days=days)) for days in DAYS_OFFERED),
        default=DAYS_OFFERED[1],
    )

    def __init__(self, *, guardianships: Sequence[Guardianship], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        people = [(each.id, f"{each.guardian.name} {each.relation}".strip()) for each in guardianships]
        self.guardianship.choices = choices(people)


class LinkAnswerForm(Form):
    """Two buttons of the same size; whoever sends neither has not answered."""

    agree = SubmitField(_("同意"))
    refuse = SubmitField(_("不同意"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.agree.data == self.refuse.data:
            self.form_errors.append(_("点“同意”或“不同意”。"))
            return False
        return valid
