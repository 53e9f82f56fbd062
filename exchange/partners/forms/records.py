"""What is recorded of a host, as people enter it: inspection, credit check, approval, publication and plan."""

from typing import Any, ClassVar

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from exchange.core.fields import done_on, stripped, yes_or_no
from exchange.core.forms import FilledForm
from exchange.core.i18n import _
from exchange.partners.values import INSPECTION_ITEMS, PLAN_SECTIONS

LONGEST_TEXT = 2000


class HostRecordForm(FilledForm):
    """A record of a host; ``texts`` names the column that keeps the texts of several fields together."""

    texts: ClassVar[str] = ""
    labels: ClassVar[dict[str, str]] = {}

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the record itself."""
        values = self.values
        if not self.texts:
            return values
        return {name: value for name, value in values.items() if name not in self.labels} | {
            self.texts: {name: values[name] for name in self.labels if values[name]}
        }


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST_TEXT)], filters=[stripped], render_kw={"rows": "2"})


class InspectionForm(HostRecordForm):
    texts = "items"
    labels = INSPECTION_ITEMS

    inspected_on = done_on(_("考察日期"))
    inspectors = StringField(_("考察人"), [Length(max=120)], filters=[stripped])
    qualification = _text(INSPECTION_ITEMS["qualification"])
    credit = _text(INSPECTION_ITEMS["credit"])
    management = _text(INSPECTION_ITEMS["management"])
    post_content = _text(INSPECTION_ITEMS["post_content"])
    working_time = _text(INSPECTION_ITEMS["working_time"])
    working_environment = _text(INSPECTION_ITEMS["working_environment"])
    living_environment = _text(INSPECTION_ITEMS["living_environment"])
    health = _text(INSPECTION_ITEMS["health"])
    safety = _text(INSPECTION_ITEMS["safety"])
    complete = yes_or_no(_("实习条件完备吗"))
    fits_training = yes_or_no(_("符合专业培养要求吗"))
    fits_industry = yes_or_no(_("符合产业发展实际吗"))
    signed_on = done_on(_("报告签字日期"), description=_("考察人在书面报告上签字的日期。"))


class CreditCheckForm(HostRecordForm):
    checked_on = done_on(_("查询日期"))
    source = StringField(
        _("在哪里查的"),
        [Length(max=200)],
        filters=[stripped],
        description=_("例如国家企业信用信息公示系统、信用中国。"),
    )
    has_dishonesty_record = yes_or_no(_("有违法失信记录吗"))
    last_safety_breach_on = done_on(
        _("最近一次违反安全生产法律法规的日期"), description=_("查过，没有就不填。近3年有过的不能确定为实习单位。")
    )


class ApprovalForm(HostRecordForm):
    party_meeting_on = done_on(_("党组织会议日期"), description=_("校级党组织会议研究确定这个单位的日期。"))
    minutes_no = StringField(_("会议纪要编号"), [Length(max=60)], filters=[stripped])


class PublicationForm(HostRecordForm):
    published_on = done_on(_("公开日期"))
    place = StringField(
        _("在哪里公开"), [Length(max=200)], filters=[stripped], description=_("网址，或者公告栏的位置。")
    )


class InternshipPlanForm(HostRecordForm):
    texts = "sections"
    labels = PLAN_SECTIONS

    requirements = _text(PLAN_SECTIONS["requirements"])
    objectives = _text(PLAN_SECTIONS["objectives"])
    tasks = _text(PLAN_SECTIONS["tasks"])
    standards = _text(PLAN_SECTIONS["standards"])
    preparation = _text(PLAN_SECTIONS["preparation"])
    assessment = _text(PLAN_SECTIONS["assessment"])
    safeguards = _text(PLAN_SECTIONS["safeguards"])
    agreed_on = done_on(_("与单位商定的日期"), description=_("还在商量就先不填，商定以后再登记一次。"))
