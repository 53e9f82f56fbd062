"""Placements and their records as people enter them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.accounts.models import User
from exchange.core.fields import ChecksField, choices, choices_of, choices_or_none, done_on, stripped, yes_or_no
from exchange.core.forms import FilledForm, Form
from exchange.core.i18n import _
from exchange.partners.models import Post
from exchange.placements.facts.values import (
    Arranger,
    Capability,
    ExceptionScope,
    FeeKind,
    InsurancePayer,
    InternshipKind,
    WithheldDocument,
)
from exchange.placements.models import PlacementStatus
from exchange.placements.service import AGREEMENT_TEMPLATE
from exchange.students.models import Student

ITEM_LABELS = {
    "party_info": _("各方基本信息"),
    "time_place_content_requirements_conditions": _("时间、地点、内容、要求与条件保障"),
    "board_lodging_worktime_rest": _("食宿、工作时间和休息休假"),
    "pay_and_method": _("实习报酬及支付方式"),
    "labour_protection_health": _("劳动保护和卫生、职业病危害防护"),
    "insurance_and_accidents": _("责任保险与伤亡事故处理办法"),
    "assessment_method": _("实习考核方式"),
    "breach_liability": _("各方违约责任"),
    "other": _("其他事项"),
}


class _ArrangementForm(Form):
    post_id = SelectField(_("岗位"), coerce=int)
    starts_on = DateField(_("第一天"), [InputRequired()])
    ends_on = DateField(_("最后一天"), [InputRequired()])
    workplace = StringField(
        _("上班地点"), [Length(max=200)], filters=[stripped], description=_("不填就用单位登记的地址。")
    )
    directions = TextAreaField(
        _("怎么去"), [Length(max=500)], filters=[stripped], description=_("车次、地铁、到了找谁；学生在手机上看到。")
    )
    instructor_id = SelectField(_("指导教师"), coerce=int)
    instructor_phone = StringField(_("指导教师电话"), [Length(max=30)], filters=[stripped])
    mentor_name = StringField(_("单位指导人"), [Length(max=60)], filters=[stripped])
    mentor_phone = StringField(_("单位指导人电话"), [Length(max=30)], filters=[stripped])
    capability = choices_or_none(_("工作能力"), Capability, _("还没有定"), description=_("关系到实习报酬的下限。"))
    arranged_by = SelectField(_("谁安排的"), coerce=Arranger, choices=choices_of(Arranger), default=Arranger.SCHOOL)
    student_applied_on = done_on(_("自选单位：学生申请日期"), description=_("学校安排的不填下面三个日期。"))
    guardian_applied_on = done_on(_("自选单位：监护人申请日期"))
    school_agreed_on = done_on(_("自选单位：学校同意日期"))
    agency = StringField(
        _("中介机构"),
        [Length(max=120)],
        filters=[stripped],
        description=_("没有中介就不填；法律不许通过中介安排实习。"),
    )

    def __init__(self, *, posts: list[Post], instructors: list[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.post_id.choices = choices((post.id, f"{post.host_organisation.name} · {post.name}") for post in posts)
        self.instructor_id.choices = choices([(0, _("还没有定")), *((user.id, user.name) for user in instructors)])

    def validate_ends_on(self, field: DateField) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("最后一天不能早于第一天。"))


class PlanForm(_ArrangementForm):
    """The same placement for one or several students."""

    students = ChecksField(_("学生"), [InputRequired(message=_("至少选一名学生。"))], coerce=int)
    kind = SelectField(_("实习类型"), coerce=InternshipKind, choices=choices_of(InternshipKind))

    def __init__(self, *, students: list[Student], statuses: Mapping[int, PlacementStatus], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.students.choices = choices((each.id, _named(each, statuses.get(each.id))) for each in students)


def _named(student: Student, status: PlacementStatus | None) -> str:
    """Who already has a placement says so, and where it stands."""
    name = f"{student.name} {student.student_no}"
    return f"{name} · {status.label}" if status else name


class ChangeForm(_ArrangementForm):
    """What is planned for one student."""


class TransitionForm(Form):
    reason = TextAreaField(_("理由"), [Length(max=1000)], filters=[stripped])


class RecordForm(FilledForm):
    """A record of one placement, and of those that share its post and days."""

    beside = frozenset({"also", "template", "pass_score"})

    also = ChecksField(_("同样登记给"), coerce=int)

    def __init__(self, *, companions: list[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.also.choices = choices((each.id, f"{each.student.name} {each.student.student_no}") for each in companions)

    @classmethod
    def data_of(cls, record: Any) -> dict[str, Any]:
        """What the form shows of a record beyond the columns that it is named after."""
        return {}

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the record itself."""
        return {name: value for name, value in self.values.items() if name != "also"}


class ConsentForm(RecordForm):
    student_signed_on = done_on(_("学生签字日期"))
    guardian_signed_on = done_on(_("监护人签字日期"), description=_("成年学生也要监护人签字。"))


class AgreementForm(RecordForm):
    template = StringField(_("所用的示范文本"), [Length(max=80)], filters=[stripped], default=AGREEMENT_TEMPLATE)
    school_signed_on = done_on(_("学校签订日期"))
    host_signed_on = done_on(_("单位签订日期"))
    student_signed_on = done_on(_("学生签订日期"))
    guardian_signed_on = done_on(_("监护人签订日期"))
    items = ChecksField(_("协议载明的内容"), choices=choices(ITEM_LABELS.items()))

    @classmethod
    def data_of(cls, record: Any) -> dict[str, Any]:
        return {"items": [name for name, holds in record.items.items() if holds]}

    @property
    def record(self) -> dict[str, Any]:
        record = super().record
        return record | {"items": {name: name in record["items"] for name in ITEM_LABELS}}


class SafetyTestForm(RecordForm):
    taken_on = done_on(_("考核日期"))
    score = DecimalField(_("分数"), [Optional(), NumberRange(0, 1000)], places=None)
    pass_score = DecimalField(_("合格线"), [Optional(), NumberRange(0, 1000)], places=None, default=60)


class InsuranceForm(RecordForm):
    covers_from = DateField(_("生效日期"), [Optional()])
    covers_to = DateField(_("到期日期"), [Optional()])
    payer = choices_or_none(_("谁付保费"), InsurancePayer, _("还没有登记"))
    student_listed = BooleanField(_("学生在参保名单中"))
    student_paid = DecimalField(
        _("学生承担的金额（元）"), [Optional(), NumberRange(0, 99999)], places=None, description=_("没有承担就填 0。")
    )


class CrossProvinceFilingForm(RecordForm):
    authority_consent_on = done_on(_("主管部门同意日期"))
    filed_on = done_on(_("省级主管部门备案日期"))
    package_sent_on = done_on(_("信息提供给实习地的日期"))


class PostFilingForm(RecordForm):
    filed_on = done_on(_("备案日期"))


class AbroadFilingForm(CrossProvinceFilingForm):
    """The same three steps for a host abroad."""


class ExceptionFilingForm(RecordForm):
    scopes = ChecksField(
        _("备了哪些"),
        choices=choices_of(ExceptionScope),
        description=_("专业和岗位有特殊要求，要在休息日、夜间等时间工作的，上岗以前报主管部门备案。"),
    )
    filed_on = done_on(_("备案日期"))

    @property
    def record(self) -> dict[str, Any]:
        record = super().record
        return record | {"scopes": [ExceptionScope(each) for each in record["scopes"]]}


class TrainingForm(RecordForm):
    student_on = done_on(_("学生培训日期"))
    instructor_on = done_on(_("指导教师培训日期"))
    mentor_on = done_on(_("单位指导人培训日期"))


class LodgingForm(RecordForm):
    away_from_home = yes_or_no(_("离家住宿吗"), description=_("到外地实习的，由学校统一安排住宿。"))
    unified = yes_or_no(_("统一住宿吗"))
    address = StringField(_("住宿地址和房号"), [Length(max=200)], filters=[stripped])
    warden_phone = StringField(_("宿舍值班电话"), [Length(max=30)], filters=[stripped])
    guardian_agreed_on = done_on(
        _("监护人同意日期"), description=_("住在统一安排的宿舍以外的，要监护人签字同意，并由学校备案。")
    )
    school_filed_on = done_on(_("学校备案日期"))


NOTHING, SOMETHING = "none", "some"


def _taken(label: str) -> RadioField:
    """Nothing must be said actively, as must something."""
    said = choices([(NOTHING, _("没有")), (SOMETHING, _("有"))])
    return RadioField(label, choices=said, validate_choice=False)


def _fee(kind: FeeKind) -> DecimalField:
    label = _("%(fee)s（元）", fee=kind.label)
    return DecimalField(label, [Optional(), NumberRange(0, 99_999)], places=None)


class DeclarationForm(RecordForm):
    """What is taken from the student. Whoever asks says of each that there is nothing, or what there is."""

    fees_known = _taken(_("向学生收费吗"))
    fee_deposit = _fee(FeeKind.DEPOSIT)
    fee_training = _fee(FeeKind.TRAINING)
    fee_commission = _fee(FeeKind.COMMISSION)
    fee_management = _fee(FeeKind.MANAGEMENT)
    fee_material = _fee(FeeKind.MATERIAL)
    fee_placement_service = _fee(FeeKind.PLACEMENT_SERVICE)
    fee_other = _fee(FeeKind.OTHER)
    documents_known = _taken(_("扣押学生证件吗"))
    documents_withheld = ChecksField(_("扣了什么"), choices=choices_of(WithheldDocument))
    guarantees_known = _taken(_("要求学生担保或者交财物吗"))
    guarantees = StringField(_("要求了什么"), [Length(max=200)], filters=[stripped])

    def validate_fees_known(self, field: RadioField) -> None:
        _check_said(field, something=bool(self._fees))

    def validate_documents_known(self, field: RadioField) -> None:
        _check_said(field, something=bool(self.documents_withheld.data))

    def validate_guarantees_known(self, field: RadioField) -> None:
        _check_said(field, something=bool(self.guarantees.data))

    @property
    def _fees(self) -> dict[FeeKind, Decimal]:
        amounts = {kind: self._fields[_field_of(kind)].data for kind in FeeKind}
        return {kind: amount for kind, amount in amounts.items() if amount}

    @property
    def record(self) -> dict[str, Any]:
        withheld = [WithheldDocument(each) for each in self.documents_withheld.data or ()]
        asked = [self.guarantees.data] if self.guarantees.data else []
        return {
            "fees": self._fees if self.fees_known.data else None,
            "documents_withheld": withheld if self.documents_known.data else None,
            "guarantees": asked if self.guarantees_known.data else None,
        }

    @classmethod
    def data_of(cls, record: Any) -> dict[str, Any]:
        said = {
            "fees_known": record.fees,
            "documents_known": record.documents_withheld,
            "guarantees_known": record.guarantees,
        }
        known = {name: SOMETHING if value else NOTHING for name, value in said.items() if value is not None}
        amounts = {_field_of(FeeKind(each["kind"])): Decimal(each["amount"]) for each in record.fees or ()}
        guarantees = "；".join(record.guarantees or ())
        return known | amounts | {"documents_withheld": record.documents_withheld, "guarantees": guarantees}


def _field_of(kind: FeeKind) -> str:
    return f"fee_{kind.value.lower()}"


def _check_said(field: RadioField, *, something: bool) -> None:
    if field.data == SOMETHING and not something:
        raise ValidationError(_("写明有什么，或改选“没有”。"))
    if field.data != SOMETHING and something:
        raise ValidationError(_("下面写了内容，这里就要选“有”。"))
