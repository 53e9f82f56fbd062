"""The sentences of all findings in one place: what is wrong and what to do about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from exchange.core.i18n import _


class Severity(StrEnum):
    """An error rejects its row, a warning does not, an info says that nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CODES = {
    "id.missing": (E, _("没有身份证件号。补上后再导入。")),
    "id.length": (E, _("身份证件号有 %(length)s 位，应为 18 位。核对身份证。")),
    "id.check_digit": (E, _("身份证件号的校验码不对，至少有一位写错了。核对身份证。")),
    "id.date": (E, _("身份证件号里的出生日期 %(digits)s 不存在或还没有到。核对身份证。")),
    "id.numeric_cell": (E, _("这一格是数字，后几位已经丢失。把这一列设为文本，重新输入号码。")),
    "id.place_unknown": (INFO, _("身份证件号开头的地区码 %(area)s 在出生那一年的代码表里没有。不影响导入。")),
    "id.birth_date_mismatch": (E, _("表里的出生日期是 %(written)s，身份证件号里是 %(expected)s。核对哪一个写错了。")),
    "id.sex_mismatch": (E, _("表里的性别是%(written)s，身份证件号里是%(expected)s。核对哪一个写错了。")),
    "id.duplicate_in_file": (E, _("身份证件号和第 %(first)s 行相同。保留第 %(first)s 行，这一行不导入。")),
    "id.duplicate_in_file_elsewhere": (
        E,
        _("身份证件号和工作表“%(sheet)s”第 %(first)s 行相同。保留那一行，这一行不导入。"),
    ),
    "id.belongs_to_other": (E, _("系统里这个身份证件号的姓名是“%(name)s”。查明是改名还是写错了号码。")),
    "name.missing": (E, _("没有姓名。补上后再导入。")),
    "name.characters": (E, _("姓名里有不该有的字符：%(characters)s。改成身份证上的写法。")),
    "name.characters_too_many": (E, _("姓名超过 %(longest)s 个字符。改成身份证上的写法。")),
    "name.separator_normalised": (W, _("间隔号已改为“·”：%(name)s。")),
    "name.spaces_removed": (W, _("姓名中间的空格已去掉：%(name)s。")),
    "name.namesake": (W, _("和第 %(first)s 行同名。确认是两个人。")),
    "name.namesake_elsewhere": (W, _("和工作表“%(sheet)s”第 %(first)s 行同名。确认是两个人。")),
    "name.namesake_in_class": (W, _("班里已有同名的学生。确认是两个人。")),
    "ethnicity.unknown": (E, _("没有“%(written)s”这个民族。最接近的是%(nearest)s。")),
    "ethnicity.unknown_at_all": (E, _("没有“%(written)s”这个民族。按国家标准的 56 个民族填写。")),
    "area.unknown": (E, _("行政区划里没有“%(written)s”。填六位代码或完整的地名。")),
    "area.obsolete": (W, _("%(code)s %(name)s 已撤销或改名，现在是 %(successor)s。核对户口簿。")),
    "area.obsolete_without_successor": (W, _("%(code)s %(name)s 已撤销。核对户口簿，改成现在的代码。")),
    "phone.invalid": (W, _("电话“%(written)s”不是手机号，也不是带区号的座机号。核对后改正。")),
    "guardian.name_missing": (W, _("学生未满 18 周岁，没有监护人姓名。补上。")),
    "guardian.phone_missing": (W, _("学生未满 18 周岁，没有监护人电话。补上。")),
    "date.unreadable": (E, _("读不懂日期“%(written)s”。写成 2010-05-06 这样。")),
    "value.unknown": (E, _("“%(written)s”不在可填的值里。可以填：%(choices)s。")),
    "value.unknown_too_long": (E, _("“%(written)s”太长，最多 %(longest)s 个字符。")),
    "class.unknown": (E, _("这次导入的班级是“%(expected)s”，这一行写的是“%(written)s”。")),
    "class.unknown_in_system": (E, _("系统里没有班级“%(written)s”。先建班级，或改正班级名称。")),
    "class.by_order": (INFO, _("这名学生在“%(expected)s”，表里是“%(written)s”。导入不改班级，转班要用异动单。")),
    "major.by_order": (
        INFO,
        _("班级的专业是“%(expected)s”，表里是“%(written)s”。导入不改专业，转专业要用异动单。"),
    ),
    "class.missing": (E, _("没有班级名称。补上，或导入时选定班级。")),
    "major.unknown": (E, _("系统里没有专业“%(written)s”。填专业目录里的名称或六位代码。")),
}
# Where a code has several sentences: sentence → code.
SENTENCE_OF = {
    "id.duplicate_in_file_elsewhere": "id.duplicate_in_file",
    "name.namesake_elsewhere": "name.namesake",
    "name.characters_too_many": "name.characters",
    "name.namesake_in_class": "name.namesake",
    "ethnicity.unknown_at_all": "ethnicity.unknown",
    "area.obsolete_without_successor": "area.obsolete",
    "value.unknown_too_long": "value.unknown",
    "class.unknown_in_system": "class.unknown",
    "class.missing": "class.unknown",
    "major.by_order": "class.by_order",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one cell. ``sentence`` and ``params`` can be stored and spoken later in another language."""

    row: int
    column: str
    sentence: str
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return SENTENCE_OF.get(self.sentence, self.sentence)

    @property
    def severity(self) -> Severity:
        return CODES[self.sentence][0]

    @property
    def message(self) -> str:
        """The sentence in the language of the moment; Chinese where there is no application."""
        return speak(self.sentence, self.params)

    def as_dict(self) -> dict[str, str | int]:
        """As the import report shows it."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
        }


def speak(sentence: str, params: dict[str, str | int]) -> str:
    """The words of a finding that was stored as ``sentence`` and ``params``."""
    return str(CODES[sentence][1]) % params
