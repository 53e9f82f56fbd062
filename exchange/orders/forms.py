"""Forms of orders. What a kind of order asks for stands in its table; the fields follow from it."""

from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.attachments.forms import FilesField
from exchange.core.database import today
from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.orders.evidence import Answer, Evidence, Question
from exchange.orders.kinds import KINDS, OrderKind
from exchange.students.models import Student

PREFIX = "evidence_"
MOST_HOURS = 2000


class OrderForm(Form):
    """What every order says; ``order_form(kind)`` adds what its kind asks for."""

    students = ChecksField(_("学生"), [InputRequired(message=_("至少选一名学生。"))], coerce=int)
    effective_on = DateField(_("生效日期"), [InputRequired()], description=_("可以填以后的日期，到那一天自动生效。"))
    to_class_name = StringField(
        _("到哪个班"), [Length(max=60)], filters=[stripped], render_kw={"list": "classes", "autocomplete": "off"}
    )
    document = StringField(_("文号"), [Length(max=80)], filters=[stripped], description=_("决定或批复的文号。"))
    reason = TextAreaField(_("说明"), [Length(max=1000)], filters=[stripped], description=_("加密保存。"))
    files = FilesField(_("附件"))

    kind: OrderKind

    def __init__(self, *, students: list[Student], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.students.choices = choices((each.id, f"{each.name} {each.student_no}") for each in students)
        if not KINDS[self.kind].moves_class:
            del self.to_class_name

    @property
    def questions(self) -> list[Field]:
        """The fields of this kind."""
        return [self[PREFIX + question.name] for question in KINDS[self.kind].questions]

    @property
    def evidence(self) -> Evidence:
        """What was answered."""
        answers = {question.name: self[PREFIX + question.name].data for question in KINDS[self.kind].questions}
        return Evidence(**{name: None if _is_left_out(answer) else answer for name, answer in answers.items()})


def order_form(kind: OrderKind) -> type[OrderForm]:
    """The form of a kind of order."""
    fields = {PREFIX + question.name: _field(question) for question in KINDS[kind].questions}
    return type("OrderForm", (OrderForm,), {"kind": kind, **fields})


def answers_of(evidence: Evidence) -> dict[str, Any]:
    """Evidence as the data of a form."""
    return {PREFIX + name: value for name, value in vars(evidence).items()}


class ConfirmForm(Form):
    reason = TextAreaField(_("理由"), [Length(max=1000)], filters=[stripped])


class CancelForm(Form):
    """For all students of the order, or for some."""

    students = ChecksField(_("给谁撤销"), [InputRequired(message=_("至少选一名学生。"))], coerce=int)
    reason = TextAreaField(
        _("撤销的理由"), [InputRequired(message=_("写下撤销的理由。")), Length(max=1000)], filters=[stripped]
    )

    def __init__(self, *, students: list[Student], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.students.choices = choices((each.id, f"{each.name} {each.student_no}") for each in students)


class FilingForm(Form):
    filed_on = DateField(_("备案日期"), [InputRequired()])


def _is_left_out(answer: Any) -> bool:
    return answer == "" or answer is False


def _has_come(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没有到；办完以后再登记。"))


def _field(question: Question) -> Field:
    label, hint = question.label, question.hint
    match question.answer:
        case Answer.DAY:
            return DateField(label, [Optional(), _has_come], description=hint)
        case Answer.COMING_DAY:
            return DateField(label, [Optional()], description=hint)
        case Answer.NUMBER:
            return IntegerField(label, [Optional(), NumberRange(0, MOST_HOURS)], description=hint)
        case Answer.YES:
            return BooleanField(label, description=hint)
        case Answer.CHOICE:
            members = {member.value: member for member in question.choices}
            offered = [*choices([("", _("还没有登记"))]), *choices_of(question.choices)]
            return SelectField(label, coerce=members.get, choices=offered, validate_choice=False, description=hint)
        case Answer.TEXT:
            return StringField(label, [Length(max=100)], filters=[stripped], description=hint)
