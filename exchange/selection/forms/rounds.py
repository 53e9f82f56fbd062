"""Rounds, proposals, changes to them, and decisions about appeals, as the office enters them."""

from typing import Any

from wtforms import BooleanField, DateField, DecimalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.core.fields import Demanded, choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.selection.models import Opening
from exchange.selection.service import LARGEST_SEED

NOTHING = 0
NUMERIC = {"inputmode": "numeric"}


class RoundForm(Form):
    name = StringField(
        _("环节名称"),
        [InputRequired(), Length(max=40)],
        filters=[stripped],
        render_kw={"list": "usual-rounds", "autocomplete": "off"},
    )
    position = IntegerField(
        _("第几个"),
        [InputRequired(), NumberRange(1, 99)],
        description=_("前面没有通过的，不进后面的环节。"),
        render_kw=NUMERIC,
    )
    opening_id = SelectField(_("哪些学生"), coerce=int)
    is_sensitive = BooleanField(_("敏感：体检、政审等，只记通过或未通过，只有实习办看得到"))
    maximum = DecimalField(_("满分"), [Optional(), NumberRange(1, 1000)], places=None, description=_("不打分就不填。"))
    pass_score = DecimalField(
        _("合格线"),
        [Optional(), NumberRange(0, 1000)],
        places=None,
        description=_("填了，输入分数就自动判定通过或未通过。"),
    )
    weight = IntegerField(
        _("权重"),
        [InputRequired(), NumberRange(0, 100)],
        default=1,
        description=_("几个环节都打分时，分数按权重平均。"),
        render_kw=NUMERIC,
    )
    quota = IntegerField(
        _("最多通过几人"), [Optional(), NumberRange(1, 5000)], description=_("不限就不填。"), render_kw=NUMERIC
    )
    held_on = DateField(_("日期"), [Optional()])
    place = StringField(_("地点"), [Length(max=120)], filters=[stripped])

    def __init__(self, *, openings: list[Opening], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        everybody = (NOTHING, _("整个批次"))
        self.opening_id.choices = choices([everybody, *((each.id, each.title) for each in openings)])


class ProposeForm(Form):
    seed = IntegerField(
        _("抽签种子"),
        [InputRequired(), NumberRange(0, LARGEST_SEED)],
        description=_("同分时用来抽签。可以当众抽一个数；同一个数、同样的志愿和成绩，结果一定相同。"),
        render_kw=NUMERIC,
    )


class OverrideForm(Form):
    opening_id = SelectField(_("去哪里"), coerce=int)
    reason = TextAreaField(
        _("理由"),
        [Demanded(), Length(max=1000)],
        filters=[stripped],
        description=_("学生和监护人会看到。"),
        render_kw={"rows": 3},
    )

    def __init__(self, *, openings: list[Opening], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        nowhere = (NOTHING, _("不安排"))
        self.opening_id.choices = choices([nowhere, *((each.id, each.title) for each in openings)])


class DecisionForm(Form):
    step = SelectField(
        _("答复"), choices=choices([("uphold", _("申诉成立")), ("dismiss", _("维持原结果"))]), default="dismiss"
    )
    reason = TextAreaField(
        _("理由"),
        [Demanded(), Length(max=1000)],
        filters=[stripped],
        description=_("学生和监护人会看到。"),
        render_kw={"rows": 3},
    )
