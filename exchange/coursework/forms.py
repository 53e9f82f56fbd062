"""Forms of mark sheets and of later attempts."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, FieldList, FormField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.attachments.forms import FilesField
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.coursework.models import AttemptKind, Scale
from exchange.coursework.scales import HIGHEST
from exchange.coursework.service import Choice, Decided, Line
from exchange.programmes.models import Course

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
    scale = SelectField(
        _("怎么打分"),
        coerce=Scale,
        choices=choices_of(Scale),
        description=_("五级制和合格制不填满分。建立以后不能改。"),
    )
    assessments = FieldList(FormField(AssessmentForm), min_entries=MOST_ASSESSMENTS, max_entries=MOST_ASSESSMENTS)

    def __init__(self, *, courses, terms, teachers, term=None, course=None, **kwargs):
        weights = course.weights if course else []
        assessments = [{"name": name, "weight": weight, "maximum": HIGHEST} for name, weight in weights]
        offered = {"assessments": assessments or USUAL, "term_id": term.id if term else None}
        kwargs.setdefault("data", offered | ({"course_id": course.id} if course else {}))
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
            values = [row.form.name.data, row.form.weight.data]
            if self.scale.data is Scale.HUNDRED:
                values.append(row.form.maximum.data)
            if any(values) and not all(values):
                raise ValidationError(_("每一项考核都要填名称、占比和满分。"))

    @property
    def columns(self) -> list[tuple[str, int, int]]:
        """The assessments that were filled in."""
        rows = [(row.form.name.data, row.form.weight.data, row.form.maximum.data) for row in self.assessments]
        return [(name.strip(), weight, maximum or HIGHEST) for name, weight, maximum in rows if name]


class ReopenForm(Form):
    reason = TextAreaField(
        _("理由"),
        [InputRequired(), Length(max=300)],
        description=_("例如：期末成绩录错一行。改好重新公布以前，学生看不到这门课的成绩。"),
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
    reason = StringField(
        _("为什么改"),
        [Length(max=300)],
        filters=[stripped],
        description=_("这张成绩单交过，改成绩要写理由。"),
    )


class ReasonForm(Form):
    reason = TextAreaField(
        _("理由"),
        [InputRequired(), Length(max=300)],
        description=_("例如：成绩登记到了另一名学生。记录会保留，只是不再计入。"),
    )


class SittingsForm(Form):
    """The day of a make-up, a deferred sitting or a retake; the results stand in lines below it."""

    taken_on = DateField(_("考试日期"), [InputRequired()])


class LineForm(PlainForm):
    """One student's result; a line without a result is left out."""

    kind = SelectField(_("种类"))
    value = StringField(_("成绩"), [Length(max=20)], filters=[stripped])
    reason = StringField(_("说明"), [Length(max=300)], filters=[stripped])

    def __init__(self, *args: Any, kinds: Sequence[AttemptKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices_of(kinds)

    def typed(self, student_id: int) -> Line:
        """The line as the service takes it."""
        return Line(student_id, AttemptKind(self.kind.data), self.value.data, self.reason.data)


class RecognitionForm(Form):
    """A course passed at a partner school that takes the place of one of the programme."""

    course_id = SelectField(_("认定为哪门课程"), coerce=int)
    school_name = StringField(_("合作学校"), [InputRequired(), Length(max=100)], filters=[stripped])
    taken_on = DateField(_("在合作学校考试的日期"), [InputRequired()])
    scale = SelectField(_("怎么打分"), coerce=Scale, choices=choices_of(Scale))
    value = StringField(
        _("成绩"), [InputRequired(), Length(max=20)], filters=[stripped], description=_("例如：86、良好、合格。")
    )
    reason = TextAreaField(
        _("理由"), [InputRequired(), Length(max=300)], description=_("例如：两地协议第 5 条，课时和内容相当。")
    )
    files = FilesField(_("证明材料"))

    def __init__(self, *, courses: Iterable[Course], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.course_id.choices = choices((course.id, f"{course.code} {course.name}") for course in courses)

    @property
    def recognised(self) -> dict[str, Any]:
        """The fields as the service takes them."""
        values = {name: value for name, value in self.values.items() if name not in {"course_id", "files"}}
        return values | {"files": self.files.contents}


class ClassRecognitionForm(Form):
    """What was decided for several students at once; their marks stand in a table below it."""

    school_name = StringField(_("合作学校"), [InputRequired(), Length(max=100)], filters=[stripped])
    taken_on = DateField(_("在合作学校考试的日期"), [InputRequired()])
    scale = SelectField(_("怎么打分"), coerce=Scale, choices=choices_of(Scale))
    document = StringField(
        _("认定文件"), [Length(max=100)], filters=[stripped], description=_("文号或标题，没有就不填。")
    )
    reason = TextAreaField(
        _("理由"),
        [InputRequired(), Length(max=300)],
        filters=[stripped],
        description=_("例如：两地协议第 5 条，课时和内容相当。"),
    )
    files = FilesField(_("证明材料"))

    @property
    def decided(self) -> Decided:
        """The fields as the service takes them."""
        return Decided(**{name: value for name, value in self.values.items() if name != "files"})


class GraduationNoteForm(Form):
    """What only people know about somebody's graduation."""

    early_applied_on = DateField(_("申请提前毕业的日期"), [Optional()])
    enlisted_on = DateField(_("应征入伍的日期"), [Optional()])
    minor_programme = StringField(_("辅修专业"), [Length(max=80)], filters=[stripped])
    dual_certificate = StringField(
        _("双证融通的证书"), [Length(max=80)], filters=[stripped], description=_("写在毕业证书的备注里。")
    )
