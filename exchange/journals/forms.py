"""The shape of what is typed into a log, a report and an answer."""

import re
from decimal import Decimal
from typing import Any

from flask import request
from wtforms import DecimalField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from exchange.core.fields import choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.journals.values import Level, Mood

NUMBER, LONGEST = re.compile(r"\d{1,9}"), 1000
SEEN, WORDS = re.compile(r"(\d{1,9})\.(\d{1,9})"), re.compile(r"words\.\d{1,9}")
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def _hours(number: int) -> DecimalField:
    return DecimalField(WEEKDAYS[number], [Optional(), NumberRange(0, 24)], places=None)


class LogForm(Form):
    did = TextAreaField(
        _("这周做了什么"),
        [DataRequired(), Length(max=2000)],
        filters=[stripped],
        description=_("三五句话就够。例如：在前台帮客人办入住，每天大约二十位。"),
    )
    learnt = TextAreaField(_("学到了什么"), [DataRequired(), Length(max=2000)], filters=[stripped])
    hours_0 = _hours(0)
    hours_1 = _hours(1)
    hours_2 = _hours(2)
    hours_3 = _hours(3)
    hours_4 = _hours(4)
    hours_5 = _hours(5)
    hours_6 = _hours(6)
    mood = RadioField(
        _("你这周过得怎么样"),
        [InputRequired()],
        coerce=Mood,
        choices=choices_of(Mood),
        description=_("只有老师看得到。"),
    )

    @property
    def hours(self) -> list[Decimal | None]:
        """Seven, from Monday on."""
        return [self[f"hours_{number}"].data for number in range(len(WEEKDAYS))]


class ReportForm(Form):
    text = TextAreaField(
        _("实习报告"),
        [DataRequired(), Length(min=100, max=20000)],
        filters=[stripped],
        description=_("写实习单位和岗位、做了什么、学会了什么、对以后的打算，至少 100 字。"),
    )


class MentorForm(Form):
    """What a mentor sends: the logs whose hours are right, as "number.version", and words to some of them."""

    @property
    def values(self) -> dict[str, Any]:
        """Log → version that was seen, log → words, and an appraisal; what cannot be read is left out."""
        seen = [SEEN.fullmatch(each) for each in request.form.getlist("confirm")]
        words = {name[6:]: stripped(text) for name, text in request.form.items() if WORDS.fullmatch(name)}
        return {
            "confirmed": {int(each[1]): int(each[2]) for each in seen if each},
            "appraisal": self._appraisal(),
            "words": {int(number): text for number, text in words.items() if text},
        }

    def _appraisal(self) -> dict[str, Any] | None:
        """Two levels and words for one student, where all of it is there."""
        number, levels = request.form.get("placement", ""), {level.value: level for level in Level}
        chosen = {name: levels.get(request.form.get(name, "")) for name in ("process", "result")}
        if not NUMBER.fullmatch(number) or None in chosen.values():
            return None
        return {"placement_id": int(number), "words": stripped(request.form.get("praise"))[:LONGEST], **chosen}


class AppraisalForm(Form):
    """The school's marks; the mentor chooses levels."""

    process_mark = DecimalField(_("过程（平时表现、周志）"), [InputRequired(), NumberRange(0, 100)], places=None)
    result_mark = DecimalField(_("结果（学会的本领、报告）"), [InputRequired(), NumberRange(0, 100)], places=None)
    words = TextAreaField(_("评语"), [Length(max=1000)], filters=[stripped])


class AnswerForm(Form):
    answer = TextAreaField(_("给学生的话"), [Length(max=1000)], filters=[stripped])
