"""Changing what was agreed, and ending it early."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import DateField, DecimalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.agreements.values import REASON_HINTS, PayPer, TerminationReason
from exchange.core.fields import choices, choices_of, done_on, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners.models import Post

PLAN = ("post_id", "starts_on", "ends_on", "workplace")
TERMS = ("pay_amount", "pay_per", "working_time", "rest", "meals", "lodging")


class AmendmentForm(Form):
    """What is another from now on; what stays as it is, stays in its field."""

    post_id = SelectField(_("岗位"), coerce=int)
    starts_on = DateField(_("第一天"), [InputRequired()])
    ends_on = DateField(_("最后一天"), [InputRequired()])
    workplace = StringField(_("上班地点"), [InputRequired(), Length(max=200)], filters=[stripped])
    pay_amount = DecimalField(_("报酬金额（元）"), [InputRequired(), NumberRange(0, 99_999)], places=None)
    pay_per = SelectField(_("按月还是按天"), choices=choices_of(PayPer))
    working_time = TextAreaField(_("工作时间"), [InputRequired(), Length(max=500)], filters=[stripped])
    rest = TextAreaField(_("休息休假"), [InputRequired(), Length(max=500)], filters=[stripped])
    meals = TextAreaField(_("就餐"), [InputRequired(), Length(max=500)], filters=[stripped])
    lodging = TextAreaField(_("住宿"), [InputRequired(), Length(max=500)], filters=[stripped])
    reason = TextAreaField(_("为什么变更"), [InputRequired(), Length(max=500)], filters=[stripped])
    decided_by = StringField(_("谁决定的"), [InputRequired(), Length(max=100)], filters=[stripped])

    def __init__(self, *, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.post_id.choices = choices((post.id, post.name) for post in posts)

    @property
    def plan(self) -> Mapping[str, Any]:
        return {name: self[name].data for name in PLAN}

    @property
    def terms(self) -> Mapping[str, Any]:
        return {name: self[name].data for name in TERMS}


class TerminationForm(Form):
    """Why and from when it ends early, and what the student still has to do."""

    code = RadioField(_("原因"), [InputRequired()])
    last_day = DateField(
        _("最后一天上岗"), [Optional()], description=_("从第二天起，不再按实习算出勤。没有上过岗的不填。")
    )
    asked_on = done_on(_("书面申请日期"), description=_("学生申请的填。"))
    decided_by = StringField(_("谁决定的"), [InputRequired(), Length(max=100)], filters=[stripped])
    note = TextAreaField(_("经过"), [InputRequired(), Length(max=1000)], filters=[stripped])
    next_step = TextAreaField(
        _("学生还要做什么"),
        [InputRequired(), Length(max=500)],
        filters=[stripped],
        default=lambda: "交实习日志和总结，归还工作服和门禁卡，按约定日期回学校报到。",
        description=_("学生和监护人在自己的页面上看到。"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code.choices = choices((each.value, _reason_words(each)) for each in TerminationReason)


def _reason_words(reason: TerminationReason) -> Any:
    hint = REASON_HINTS.get(reason)
    return f"{reason.label}（{str(hint).rstrip('。')}）" if hint else reason.label
