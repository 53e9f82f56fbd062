"""The kinds of records of a host that a page can take: their form, the service that writes them, how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners import forms, service
from exchange.partners.models import (
    CreditCheck,
    HostApproval,
    HostOrganisation,
    HostPublication,
    HostRecord,
    InternshipPlan,
    SiteInspection,
)


@dataclass(frozen=True)
class HostRecordKind:
    """One kind of record: ``name`` is the word of its address."""

    name: str
    label: str
    model: type[HostRecord]
    form: type[forms.HostRecordForm]
    write: Callable[..., HostRecord]
    shows: dict[str, str]
    hint: str
    empty: dict[str, str] = field(default_factory=dict)  # what it means that nothing was filled in

    def current(self, host: HostOrganisation) -> HostRecord | None:
        """The record that counts."""
        return host.newest(self.model)

    def former(self, host: HostOrganisation) -> list[HostRecord]:
        """Records that were followed by another, the newest first."""
        return [each for each in reversed(host.records) if isinstance(each, self.model)][1:]

    def rows(self, record: HostRecord) -> list[tuple[str, str]]:
        """Label and value of what is kept, in words."""
        values = {name: _shown(getattr(record, name)) for name in self.shows}
        rows = [(label, values[name] or str(self.empty.get(name, ""))) for name, label in self.shows.items()]
        return rows + [(str(label), self.texts(record).get(name, "")) for name, label in self.form.labels.items()]

    def texts(self, record: HostRecord) -> dict[str, str]:
        """The texts that the record keeps together."""
        return dict(getattr(record, self.form.texts) or {}) if self.form.texts else {}

    def defaults(self, host: HostOrganisation) -> dict[str, Any]:
        """What the form shows: the record that counts."""
        record = self.current(host)
        if record is None:
            return {}
        return {name: getattr(record, name) for name in self.shows} | self.texts(record)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, date):
        return format_short_date(value)
    return "" if value is None else str(value)


KINDS = {
    kind.name: kind
    for kind in (
        HostRecordKind(
            "inspection",
            _("考察报告"),
            SiteInspection,
            forms.InspectionForm,
            service.record_inspection,
            {
                "inspected_on": _("考察日期"),
                "inspectors": _("考察人"),
                "signed_on": _("报告签字"),
                "complete": _("条件完备"),
                "fits_training": _("符合培养要求"),
                "fits_industry": _("符合产业实际"),
            },
            _("确定单位以前要实地考察，写成书面报告。九项内容都要写。"),
        ),
        HostRecordKind(
            "credit-check",
            _("信用和安全核查"),
            CreditCheck,
            forms.CreditCheckForm,
            service.record_credit_check,
            {
                "checked_on": _("查询日期"),
                "source": _("在哪里查的"),
                "has_dishonesty_record": _("违法失信记录"),
                "last_safety_breach_on": _("最近一次安全违法"),
            },
            _("在公开系统里查单位有没有违法失信记录，近3年有没有违反安全生产法律法规。"),
            {"last_safety_breach_on": _("没有")},
        ),
        HostRecordKind(
            "approval",
            _("研究确定"),
            HostApproval,
            forms.ApprovalForm,
            service.record_approval,
            {"party_meeting_on": _("会议日期"), "minutes_no": _("纪要编号")},
            _("实习单位名单由校级党组织会议研究确定。"),
        ),
        HostRecordKind(
            "publication",
            _("名单公开"),
            HostPublication,
            forms.PublicationForm,
            service.record_publication,
            {"published_on": _("公开日期"), "place": _("在哪里公开")},
            _("确定以后对外公开，公开以前不能安排学生。"),
        ),
        HostRecordKind(
            "plan",
            _("实习方案"),
            InternshipPlan,
            forms.InternshipPlanForm,
            service.record_plan,
            {"agreed_on": _("与单位商定")},
            _("学校和单位一起制订，七个部分都要写。"),
        ),
    )
}
