"""What an order states and what proves it: applications, certificates, agreements, decisions, figures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Ground(LabelledEnum):
    """Why; each kind of order offers its own."""

    ILLNESS = "illness", _("疾病")
    BUSINESS = "business", _("创业或社会实践")
    MILITARY = "military", _("应征入伍")
    FAMILY = "family", _("家庭原因")
    OTHER = "other", _("其他")
    TALENT = "talent", _("有特长或兴趣，转专业有利于就业")
    HEALTH = "health", _("身体缺陷或疾病，不能学原专业")
    MAJOR_CLOSED = "major_closed", _("休学或留级后原专业已停招")
    LEAVE_EXPIRED = "leave_expired", _("休学期满两周未复学")
    TWO_YEARS = "two_years", _("连续休学两年仍不能复学")
    ABSENT_HOURS = "absent_hours", _("一学期旷课累计 90 课时以上")
    ABSENT_WEEKS = "absent_weeks", _("擅自离校连续两周以上")
    CONVICTED = "convicted", _("被依法追究刑事责任")
    UNREFORMED = "unreformed", _("留校察看一年内无悔改")


class Sanction(LabelledEnum):
    WARNING = "warning", _("警告")
    SERIOUS_WARNING = "serious_warning", _("严重警告")
    DEMERIT = "demerit", _("记过")
    PROBATION = "probation", _("留校察看")


class AwardLevel(LabelledEnum):
    NATIONAL = "national", _("国家级")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    SCHOOL = "school", _("校级")


@dataclass(frozen=True)
class Evidence:
    """All that orders can state; ``None`` is not recorded. Each kind of order asks for some of it."""

    ground: Ground | None = None
    student_applied_on: date | None = None
    guardian_applied_on: date | None = None
    own_school_agreed_on: date | None = None
    other_school: str | None = None
    other_school_agreed_on: date | None = None
    is_other_province: bool | None = None
    filed_in_city_on: date | None = None
    filed_in_province_on: date | None = None
    hospital_certificate_on: date | None = None
    rechecked_on: date | None = None
    has_third_of_credits: bool | None = None
    agreement_signed_on: date | None = None
    leave_until: date | None = None  # the last day of leave
    unexcused_hours: int | None = None  # class hours in the term
    absent_since: date | None = None
    guardian_notified_on: date | None = None
    public_notice_on: date | None = None
    hearing_offered_on: date | None = None
    leadership_decided_on: date | None = None
    audit_passed_on: date | None = None
    makeup_passed_on: date | None = None
    proof_on: date | None = None
    reported_to_province_on: date | None = None
    sanction: Sanction | None = None
    lifted_on: date | None = None
    award_level: AwardLevel | None = None
    award: str | None = None
    published_on: date | None = None  # 公示

    def as_document(self) -> dict[str, Any]:
        """What is recorded, as plain data."""
        recorded = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in recorded.items()}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Evidence":
        """Back from plain data."""
        return cls(**{each.name: _value(each.name, document.get(each.name)) for each in fields(cls)})


ENUMS: dict[str, type[LabelledEnum]] = {"ground": Ground, "sanction": Sanction, "award_level": AwardLevel}


class Answer(StrEnum):
    """How a question is answered."""

    DAY = "day"
    COMING_DAY = "coming_day"  # one that may lie ahead
    TEXT = "text"
    NUMBER = "number"
    YES = "yes"
    CHOICE = "choice"


@dataclass(frozen=True)
class Question:
    """One field of evidence, as a kind of order asks for it."""

    name: str
    label: str
    answer: Answer = Answer.DAY
    choices: tuple[LabelledEnum, ...] = ()
    hint: str = ""


def _value(name: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if name in ENUMS:
        return ENUMS[name](value)
    if isinstance(value, str) and (name.endswith(("_on", "_since")) or name == "leave_until"):
        return date.fromisoformat(value)
    return value
