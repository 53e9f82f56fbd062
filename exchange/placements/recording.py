"""The kinds of records a page can take: their form, the service that writes them, and how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _, listed
from exchange.core.templating import format_number, format_short_date
from exchange.placements import forms, service
from exchange.placements.facts.values import ExceptionScope, FeeKind, FilingKind, WithheldDocument
from exchange.placements.models import Placement, PlacementRecord
from exchange.placements.record_facts import current
from exchange.placements.rules.filings import HOME_COUNTRY
from exchange.placements.rules.signatures import AGREEMENT_ITEMS

CHOICES = {"scopes": ExceptionScope, "documents_withheld": WithheldDocument}


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: ``name`` is the word of its address."""

    name: str
    label: str
    relation: str
    form: type[forms.RecordForm]
    write: Callable[..., PlacementRecord]
    shows: dict[str, str]
    fixed: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] | None = None  # what must not be empty; None: all that is shown
    concerns: Callable[[Placement], bool] = lambda _placement: True

    def all_of(self, placement: Placement) -> list[PlacementRecord]:
        """Every version, the oldest first."""
        kept = getattr(placement, self.relation)
        return [each for each in kept if all(getattr(each, name) == value for name, value in self.fixed.items())]

    def current(self, placement: Placement) -> PlacementRecord | None:
        return current(self.all_of(placement))

    def voided(self, placement: Placement) -> list[PlacementRecord]:
        """Versions that no longer count, the newest first."""
        return [each for each in reversed(self.all_of(placement)) if each.is_void]

    def rows(self, record: PlacementRecord) -> list[tuple[str, str]]:
        """Label and value of what is kept, in words."""
        return [(label, _shown(name, getattr(record, name))) for name, label in self.shows.items()]

    def gaps(self, record: PlacementRecord) -> list[str]:
        """The labels of what is not filled in."""
        needed = self.shows if self.needs is None else self.needs
        return [str(self.shows[name]) for name in needed if not _is_filled(getattr(record, name))]

    def defaults(self, placement: Placement) -> dict[str, Any]:
        """What the form shows: the record that counts. Nothing is suggested that nobody has looked up."""
        record = self.current(placement)
        if record is None:
            return {}
        data = {name: getattr(record, name) for name in ("template", *self.shows) if hasattr(record, name)}
        return data | self.form.data_of(record)


def _is_filled(value: Any) -> bool:
    if isinstance(value, dict):
        return all(value.get(name) for name in AGREEMENT_ITEMS)
    return value is not None and value is not False


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return listed(_named(name, each) for each in value) or str(_("没有"))
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, date):
        return format_short_date(value)
    if isinstance(value, dict):
        missing = [forms.ITEM_LABELS[name] for name in AGREEMENT_ITEMS if not value.get(name)]
        return str(_("缺：%(items)s", items=listed(missing)) if missing else _("前八项齐全"))
    if isinstance(value, LabelledEnum):
        return str(value.label)
    if isinstance(value, str):
        return value
    return "" if value is None else format_number(value)


def _named(name: str, value: Any) -> str:
    """One of several, in words."""
    if name == "fees":
        return str(_("%(fee)s %(amount)s 元", fee=FeeKind(value["kind"]).label, amount=format_number(value["amount"])))
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)


def _is_abroad(placement: Placement) -> bool:
    return placement.host.country != HOME_COUNTRY


KINDS = {
    kind.name: kind
    for kind in (
        RecordKind(
            "consent",
            _("知情同意书"),
            "consents",
            forms.ConsentForm,
            service.record_consent,
            {"student_signed_on": _("学生签字"), "guardian_signed_on": _("监护人签字")},
        ),
        RecordKind(
            "agreement",
            _("三方协议"),
            "agreements",
            forms.AgreementForm,
            service.record_agreement,
            {
                "school_signed_on": _("学校签字"),
                "host_signed_on": _("单位签字"),
                "student_signed_on": _("学生签字"),
                "guardian_signed_on": _("监护人签字"),
                "items": _("内容"),
            },
        ),
        RecordKind(
            "training",
            _("实习前培训"),
            "trainings",
            forms.TrainingForm,
            service.record_training,
            {"student_on": _("学生"), "instructor_on": _("指导教师"), "mentor_on": _("单位指导人")},
        ),
        RecordKind(
            "safety-test",
            _("安全考核"),
            "safety_tests",
            forms.SafetyTestForm,
            service.record_safety_test,
            {"taken_on": _("日期"), "score": _("分数"), "pass_score": _("合格线")},
        ),
        RecordKind(
            "insurance",
            _("实习责任保险"),
            "insurances",
            forms.InsuranceForm,
            service.record_insurance,
            {
                "covers_from": _("生效"),
                "covers_to": _("到期"),
                "payer": _("谁付"),
                "student_listed": _("在名单中"),
                "student_paid": _("学生承担"),
            },
        ),
        RecordKind(
            "lodging",
            _("住宿"),
            "lodgings",
            forms.LodgingForm,
            service.record_lodging,
            {
                "away_from_home": _("离家住宿"),
                "unified": _("统一住宿"),
                "address": _("地址和房号"),
                "warden_phone": _("值班电话"),
                "guardian_agreed_on": _("监护人同意"),
                "school_filed_on": _("学校备案"),
            },
            needs=(),
        ),
        RecordKind(
            "declaration",
            _("收费、证件和担保"),
            "declarations",
            forms.DeclarationForm,
            service.record_declaration,
            {"fees": _("向学生收费"), "documents_withheld": _("扣押证件"), "guarantees": _("担保或财物")},
        ),
        RecordKind(
            "cross-province-filing",
            _("跨省备案"),
            "filings",
            forms.CrossProvinceFilingForm,
            service.record_filing,
            {"authority_consent_on": _("主管部门同意"), "filed_on": _("省级备案"), "package_sent_on": _("提供信息")},
            {"kind": FilingKind.CROSS_PROVINCE},
        ),
        RecordKind(
            "post-filing",
            _("岗位实习备案"),
            "filings",
            forms.PostFilingForm,
            service.record_filing,
            {"filed_on": _("备案")},
            {"kind": FilingKind.POST_INTERNSHIP},
        ),
        RecordKind(
            "exception-filing",
            _("特殊要求备案"),
            "filings",
            forms.ExceptionFilingForm,
            service.record_filing,
            {"scopes": _("备了哪些"), "filed_on": _("备案")},
            {"kind": FilingKind.EXCEPTION},
        ),
        RecordKind(
            "abroad-filing",
            _("赴国（境）外备案"),
            "filings",
            forms.AbroadFilingForm,
            service.record_filing,
            {"authority_consent_on": _("主管部门同意"), "filed_on": _("省级备案"), "package_sent_on": _("提供信息")},
            {"kind": FilingKind.ABROAD},
            concerns=_is_abroad,
        ),
    )
}
