"""Rule → what it asks for in one word, who sees to it, and on which page; and what families can do themselves."""

from dataclasses import dataclass
from enum import Enum, auto

from flask import url_for

from exchange.core.i18n import _
from exchange.placements.models import Placement


class On(Enum):
    """The page that mends something."""

    ARRANGEMENT = auto()
    RECORD = auto()
    HOST = auto()
    HOST_RECORD = auto()
    POST = auto()
    FEATURE = auto()


@dataclass(frozen=True)
class Remedy:
    """In one word what a rule asks for, who sees to it, and on which page."""

    short: str
    who: str
    label: str
    on: On = On.ARRANGEMENT
    record: str = ""  # a kind of record, of the placement or of its host; the endpoint where a feature above has it

    def url(self, placement: Placement) -> str:
        """The page that mends it for this placement; empty where there is none."""
        if self.on is On.FEATURE:
            return url_for(self.record, placement_id=placement.id) if self.record else ""
        if self.on is On.RECORD:
            return url_for("placements.record", placement_id=placement.id, kind=self.record)
        if self.on is On.POST:
            return url_for("partners.edit_post", host_id=placement.host.id, post_id=placement.post_id)
        if self.on is On.ARRANGEMENT:
            return url_for("placements.edit", placement_id=placement.id)
        return self.url_of_host(placement.host.id)

    def url_of_host(self, host_id: int) -> str:
        """The page that mends it for this host."""
        if self.on is On.HOST_RECORD:
            return url_for("partners.record", host_id=host_id, kind=self.record)
        return url_for("partners.edit", host_id=host_id)


OFFICE, OFFICE_AND_AUTHORITY = _("实习办"), _("实习办（报主管部门）")
OFFICE_AND_PARTY = _("实习办（报学校党组织会议）")
RECORD, CHANGE_PLAN, CHANGE_POST, CHANGE_HOST = _("登记"), _("改安排"), _("改岗位"), _("改单位")


def _record(short: str, kind: str, who: str = OFFICE) -> Remedy:
    return Remedy(short, who, RECORD, On.RECORD, kind)


def _host_record(short: str, kind: str, who: str = OFFICE) -> Remedy:
    return Remedy(short, who, RECORD, On.HOST_RECORD, kind)


def _arrangement(short: str) -> Remedy:
    return Remedy(short, OFFICE, CHANGE_PLAN)


def _post(short: str) -> Remedy:
    return Remedy(short, OFFICE, CHANGE_POST, On.POST)


def _host(short: str) -> Remedy:
    return Remedy(short, OFFICE, CHANGE_HOST, On.HOST)


REMEDIES = {
    "INT-01": _arrangement(_("实习类型")),
    "INT-02": _host(_("单位性质")),
    "INT-03": _record(_("岗位实习备案"), "post-filing", OFFICE_AND_AUTHORITY),
    "INT-04": _host_record(_("失信核查"), "credit-check"),
    "INT-05": _host_record(_("安全违法"), "credit-check"),
    "INT-06": _host_record(_("实习条件"), "inspection"),
    "INT-07": _host_record(_("考察报告"), "inspection"),
    "INT-08": _host_record(_("研究公开"), "approval", OFFICE_AND_PARTY),
    "INT-09": _host_record(_("实习方案"), "plan"),
    "INT-10": _arrangement(_("指导人员")),
    "INT-11": _record(_("实习前培训"), "training"),
    "INT-12": _post(_("跨专业大类")),
    "INT-13": _record(_("知情同意书"), "consent"),
    "INT-14": _arrangement(_("学生自选")),
    "INT-15": _arrangement(_("自选申请")),
    "INT-16": _host(_("单位人数")),
    "INT-17": _post(_("岗位人数")),
    "INT-18": _arrangement(_("实习时间")),
    "INT-20": _record(_("三方协议"), "agreement"),
    "INT-21": _record(_("协议内容"), "agreement"),
    "INT-22": _arrangement(_("一年级")),
    "INT-23": _arrangement(_("未满16岁")),
    "INT-24": _post(_("未成年禁忌")),
    "INT-25": _post(_("女生禁忌")),
    "INT-26": _host(_("娱乐场所")),
    "INT-27": _arrangement(_("中介安排")),
    "INT-28": _post(_("劳动强度")),
    "INT-29": _record(_("高风险备案"), "exception-filing", OFFICE_AND_AUTHORITY),
    "INT-36": _record(_("收费"), "declaration"),
    "INT-37": _record(_("证件和担保"), "declaration"),
    "INT-40": _record(_("住宿"), "lodging"),
    "INT-41": _record(_("跨省备案"), "cross-province-filing", OFFICE_AND_AUTHORITY),
    "INT-42": _record(_("赴外备案"), "abroad-filing", OFFICE_AND_AUTHORITY),
    "INT-46": _record(_("安全考核"), "safety-test"),
    "INT-47": _record(_("责任保险"), "insurance"),
}

ONLY_PUBLICATION = _host_record(_("名单公开"), "publication")


ELSEWHERE = Remedy(_("日常管理"), _("指导教师"), "", On.FEATURE)
FROM_ABOVE: dict[str, Remedy] = {}
"""Rules of the running placement whose facts a feature above keeps: it says itself who mends them, and where."""


def add_remedy(code: str, *, short: str, who: str, label: str, endpoint: str) -> None:
    """Say what mends a rule of the running placement; the endpoint takes ``placement_id``."""
    FROM_ABOVE[code] = Remedy(short, who, label, On.FEATURE, endpoint)


def remedy_for(code: str, missing: tuple[str, ...]) -> Remedy:
    """What mends a finding: the rule decides, and where it asks for two records, what is missing of it."""
    if missing == ("host.published_on",):
        return ONLY_PUBLICATION
    return REMEDIES.get(code) or FROM_ABOVE.get(code) or ELSEWHERE


DUTIES = {
    "consent.student_signed_on": _("在知情同意书上签字，交给班主任。"),
    "consent.guardian_signed_on": _("请监护人在知情同意书上签字。"),
    "agreement.student_signed_on": _("在三方协议上签字。"),
    "agreement.guardian_signed_on": _("请监护人在三方协议上签字。"),
    "placement.self_application.student_signed_on": _("写自选单位的申请，交给实习办。"),
    "placement.self_application.guardian_signed_on": _("请监护人在自选单位的申请上签字。"),
    "lodging.guardian_agreed_on": _("请监护人签字同意你另外住宿。"),
    "training.student_on": _("参加实习前培训。"),
    "safety_test.score": _("参加安全考核，考到合格。"),
    "safety_test.taken_on": _("参加安全考核，考到合格。"),
}
"""What is missing → what the student can do about it."""

GUARDIAN_DUTIES = {
    "consent.guardian_signed_on": _("在知情同意书上签字。表格问班主任要。"),
    "agreement.guardian_signed_on": _("在三方协议上签字。协议问班主任要。"),
    "placement.self_application.guardian_signed_on": _("在自选单位的申请上签字。申请问班主任要。"),
    "lodging.guardian_agreed_on": _("同意孩子另外住宿，就签字。表格问班主任要。"),
}
"""What is missing → what the guardian can do about it."""
