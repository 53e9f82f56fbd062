"""Forms of mark sheets."""

from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, FormField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.core.fields import choices_of
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.coursework.service import Choice

MOST_ASSESSMENTS = 6
LONGEST_NAME = 200
USUAL = [
    {"name": _("平时"), "weight": 30, "maximum": 100},
    {"name": _("期中"), "weight": 30, "maximum": 100},
    {"name": _("期末"), "weight": 40, "maximum": 100},
]


class AssessmentForm(PlainForm):
    """One column of the sheet; an empty row is left out."""

    name = StringField(_("考核项目"), [Optional(), Length(max=40)])
    weight = IntegerField(_("占比"), [Optional(), NumberRange(1, 100)])
    maximum = IntegerField(_("满分"), [Optional(), NumberRange(1, 1000)])


class SheetForm(Form):
    """A course for a class: course, term, teacher and up to six assessments."""

    course_id = SelectField(_("课程名称"), coerce=int)
    term_id = SelectField(_("学期"), coerce=int)
    teacher_id = SelectField(_("任课教师"), coerce=int)
    assessments = FieldList(FormField(AssessmentForm), min_entries=MOST_ASSESSMENTS, max_entries=MOST_ASSESSMENTS)

    def __init__(self, *, courses, terms, teachers, term=None, **kwargs):
        kwargs.setdefault("data", {"assessments": USUAL, "term_id": term.id if term else None})
        super().__init__(**kwargs)
        self.course_id.choices = [(course.id, f"{course.code} {course.name}") for course in courses]
        self.term_id.choices = [(term.id, term.label) for term in terms]
        self.teacher_id.choices = [(teacher.id, teacher.name) for teacher in teachers]

    def validate(self, extra_validators=None):
        valid = super().validate(extra_validators)
        if any(isinstance(error, dict) for error in self.assessments.errors):  # those of the rows; each is in its place
            self.assessments.errors = [_("名称最多 40 个字，占比填 1 到 100 的整数，满分填 1 到 1000 的整数。")]
        return valid

    def validate_assessments(self, field):
        for row in field:
            values = (row.form.name.data, row.form.weight.data, row.form.maximum.data)
            if any(values) and not all(values):
                raise ValidationError(_("每一项考核都要填名称、占比和满分。"))

    @property
    def columns(self) -> list[tuple[str, int, int]]:
        """The assessments that were filled in."""
        rows = [(row.form.name.data, row.form.weight.data, row.form.maximum.data) for row in self.assessments]
        return [(name.strip(), weight, maximum) for name, weight, maximum in rows if name]


class ReopenForm(Form):
    reason = TextAreaField(
        _("理由"),
        [InputRequired(), Length(max=300)],
        description=_("例如：期末成绩录错一行。退回以后学生暂时看不到这门课的成绩。"),
    )


class UploadForm(Form):
    """A workbook with marks, to be looked at first."""

    file = FileField(
        _("填好的成绩表"),
        [FileRequired(_("选择一个文件。"))],
        description=_("从这里下载的表，或任何写着学号或姓名和考核项的 Excel、WPS、CSV 表。先看预览，确认以后才写入。"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )


class TakeForm(Form):
    """What to do with the marks of an upload; its cells are read apart."""

    choice = RadioField(
        _("系统里已经有别的成绩时"),
        [InputRequired()],
        choices=choices_of(Choice),
        coerce=str,
        default=Choice.KEEP.value,
    )
    filename = StringField(filters=[lambda text: (text or "")[:LONGEST_NAME]])
