"""Placements and their records as people enter them."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exchange.accounts.models import User
from exchange.core.database import today
from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.partners.models import Post
from exchange.placements.facts.values import InsurancePayer, InternshipKind
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
SUGGESTED = frozenset({"template", "pass_score"})  # filled in before anybody has looked anything up


def _has_come(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没有到；办完以后再登记。"))


def _done_on(label: str, **options: Any) -> DateField:
    return DateField(label, [Optional(), _has_come], **options)


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


class RecordForm(Form):
    """A record of one placement, and of those that share its post and days."""

    also = ChecksField(_("同样登记给"), coerce=int)

    def __init__(self, *, companions: list[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.also.choices = choices((each.id, f"{each.student.name} {each.student.student_no}") for each in companions)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self._says_something():
            self.form_errors.append(_("至少填一项；还没有办，就先不登记。"))
        return valid and not self.form_errors

    def _says_something(self) -> bool:
        """Whether anything was filled in beside what the form itself suggests."""
        filled = (value for name, value in self._fields.items() if name not in {"also", "csrf_token", *SUGGESTED})
        return any(field.data is not False and field.data not in (None, "", []) for field in filled)

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the record itself."""
        return {name: value for name, value in self.values.items() if name != "also"}


class ConsentForm(RecordForm):
    student_signed_on = _done_on(_("学生签字日期"))
    guardian_signed_on = _done_on(_("监护人签字日期"), description=_("成年学生也要监护人签字。"))


class AgreementForm(RecordForm):
    template = StringField(_("所用的示范文本"), [Length(max=80)], filters=[stripped], default=AGREEMENT_TEMPLATE)
    school_signed_on = _done_on(_("学校签订日期"))
    host_signed_on = _done_on(_("单位签订日期"))
    student_signed_on = _done_on(_("学生签订日期"))
    guardian_signed_on = _done_on(_("监护人签订日期"))
    items = ChecksField(_("协议载明的内容"), choices=choices(ITEM_LABELS.items()))

    @property
    def record(self) -> dict[str, Any]:
        record = super().record
        return record | {"items": {name: name in record["items"] for name in ITEM_LABELS}}


class SafetyTestForm(RecordForm):
    taken_on = _done_on(_("考核日期"))
    score = DecimalField(_("分数"), [Optional(), NumberRange(0, 1000)], places=None)
    pass_score = DecimalField(_("合格线"), [Optional(), NumberRange(0, 1000)], places=None, default=60)


class InsuranceForm(RecordForm):
    covers_from = DateField(_("生效日期"), [Optional()])
    covers_to = DateField(_("到期日期"), [Optional()])
    payer = SelectField(
        _("谁付保费"),
        coerce=lambda value: InsurancePayer(value) if value else None,
        choices=[*choices([("", _("还没有登记"))]), *choices_of(InsurancePayer)],
    )
    student_listed = BooleanField(_("学生在参保名单中"))
    student_paid = DecimalField(
        _("学生承担的金额（元）"), [Optional(), NumberRange(0, 99999)], places=None, description=_("没有承担就填 0。")
    )


class CrossProvinceFilingForm(RecordForm):
    authority_consent_on = _done_on(_("主管部门同意日期"))
    filed_on = _done_on(_("省级主管部门备案日期"))
    package_sent_on = _done_on(_("信息提供给实习地的日期"))


class PostFilingForm(RecordForm):
    filed_on = _done_on(_("备案日期"))
