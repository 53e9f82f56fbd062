"""Hardship, amounts, awards, cards and payments as people enter them."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, DecimalField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.aid.categories import categories
from exchange.aid.conditions import CONDITIONS, write
from exchange.aid.months import Months, read_months
from exchange.aid.values import (
    SHARE,
    AidKind,
    CardHolder,
    Evidence,
    HardshipLevel,
    Item,
    PaidFor,
    PaidPer,
    Payer,
)
from exchange.core.database import today
from exchange.core.enums import LabelledEnum
from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.reference.fields import AreaField

MOST = 99_999
SHARE_LABEL = _("国家助学金：其他学生的比例")


def _or_none(kind: type[LabelledEnum]) -> Any:
    return lambda value: kind(value) if value and value != "None" else None


def _proof(label: str, description: str) -> FileField:
    return FileField(label, description=description, render_kw={"accept": "application/pdf,image/jpeg,image/png"})


class UploadForm(Form):
    """A form with one file: ``upload`` is its name and content, None where nobody chose one."""

    @property
    def upload(self) -> tuple[str, bytes] | None:
        chosen = self.file.data
        return (chosen.filename or "", chosen.read()) if chosen else None

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "file"}


class StatusForm(UploadForm):
    category = SelectField(_("困难类型"))
    level = SelectField(
        _("困难等级"),
        choices=[*choices([("", _("没有评定"))]), *choices_of(HardshipLevel)],
        coerce=_or_none(HardshipLevel),
        description=_("三个等级是学校的设置，没有核对过文件原文。"),
    )
    begins_on = DateField(_("从哪天起"), [InputRequired()])
    until = DateField(_("到哪天为止"), [Optional()], description=_("这一天起不再是；还没有定就不填。"))
    evidence = SelectField(
        _("凭什么认定"), coerce=Evidence, choices=choices_of(each for each in Evidence if each is not Evidence.ROSTER)
    )
    assessed_on = DateField(_("认定日期"), [InputRequired()], default=today)
    file = _proof(_("证明材料"), _("PDF、JPG 或 PNG，10 MB 以内；只有资助专员能打开。"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.category.choices = choices((each.code, each.label) for each in categories().values())


class EndForm(Form):
    until = DateField(_("从哪天起不再是"), [InputRequired()], default=today)


class NoteForm(Form):
    reason = TextAreaField(_("说明"), [InputRequired(), Length(max=500)], filters=[stripped])


class TakeOverForm(Form):
    category = HiddenField(validators=[InputRequired()])


class RuleForm(Form):
    kind = SelectField(_("资助"))
    region = AreaField(
        _("地区"), description=_("写省、州或县的名称，从列表里选；不填是全国。也可以写六位行政区划代码。")
    )
    begins_on = DateField(_("从哪天起"), [InputRequired()])
    until = DateField(_("到哪天为止"), [Optional()], description=_("这一天起不再执行；还没有定就不填。"))
    amount = DecimalField(_("金额（元）或比例"), [InputRequired(), NumberRange(0, MOST)], places=None)
    period = SelectField(_("怎样计算"), coerce=PaidPer, choices=choices_of(PaidPer))
    per = SelectField(_("按什么发"), coerce=PaidFor, choices=choices_of(PaidFor))
    must = ChecksField(_("条件：都要满足"), description=_("一项也不勾，就是谁都可以。"))
    either = ChecksField(
        _("条件：满足其中一项就行"), description=_("比如涉农专业或家庭经济困难。不勾就不看；上面勾过的不用再勾。")
    )
    source = StringField(
        _("依据"), [InputRequired(), Length(max=300)], filters=[stripped], description=_("文件名、文号或校内决定。")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [*choices_of(AidKind), *choices([(SHARE, SHARE_LABEL)])]
        offered = [(each.name, str(each.label)) for each in CONDITIONS.values()]
        self.must.choices, self.either.choices = choices(offered), choices(offered)

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        return values | {"condition": write(values.pop("must"), values.pop("either"))}


class _MonthsForm(Form):
    months = SelectField(_("学期"))

    def offer(self, offered: Iterable[Months]) -> None:
        """Let these terms be chosen."""
        self.months.choices = choices((each.key, each.label) for each in offered)

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"months": read_months(self.months.data or "")}


class AwardForm(_MonthsForm):
    """One award for one student, a gift for instance."""

    kind = SelectField(_("资助"), coerce=AidKind, choices=choices_of(AidKind))
    item = SelectField(
        _("实物"),
        choices=[*choices([("", _("不是实物"))]), *choices_of(Item)],
        coerce=_or_none(Item),
    )
    amount = DecimalField(
        _("金额（元）"), [Optional(), NumberRange(0, MOST)], places=None, description=_("不填就按标准；实物可以不填。")
    )
    because = TextAreaField(_("为什么给"), [Length(max=500)], filters=[stripped])


class CardForm(Form):
    holder = SelectField(_("谁的卡"), coerce=CardHolder, choices=choices_of(CardHolder))
    holder_name = StringField(
        _("户名"), [InputRequired(), Length(max=100)], filters=[stripped], description=_("与卡上一致，不用教师的卡。")
    )
    card_number = StringField(
        _("卡号"),
        [InputRequired(), Length(max=40)],
        filters=[stripped],
        description=_("加密保存，页面上只显示最后四位。"),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class PaymentForm(UploadForm):
    paid_on = DateField(_("发放日期"), [InputRequired()], default=today)
    amount = DecimalField(
        _("金额（元）"), [Optional(), NumberRange(0, MOST)], places=None, description=_("不填就是还没有发的全部。")
    )
    batch = StringField(_("批次"), [Length(max=60)], filters=[stripped], description=_("报给银行的名单编号。"))
    payer = SelectField(_("谁发的"), coerce=Payer, choices=choices_of(Payer))
    file = _proof(_("回单"), _("PDF、JPG 或 PNG，10 MB 以内。"))


class ChosenForm(Form):
    """Several awards of the ledger."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)
    reason = StringField(filters=[stripped])
    paid_on = DateField(validators=[Optional()])
    batch = StringField(validators=[Length(max=60)], filters=[stripped])
    payer = SelectField(coerce=Payer, choices=choices_of(Payer), default=Payer.SCHOOL, validate_choice=False)


class ProposalForm(Form):
    """The students of a proposal who are to be granted."""

    ids = SelectMultipleField(coerce=int, validate_choice=False)
    reason = StringField(filters=[stripped])


class StepForm(Form):
    reason = TextAreaField(_("理由"), [Length(max=500)], filters=[stripped])


class SettleForm(NoteForm):
    task = HiddenField(validators=[InputRequired(), Length(max=80)])
