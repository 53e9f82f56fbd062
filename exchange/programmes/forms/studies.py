"""Programmes of study, their courses and approvals as people enter them."""

from typing import Any

from wtforms import BooleanField, DateField, DecimalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.attachments.forms import FilesField
from exchange.core.database import today
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.programmes import weights
from exchange.programmes.forms.classes import EARLIEST_YEAR, LATEST_YEAR
from exchange.programmes.models import BasicSubject, CourseKind
from exchange.reference.majors import majors


def _subject_or_none(value: Any) -> BasicSubject | None:
    return BasicSubject(value) if value else None


def _yes_no_or_none(value: Any) -> bool | None:
    return {"yes": True, "no": False}.get(value, value if isinstance(value, bool) else None)


class ProgrammeForm(Form):
    intake_year = IntegerField(
        _("入学年份"),
        [InputRequired(), NumberRange(EARLIEST_YEAR, LATEST_YEAR)],
        default=lambda: today().year,
        render_kw={"inputmode": "numeric"},
    )
    major = SelectField(
        _("专业"), [InputRequired()], description=_("2021 年起入学的用 2021 年目录，以前的用 2010 年目录。")
    )
    name = StringField(
        _("名称"),
        [Length(max=80)],
        filters=[stripped],
        description=_("不填就用目录里的名称。证书和成绩单上印这个名称。"),
    )
    length_years = IntegerField(
        _("学制（年）"), [InputRequired(), NumberRange(1, 5)], default=3, render_kw={"inputmode": "numeric"}
    )

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        named = [(each.code, f"{each.code} {each.name} · {each.catalogue}") for each in majors()]
        self.major.choices = choices([("", _("选一个专业")), *named])


class WeightsField(StringField):
    """How a course is assessed, as one line: 平时 40，期末 60. ``data`` are pairs of a name and a number."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return weights.write(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist or [""])[0]
        try:
            self.data = weights.read(text)
        except weights.Unreadable as unreadable:
            raise ValueError(str(unreadable)) from None


class CourseForm(Form):
    """``code`` is taken out once the course is taught; what decides results once it has marks."""

    code = StringField(
        _("课程代码"),
        [InputRequired(), Length(max=20)],
        filters=[stripped],
        description=_("在这个专业里不能重复。新版本里代码相同的就是同一门课，成绩跟着它走。"),
    )
    name = StringField(_("课程名称"), [InputRequired(), Length(max=80)], filters=[stripped])
    kind = SelectField(
        _("课程类别"),
        coerce=CourseKind,
        choices=choices_of(CourseKind),
        description=_("语文、数学这些公共基础课选文化基础课；毕业前的岗位实习选顶岗实习或实训。"),
    )
    subject = SelectField(
        _("公共基础科目"),
        [Optional()],
        coerce=_subject_or_none,
        description=_("只有文化基础课要选。新加的课程不选，就按课程名称认。"),
    )
    is_elective = SelectField(
        _("必修还是选修"),
        [Optional()],
        coerce=_yes_no_or_none,
        choices=choices([("", _("按课程类别")), ("no", _("必修")), ("yes", _("选修"))]),
        description=_("推荐选修课和任意选修课是选修，其他类别不另外选就是必修。"),
    )
    is_core = BooleanField(_("专业核心课"))
    hours = IntegerField(_("学时"), [InputRequired(), NumberRange(1, 9999)], render_kw={"inputmode": "numeric"})
    practice_hours = IntegerField(
        _("其中实践学时"),
        [Optional(), NumberRange(0, 9999)],
        description=_("不填：实习、实训、社会实践和军训全部算实践，其他课程算 0。"),
        render_kw={"inputmode": "numeric"},
    )
    internship_months = DecimalField(
        _("实习几个月"),
        [Optional(), NumberRange(0, 99)],
        places=None,
        description=_("只有顶岗实习要填。方案按周写的，26 周填 6。"),
        render_kw={"inputmode": "decimal"},
    )
    credits = DecimalField(
        _("学分"),
        [InputRequired(), NumberRange(0, 999)],
        places=None,
        description=_("一般 16 到 18 学时算 1 学分。"),
        render_kw={"inputmode": "decimal"},
    )
    term_of_study = IntegerField(
        _("开课学期"),
        [InputRequired(), NumberRange(1, 10)],
        description=_("入学以后的第几个学期，第一年是 1 和 2。"),
        render_kw={"inputmode": "numeric"},
    )
    pass_score = IntegerField(
        _("及格分"), [InputRequired(), NumberRange(0, 100)], default=60, render_kw={"inputmode": "numeric"}
    )
    weights = WeightsField(
        _("考核占比"),
        description=_("例如：平时 40，期末 60。加起来要等于 100。建成绩单时自动带入，老师还可以改。"),
    )

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        named = [(subject.value, subject.label) for subject in BasicSubject]
        self.subject.choices = choices([("", _("都不是")), *named])


class ApprovalForm(Form):
    """Who approved a version, when, and by which paper."""

    approved_on = DateField(_("批准日期"), [InputRequired()], default=today)
    approved_by = StringField(
        _("由谁批准"),
        [InputRequired(), Length(max=100)],
        filters=[stripped],
        description=_("例如：学校党组织会议、专业建设指导委员会。"),
    )
    document = StringField(
        _("批准文件"), [Length(max=100)], filters=[stripped], description=_("文号或标题，没有就不填。")
    )
    in_force_from = DateField(
        _("从哪天施行"),
        [InputRequired()],
        default=today,
        description=_("今天，或者以前补登记的那一天。"),
    )
    reason = TextAreaField(
        _("没有达到的检查，理由是什么"),
        [Length(max=300)],
        filters=[stripped],
        render_kw={"rows": "3"},
    )
    files = FilesField(_("批准文件的扫描件"))

    @property
    def approval(self) -> dict[str, Any]:
        """The fields as the service takes them."""
        return {**self.values, "files": self.files.contents}
