"""Batches and openings as people enter them."""

from typing import Any

from wtforms import BooleanField, DateField, DecimalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.core.fields import ChecksField, choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners.models import Post
from exchange.programmes.models import SchoolClass

NUMERIC = {"inputmode": "numeric"}


class BatchForm(Form):
    name = StringField(
        _("批次名称"),
        [InputRequired(), Length(max=80)],
        filters=[stripped],
        description=_("例如：2027 年春季岗位实习。"),
    )
    school_year = IntegerField(
        _("学年"),
        [InputRequired(), NumberRange(2000, 2100)],
        description=_("开始的年份：2026 表示 2026–2027 学年。"),
        render_kw=NUMERIC,
    )
    term_number = SelectField(_("学期"), coerce=int, choices=choices([(1, _("第一学期")), (2, _("第二学期"))]))
    starts_on = DateField(_("实习第一天"), [InputRequired()])
    ends_on = DateField(_("实习最后一天"), [InputRequired()])
    applications_from = DateField(_("志愿开始日期"), [InputRequired()])
    applications_until = DateField(
        _("志愿截止日期"), [InputRequired()], description=_("这一天结束以前，学生可以改志愿。")
    )
    most_choices = IntegerField(_("每人最多几个志愿"), [InputRequired(), NumberRange(1, 8)], render_kw=NUMERIC)
    appeal_days = IntegerField(_("公布后几天内可以申诉"), [InputRequired(), NumberRange(1, 30)], render_kw=NUMERIC)
    class_ids = ChecksField(_("参加的班级"), [InputRequired(message=_("至少选一个班级。"))], coerce=int)
    notes = TextAreaField(_("给学生和监护人的说明"), [Length(max=1000)], filters=[stripped], render_kw={"rows": 3})

    def __init__(self, *, classes: list[SchoolClass], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.class_ids.choices = choices((each.id, each.name) for each in classes)


class _OpeningForm(Form):
    places = IntegerField(_("名额"), [InputRequired(), NumberRange(1, 500)], render_kw=NUMERIC)
    hours_per_week = DecimalField(_("每周工时"), [Optional(), NumberRange(1, 80)], places=None)
    pay = DecimalField(_("实习报酬（元/月）"), [Optional(), NumberRange(0, 99_999)], places=None)
    lodging = StringField(
        _("住宿"),
        [Length(max=200)],
        filters=[stripped],
        description=_("住哪里、几人一间、离上班多远；学生在手机上看到。"),
    )
    beds_for_women = IntegerField(
        _("女生床位"), [Optional(), NumberRange(0, 500)], description=_("不限就不填。"), render_kw=NUMERIC
    )
    beds_for_men = IntegerField(
        _("男生床位"), [Optional(), NumberRange(0, 500)], description=_("不限就不填。"), render_kw=NUMERIC
    )
    in_company = BooleanField(_("不单独派人：这家单位至少去两名学生"))
    class_ids = ChecksField(_("只面向这些班级"), coerce=int, description=_("都不勾，就是全部参加的班级。"))
    notes = TextAreaField(_("其他说明"), [Length(max=500)], filters=[stripped], render_kw={"rows": 3})

    def __init__(self, *, classes: list[SchoolClass], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.class_ids.choices = choices((each.id, each.name) for each in classes)


class NewOpeningForm(_OpeningForm):
    post_id = SelectField(_("岗位"), coerce=int)

    def __init__(self, *, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.post_id.choices = choices((post.id, f"{post.host_organisation.name} · {post.name}") for post in posts)


class OpeningForm(_OpeningForm):
    """What is offered on a post; the post itself stays."""
