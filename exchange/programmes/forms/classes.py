"""Classes, homeroom teachers and terms as people enter them."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.accounts.models import User
from exchange.core.database import today
from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners.models import CooperationProject
from exchange.programmes.models import Programme

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099
NOBODY, NO_TEACHER = 0, _("暂时没有班主任")
TERM_NUMBERS = ((1, _("第一学期（秋季）")), (2, _("第二学期（春季）")))


def _id_or_nobody(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class ClassForm(Form):
    """``programme_id`` and ``number`` are taken out once the class is in use, ``reason`` while it has no name yet."""

    name = StringField(
        _("班级名称"),
        [InputRequired(), Length(max=60)],
        filters=[stripped],
        description=_("全校不能重名，例如 2026级云南班。"),
    )
    programme_id = SelectField(_("专业"), [InputRequired()], coerce=_id_or_nobody)
    number = IntegerField(
        _("班号"),
        [Optional(), NumberRange(1, 999)],
        description=_("同一年级不能重复，编学号时用。不填就用下一个。"),
        render_kw={"inputmode": "numeric"},
    )
    project_id = SelectField(_("所属协作项目"), [Optional()], coerce=_id_or_nobody)
    reason = TextAreaField(
        _("改名的理由"),
        [Length(max=200)],
        filters=[stripped],
        description=_("只在改名时填写。已经发放的证书不变，以后用新名称。"),
        render_kw={"rows": "2"},
    )

    def __init__(self, *, programmes: Sequence[Programme], projects: Iterable[CooperationProject], **kwargs: Any):
        super().__init__(**kwargs)
        labels = ((each.id, _("%(year)s级 %(name)s", year=each.intake_year, name=each.name)) for each in programmes)
        self.programme_id.choices = choices(labels)
        named = [(project.id, project.name) for project in projects]
        self.project_id.choices = choices([("", _("不属于协作项目")), *named])


class NewClassForm(ClassForm):
    """A class with its first homeroom teacher."""

    reason = None
    homeroom_teacher_id = SelectField(_("班主任"), [Optional()], coerce=_id_or_nobody)
    homeroom_from = DateField(_("从哪天起当班主任"), [Optional()], default=today)

    def __init__(self, *, teachers: Iterable[User], **kwargs: Any):
        super().__init__(**kwargs)
        self.homeroom_teacher_id.choices = choices([("", NO_TEACHER), *_named(teachers)])


class HomeroomForm(Form):
    teacher_id = SelectField(_("班主任"), [InputRequired()], coerce=_id_or_nobody)
    begins_on = DateField(
        _("从哪天起"),
        [InputRequired()],
        default=today,
        description=_("可以提前登记，到那天自动生效。填今天或以前的日期，保存就生效。"),
    )

    def __init__(self, *, teachers: Iterable[User], **kwargs: Any):
        super().__init__(**kwargs)
        self.teacher_id.choices = choices([("", _("选一位老师")), *_named(teachers), (NOBODY, NO_TEACHER)])


def _named(teachers: Iterable[User]) -> list[tuple[object, str]]:
    return [(teacher.id, f"{teacher.name} · {teacher.username}") for teacher in teachers]


class TermForm(Form):
    school_year = IntegerField(
        _("学年"),
        [InputRequired(), NumberRange(EARLIEST_YEAR, LATEST_YEAR)],
        description=_("秋季开学的那一年。2026 就是 2026–2027 学年。"),
        render_kw={"inputmode": "numeric"},
    )
    number = SelectField(_("学期"), coerce=_id_or_nobody, choices=choices(TERM_NUMBERS))
    starts_on = DateField(_("第一天"), [InputRequired()])
    ends_on = DateField(_("最后一天"), [InputRequired()])


class TermDaysForm(TermForm):
    """Which term it is stays."""

    school_year = None
    number = None
