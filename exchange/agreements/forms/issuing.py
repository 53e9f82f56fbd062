"""What the office fills in before documents are issued."""

from collections.abc import Mapping
from typing import Any

from wtforms import DecimalField, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from exchange.agreements.terms import ASKED
from exchange.agreements.values import PayMethod, PayPer
from exchange.core.fields import ChecksField, Demanded, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.placements.models import Placement


def _words(name: str, hint: str = "", longest: int = 500) -> TextAreaField:
    return TextAreaField(
        ASKED[name][1], [Demanded(), Length(max=longest)], filters=[stripped], description=hint, render_kw={"rows": 2}
    )


class TermsForm(Form):
    """What no record holds yet, for one student and those who go to the same post on the same days."""

    tasks = _words("tasks", _("学生每天做哪些工作，按实习方案写。"))
    working_time = _words("working_time", _("例如：标准工时，每天 8:30—17:00，中午休息一小时，每周不超过 40 小时。"))
    rest = _words("rest", _("例如：周六、周日和法定节假日休息。"))
    meals = _words("meals", _("例如：单位食堂提供三餐，免费。"))
    lodging = _words("lodging", _("例如：单位员工宿舍，四人一间，免费。"))
    pay_amount = DecimalField(ASKED["pay_amount"][1], [Demanded(), Optional(), NumberRange(0, 99_999)], places=None)
    pay_per = SelectField(ASKED["pay_per"][1], choices=choices_of(PayPer), default=PayPer.MONTH.value)
    pay_method = SelectField(ASKED["pay_method"][1], choices=choices_of(PayMethod), default=PayMethod.BANK.value)
    pay_day = IntegerField(ASKED["pay_day"][1], [Demanded(), Optional(), NumberRange(1, 31)])
    protection = _words("protection")
    insurance = _words("insurance", _("谁投保、从哪天到哪天、谁付保费。"))
    accidents = _words("accidents")
    assessment = _words("assessment", _("过程和结果各占多少，谁来打分。"))
    breach = _words("breach")
    other = TextAreaField(
        _("其他约定"), [Length(max=500)], filters=[stripped], description=_("没有就不填。"), render_kw={"rows": 2}
    )
    also = ChecksField(_("同样出具给"), coerce=int)

    def __init__(self, *, companions: list[Placement], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.also.choices = choices((each.id, f"{each.student.name} {each.student.student_no}") for each in companions)

    @property
    def terms(self) -> Mapping[str, Any]:
        """The terms themselves."""
        return {name: value for name, value in self.values.items() if name != "also"}


GROUPS = (
    (_("做什么"), ("tasks",)),
    (_("上班、休息和食宿"), ("working_time", "rest", "meals", "lodging")),
    (_("报酬"), ("pay_amount", "pay_per", "pay_method", "pay_day")),
    (_("安全、保险和事故"), ("protection", "insurance", "accidents")),
    (_("考核、违约和其他"), ("assessment", "breach", "other")),
)
"""The fields as they stand on the page."""
