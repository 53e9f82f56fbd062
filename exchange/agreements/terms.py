"""What the office fills in before a document is issued, and which of the nine contents each of it belongs to."""

from collections.abc import Mapping
from typing import Any

from exchange.core.errors import DomainError
from exchange.core.i18n import _

ITEMS: Mapping[str, tuple[str, str]] = {
    "party_info": (_("第一项"), _("各方基本信息")),
    "time_place_content_requirements_conditions": (_("第二项"), _("时间、地点、内容、要求与条件保障")),
    "board_lodging_worktime_rest": (_("第三项"), _("食宿、工作时间和休息休假")),
    "pay_and_method": (_("第四项"), _("实习报酬及支付方式")),
    "labour_protection_health": (_("第五项"), _("劳动保护和卫生、职业病危害防护")),
    "insurance_and_accidents": (_("第六项"), _("责任保险与伤亡事故处理办法")),
    "assessment_method": (_("第七项"), _("实习考核方式")),
    "breach_liability": (_("第八项"), _("各方违约责任")),
}
"""The contents of article 15 that must not be empty: number and heading."""

ASKED: Mapping[str, tuple[str, str]] = {
    "tasks": ("time_place_content_requirements_conditions", _("实习内容")),
    "working_time": ("board_lodging_worktime_rest", _("工作时间")),
    "rest": ("board_lodging_worktime_rest", _("休息休假")),
    "meals": ("board_lodging_worktime_rest", _("就餐")),
    "lodging": ("board_lodging_worktime_rest", _("住宿")),
    "pay_amount": ("pay_and_method", _("报酬金额（元）")),
    "pay_per": ("pay_and_method", _("按月还是按天")),
    "pay_method": ("pay_and_method", _("怎么付")),
    "pay_day": ("pay_and_method", _("每月几日以前付")),
    "protection": ("labour_protection_health", _("劳动保护")),
    "insurance": ("insurance_and_accidents", _("保险")),
    "accidents": ("insurance_and_accidents", _("出了事故怎么办")),
    "assessment": ("assessment_method", _("怎么考核")),
    "breach": ("breach_liability", _("谁违约怎么办")),
}
"""Field of the form → the content it belongs to, and its label."""

KNOWN: Mapping[str, tuple[str, str]] = {
    "host": ("party_info", _("实习单位")),
    "host_uscc": ("party_info", _("单位的统一社会信用代码")),
    "mentor": ("party_info", _("单位指导人")),
    "instructor": ("party_info", _("学校指导教师")),
    "guardian": ("party_info", _("能签字的监护人")),
    "post": ("time_place_content_requirements_conditions", _("岗位")),
    "workplace": ("time_place_content_requirements_conditions", _("上班地点")),
}
"""What comes from the records and belongs to one of the contents, too."""


class ItemMissing(DomainError):
    """One of the first eight contents of article 15 is empty; nothing is issued."""


def check_complete(values: Mapping[str, Any]) -> None:
    """Raise ``ItemMissing`` for the first content that lacks something (article 15, INT-21)."""
    lacking = missing_of(values)
    if lacking:
        name, label = lacking[0]
        number, heading = ITEMS[name]
        raise ItemMissing(
            _("协议%(number)s“%(heading)s”还缺%(what)s，补上再出具。", number=number, heading=heading, what=label)
        )


def missing_of(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Content and label of everything that is empty, in the order of the article."""
    order = list(ITEMS)
    lacking = [where for name, where in {**KNOWN, **ASKED}.items() if not str(values.get(name) or "").strip()]
    return sorted(lacking, key=lambda where: order.index(where[0]))


def items_of(values: Mapping[str, Any]) -> dict[str, bool]:
    """Which of the nine contents the text holds, as the placement records it."""
    lacking = {name for name, _label in missing_of(values)}
    return {name: name not in lacking for name in ITEMS} | {"other": bool(str(values.get("other") or "").strip())}
