"""Asking for a file, noting that it was sent, comparing, deciding, filling in what is missing."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from exchange.attachments.forms import FilesField
from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.reference.fields import AreaField
from exchange.registry.values import Covers, Decision

LONGEST_CELL = 200


class SubmissionForm(Form):
    batch = SelectField(_("批次"))
    class_name = StringField(
        _("班级"),
        [Length(max=60)],
        filters=[stripped],
        description=_("不填就是这个批次的全部班级。"),
        render_kw={"list": "classes", "autocomplete": "off"},
    )
    only_complete = BooleanField(_("只报完整的记录"), default=True)

    def __init__(self, *, batches: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.batch.choices = choices([*batches, ("", _("全部批次"))])


class SubmittedForm(Form):
    on = DateField(_("上传到全国系统的日期"), [InputRequired()])


class ReconciliationForm(Form):
    file = FileField(
        _("全国系统导出的名单"),
        [FileRequired(_("选择一个文件。"))],
        description=_(".xlsx、.xls 或 .csv。读完就删，只留下不一致的地方。"),
        render_kw={"accept": ".xlsx,.xls,.csv"},
    )
    class_name = StringField(
        _("只比对一个班"),
        [Length(max=60)],
        filters=[stripped],
        description=_("名单是全校的就不填；不填时，报送过而名单里没有的在籍学生会列出来。"),
        render_kw={"list": "classes", "autocomplete": "off"},
    )


class AnswerForm(Form):
    """What a list of the registry holds; two buttons."""

    covers = StringField(validators=[AnyOf(list(Covers))])


class DecisionForm(Form):
    decision = RadioField(_("怎样处理"), [InputRequired(_("选一项。"))])
    reason = TextAreaField(
        _("理由或证明"),
        [Length(max=300)],
        filters=[stripped],
        description=_("采用关键信息（姓名、性别、出生日期、身份证件号）要写凭什么证明；不处理要写理由。"),
        render_kw={"rows": 3},
    )
    proofs = FilesField(_("证明文件"))

    def __init__(self, *, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.decision.choices = choices((each.value, each.label) for each in decisions)


class DecisionsForm(Form):
    """The selected lines of the correction list, decided alike."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)
    decision = SelectField(choices=choices((each.value, each.label) for each in Decision))
    reason = StringField([Length(max=300)], filters=[stripped])


def filling_form(headings: Sequence[tuple[str, str, Sequence[str], bool]]) -> type[Form]:
    """A form with a field for each column: name, heading, what may stand in it, and whether that is a place."""

    class FillingForm(Form):
        pass

    for name, heading, values, is_area in headings:
        setattr(FillingForm, name, AreaField(heading) if is_area else _cell_field(heading, values))
    return FillingForm


def _cell_field(heading: str, values: Sequence[str]) -> Any:
    if values:
        return SelectField(heading, choices=choices([("", _("还不知道")), *((value, value) for value in values)]))
    return StringField(heading, [Length(max=LONGEST_CELL)], filters=[stripped], render_kw={"autocomplete": "off"})
