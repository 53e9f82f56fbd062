"""Shift plans as people enter them: a week, one day, or the table of a host."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from exchange.core.enums import LabelledEnum
from exchange.core.fields import ChecksField, choices, choices_of
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.placements.facts.document import Shift
from exchange.placements.models import Placement
from exchange.reference.calendar import DayKind
from exchange.shifts.pasted import HALF_A_DAY
from exchange.shifts.pattern import Hours
from exchange.shifts.wording import WEEKDAY_NAMES

WEEKDAYS = range(7)
BREAK = [NumberRange(0, HALF_A_DAY, message=_("休息写 0 到 720 的分钟数。"))]


class DaysOff(LabelledEnum):
    """Which days off the pattern is laid over, too."""

    NONE = "none", _("都不排")
    REST_DAYS = "rest_days", _("休息日也排（已事先备案）")
    ALL = "all", _("休息日、法定节假日都排（已事先备案）")


WORKED = {
    DaysOff.NONE: (DayKind.WORKDAY,),
    DaysOff.REST_DAYS: (DayKind.WORKDAY, DayKind.REST_DAY),
    DaysOff.ALL: tuple(DayKind),
}


class SharedForm(Form):
    """Something for one placement and for those who share its post and days."""

    also = ChecksField(_("同样排给"), coerce=int)

    def __init__(self, *, companions: list[Placement], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.also.choices = choices((each.id, f"{each.student.name} {each.student.student_no}") for each in companions)


class _HoursForm(Form):
    """One set of times for the chosen days; days with other times say so themselves."""

    days = ChecksField(
        _("星期几上班"),
        [InputRequired(message=_("至少选一天。"))],
        coerce=int,
        choices=choices(enumerate(WEEKDAY_NAMES)),
        default=[0, 1, 2, 3, 4],
    )
    start = TimeField(_("上班"), [InputRequired()])
    end = TimeField(_("下班"), [InputRequired()], description=_("早于上班，就是第二天下班。"))
    break_minutes = IntegerField(
        _("中间休息（分钟）"), [InputRequired(), *BREAK], description=_("吃饭和休息不算工时；没有就写 0。")
    )


def _with_days(form: type[_HoursForm]) -> type[_HoursForm]:
    """Start, end and break of each weekday, empty where it is as the others."""
    for day in WEEKDAYS:
        setattr(form, f"start_{day}", TimeField(_("上班"), [Optional()]))
        setattr(form, f"end_{day}", TimeField(_("下班"), [Optional()]))
        setattr(form, f"break_{day}", IntegerField(_("休息（分钟）"), [Optional(), *BREAK]))
    return form


@_with_days
class WeekForm(SharedForm, _HoursForm):
    """A week, laid over the days from first to last."""

    first = DateField(_("从哪天"), [InputRequired()])
    last = DateField(_("到哪天"), [InputRequired()])
    days_off = SelectField(
        _("休息日和节假日"),
        coerce=DaysOff,
        choices=choices_of(DaysOff),
        default=DaysOff.NONE,
        description=_("按当年的放假通知。没有事先备案，休息日和节假日不能排学生。"),
    )

    def __init__(self, *, placement: Placement, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.placement = placement

    def validate_first(self, field: DateField) -> None:
        self._check_within(field)

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("最后一天不能早于第一天。"))
        self._check_within(field)

    def _check_within(self, field: DateField) -> None:
        if field.data and not self.placement.starts_on <= field.data <= self.placement.ends_on:
            raise ValidationError(_("这一天不在实习期间。"))

    @property
    def week(self) -> dict[int, Hours]:
        """Weekday → its hours; what a day leaves empty is as on the others."""
        usual = Hours(self.start.data, self.end.data, self.break_minutes.data)
        return {day: self._hours_of(day, usual) for day in self.days.data}

    def own_hours(self, day: int) -> list[Any]:
        """The three fields of a weekday."""
        return [self[f"{name}_{day}"] for name in ("start", "end", "break")]

    @property
    def says_own_hours(self) -> bool:
        """Whether any weekday has times of its own, or tries to."""
        fields = (field for day in WEEKDAYS for field in self.own_hours(day))
        return any(field.data is not None or field.errors for field in fields)

    def _hours_of(self, day: int, usual: Hours) -> Hours:
        start, end, pause = (field.data for field in self.own_hours(day))
        return Hours(
            usual.start if start is None else start,
            usual.end if end is None else end,
            usual.break_minutes if pause is None else pause,
        )


class DayForm(SharedForm):
    """One day: times, or free."""

    works = SelectField(
        _("这一天"), choices=choices([("yes", _("上班")), ("no", _("不上班"))]), coerce=lambda value: value == "yes"
    )
    start = TimeField(_("上班"), [Optional()])
    end = TimeField(_("下班"), [Optional()], description=_("早于上班，就是第二天下班。"))
    break_minutes = IntegerField(_("中间休息（分钟）"), [Optional(), *BREAK], description=_("没有就写 0。"))

    def validate_works(self, field: SelectField) -> None:
        times = (self.start.data, self.end.data, self.break_minutes.data)
        if field.data and any(value is None for value in times):
            raise ValidationError(_("上班就要填上班、下班和休息三格。"))

    def shift_on(self, day: date) -> Shift | None:
        """The shift of this day, or none where it is free."""
        if not self.works.data:
            return None
        return Shift(day, self.start.data, self.end.data, self.break_minutes.data)


class TableForm(Form):
    """What a host has sent: pasted, or as a file."""

    table = TextAreaField(
        _("贴在这里"),
        description=_("一行一个班，五格：姓名（或学号）、日期、上班、下班、休息分钟。可以从表格里整块复制。"),
    )
    file = FileField(_("或者选文件"), description=_(".xlsx、.xls 或 .csv，第一张表，同样五列。"))

    def validate_table(self, field: TextAreaField) -> None:
        if not (field.data or "").strip() and not self.file.data:
            raise ValidationError(_("贴上表格，或者选一个文件。"))


class EffectiveForm(SharedForm):
    """Which drafts are to count."""
