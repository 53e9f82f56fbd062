"""The closed sets of values in the facts of a placement, with their labels."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


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


class LegalStatus(LabelledEnum):
    LEGAL_PERSON = "LEGAL_PERSON", _("法人")
    UNINCORPORATED = "UNINCORPORATED", _("非法人组织")
    NONE = "NONE", _("未登记")


class LabourIntensity(LabelledEnum):
    """Levels of physical work of GB/T 3869."""

    I = "I", _("Ⅰ级（轻）")  # noqa: E741
    II = "II", _("Ⅱ级（中）")
    III = "III", _("Ⅲ级（重）")
    IV = "IV", _("Ⅳ级（极重）")


class Venue(LabelledEnum):
    HOTEL = "HOTEL", _("酒店")
    RESTAURANT = "RESTAURANT", _("餐厅")
    OFFICE = "OFFICE", _("办公场所")
    FACTORY = "FACTORY", _("工厂")
    SHOP = "SHOP", _("商店")
    SCHOOL = "SCHOOL", _("学校")
    HOSPITAL = "HOSPITAL", _("医院")
    BAR = "BAR", _("酒吧")
    NIGHTCLUB = "NIGHTCLUB", _("夜总会")
    KARAOKE = "KARAOKE", _("歌厅")
    BATH_CENTRE = "BATH_CENTRE", _("洗浴中心")
    ARCADE = "ARCADE", _("电子游戏厅")
    INTERNET_CAFE = "INTERNET_CAFE", _("网吧")
    OTHER = "OTHER", _("其他场所")


class Hazard(LabelledEnum):
    HEIGHT = "HEIGHT", _("高处作业")
    UNDERGROUND = "UNDERGROUND", _("井下作业")
    RADIATION = "RADIATION", _("放射性物质")
    TOXIC = "TOXIC", _("有毒作业")
    DUST = "DUST", _("粉尘作业")
    FLAMMABLE_EXPLOSIVE = "FLAMMABLE_EXPLOSIVE", _("易燃易爆、灼烫")
    COLD_WATER = "COLD_WATER", _("冷水作业")
    HEAT = "HEAT", _("高温作业")
    LOW_TEMPERATURE = "LOW_TEMPERATURE", _("低温作业")
    HEAVY_LIFTING = "HEAVY_LIFTING", _("负重作业")
    VIBRATING_TOOLS = "VIBRATING_TOOLS", _("振动工具")
    FORCED_POSTURE = "FORCED_POSTURE", _("强迫体位")
    DIVING = "DIVING", _("潜水、涵洞作业")
    ALTITUDE = "ALTITUDE", _("高原作业")
    BOILER = "BOILER", _("锅炉司炉")
    OTHER_HIGH_RISK = "OTHER_HIGH_RISK", _("其他较高安全风险")


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
