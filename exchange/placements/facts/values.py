"""The closed sets of values in the facts of a placement, with their labels."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.values import Hazard, LabourIntensity, LegalStatus, Venue

__all__ = [
    "ArchiveItem",
    "Arranger",
    "Capability",
    "ExceptionScope",
    "FeeKind",
    "FilingKind",
    "Hazard",
    "InsurancePayer",
    "InternshipKind",
    "LabourIntensity",
    "LegalStatus",
    "PayMethod",
    "Payee",
    "Payer",
    "Sex",
    "Step",
    "Venue",
    "WithheldDocument",
]


class Step(LabelledEnum):
    """The moments in the life of a placement at which the law is asked."""

    UNIT = "UNIT", _("确定实习单位")
    PLAN = "PLAN", _("批准实习方案")
    PLACE = "PLACE", _("安排学生")
    START = "START", _("上岗")
    DAILY = "DAILY", _("日常管理")
    PAY = "PAY", _("发放报酬")
    END = "END", _("结束实习")
    ARCHIVE = "ARCHIVE", _("归档")


class Sex(LabelledEnum):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class InternshipKind(LabelledEnum):
    POST = "POST", _("岗位实习")
    COGNITIVE = "COGNITIVE", _("认识实习")


class Arranger(LabelledEnum):
    SCHOOL = "SCHOOL", _("学校安排")
    SELF = "SELF", _("学生自选")


class Capability(LabelledEnum):
    RELATIVELY_INDEPENDENT = "RELATIVELY_INDEPENDENT", _("相对独立参与工作")
    ASSISTING = "ASSISTING", _("辅助参与工作")


class FilingKind(LabelledEnum):
    POST_INTERNSHIP = "POST_INTERNSHIP", _("岗位实习备案")
    CROSS_PROVINCE = "CROSS_PROVINCE", _("跨省实习备案")
    ABROAD = "ABROAD", _("赴国（境）外实习备案")
    EXCEPTION = "EXCEPTION", _("特殊要求备案")


class ExceptionScope(LabelledEnum):
    REST_DAY = "REST_DAY", _("休息日")
    HOLIDAY = "HOLIDAY", _("法定节假日")
    OVERTIME = "OVERTIME", _("加班")
    NIGHT = "NIGHT", _("夜班")
    HAZARD = "HAZARD", _("较高安全风险")


class InsurancePayer(LabelledEnum):
    SCHOOL_TUITION = "SCHOOL_TUITION", _("学校（学费列支）")
    SCHOOL_FREE_TUITION_SUBSIDY = "SCHOOL_FREE_TUITION_SUBSIDY", _("学校（免学费补助列支）")
    HOST = "HOST", _("实习单位")
    STUDENT = "STUDENT", _("学生")


class PayMethod(LabelledEnum):
    BANK = "BANK", _("银行转账")
    CASH = "CASH", _("现金")
    GOODS = "GOODS", _("实物")
    VOUCHER = "VOUCHER", _("代金券")


class Payee(LabelledEnum):
    STUDENT = "STUDENT", _("学生本人")
    SCHOOL = "SCHOOL", _("学校")
    AGENCY = "AGENCY", _("中介机构")


class Payer(LabelledEnum):
    HOST = "HOST", _("实习单位")
    SCHOOL = "SCHOOL", _("学校")
    AGENCY = "AGENCY", _("中介机构")


class FeeKind(LabelledEnum):
    DEPOSIT = "DEPOSIT", _("实习押金")
    TRAINING = "TRAINING", _("培训费")
    COMMISSION = "COMMISSION", _("实习报酬提成")
    MANAGEMENT = "MANAGEMENT", _("管理费")
    MATERIAL = "MATERIAL", _("实习材料费")
    PLACEMENT_SERVICE = "PLACEMENT_SERVICE", _("就业服务费")
    OTHER = "OTHER", _("其他费用")


class WithheldDocument(LabelledEnum):
    STUDENT_CARD = "STUDENT_CARD", _("学生证")
    RESIDENT_ID = "RESIDENT_ID", _("居民身份证")
    OTHER = "OTHER", _("其他证件")


class ArchiveItem(LabelledEnum):
    """The eight kinds of material of article 29."""

    AGREEMENT = "AGREEMENT", _("实习三方协议")
    PLAN = "PLAN", _("实习方案")
    REPORT = "REPORT", _("实习报告")
    ASSESSMENT = "ASSESSMENT", _("实习考核结果")
    LOGS = "LOGS", _("实习日志")
    INSPECTION_RECORDS = "INSPECTION_RECORDS", _("实习检查记录")
    SUMMARY = "SUMMARY", _("实习总结")
    EVIDENCE = "EVIDENCE", _("佐证材料")
