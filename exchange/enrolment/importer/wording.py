"""How an import of applicants speaks: its page, its findings, and what is masked of the values."""

from collections.abc import Mapping
from typing import Any

from exchange.core.i18n import _
from exchange.core.masking import mask_phone, mask_resident_id
from exchange.enrolment.importer.columns import label_of
from exchange.imports.importer import ERROR, Note, Wording
from exchange.students.roster.messages import CODES, Finding, speak

WORDING = Wording(
    kind=_("报名表"),
    heading=_("导入报名表"),
    file=_("县里报来的 Excel 或 CSV：姓名、身份证件号、生源县、原籍学校、监护人、志愿。最大 32 MB。"),
    target=_("招生"),
    target_hint=_("哪一年、哪个项目，例如“2026 东西部协作”。输入几个字查找。"),
    nothing_yet=_("还没有导入过报名表。列名和全国学籍系统不同也能认出来。"),
    undoing=_(
        "撤销会删除这次导入登记的报名，恢复改动过的内容，共 %(count)s 行。"
        "已经录取或不录取的人会使撤销停下，什么也不动。"
    ),
)
SENTENCES = {
    "applicant.county_missing": _("没有生源县。补上后再导入。"),
    "applicant.county_outside": _("“%(written)s”不在这个项目的生源地区里。可以填：%(counties)s。"),
    "applicant.elsewhere": _("这个身份证件号今年已经在“%(project)s”报名。"),
    "applicant.on_register": _("这个身份证件号已有学生记录（学号 %(number)s），不能再报名。"),
    "applicant.decided": _("%(name)s%(status)s，导入不再改报名信息。要改在本人的页面上改。"),
    "applicant.refused": _("写入时被拒绝：%(reason)s"),
    "value.too_long": _("“%(field)s”超过 %(length)s 个字。缩短后再导入。"),
    "record.changed_meanwhile": _("检查以后，有人改过“%(field)s”。重新导入这一行。"),
    "record.gone": _("检查以后，这个人的报名已不在。重新导入这一行。"),
}
AS_IN_ROSTER = {"applicant.county_missing": "area.unknown", "applicant.county_outside": "area.unknown"}
"""Our sentence → the code under which other programs know it from rosters."""
MASKED = {"resident_id": mask_resident_id, "phone": mask_phone, "guardian_phone": mask_phone}


def note(field: str, sentence: str, /, *, column: str = "", **params: str | int) -> Note:
    """A finding of our own, under the sheet's own heading or the usual one."""
    code = AS_IN_ROSTER.get(sentence, sentence)
    if sentence in CODES:
        code = Finding(0, "", sentence, params).code
    return {
        "column": column or label_of(field),
        "code": code,
        "severity": ERROR,
        "sentence": sentence,
        "params": params,
    }


def spoken(sentence: str, params: Mapping[str, Any]) -> str:
    """The words of a finding, ours or the roster's."""
    return str(SENTENCES[sentence]) % params if sentence in SENTENCES else speak(sentence, dict(params))


def described(changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, old and new of each changed field; numbers masked."""
    return [(label_of(field), _shown(field, old), _shown(field, new)) for field, (old, new) in changes.items()]


def _shown(field: str, value: str) -> str:
    return MASKED.get(field, str)(value) if value else ""
