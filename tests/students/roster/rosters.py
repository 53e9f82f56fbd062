"""Small rosters for tests: one good person, changed cell by cell."""

from datetime import date

from stdnum.cn import ric

from exchange.core.spreadsheets import Sheet
from exchange.students.roster import NothingKnown, review

TODAY = date(2026, 11, 23)
CLASS = "2026级云南班"


def resident_id(born="20110516", serial=101):
    """A number with the unassigned prefix and a right check digit; an odd serial is male."""
    body = f"999999{born}{serial:03d}"
    return body + ric.calc_check_digit(body + "0")


GOOD = {
    "姓名": "岩温",
    "性别": "男",
    "出生日期": "20110516",
    "身份证件号": resident_id(),
    "班级名称": CLASS,
    "入学年月": "202609",
    "专业简称": "高星级饭店运营与管理",
    "民族": "傣族",
    "政治面貌": "群众",
    "户口所在地行政区划码": "533103",
    "联系电话": "13800000000",
    "是否建档立卡贫困户": "是",
    "成员1姓名": "岩罕",
    "成员1关系": "父亲",
    "成员1联系电话": "13900000000",
}


def person(number=1, **cells):
    """A row; every number has another name and another resident ID."""
    own = {"姓名": f"岩{chr(0x4E00 + number)}", "身份证件号": resident_id(serial=99 + 2 * number)}
    return {**GOOD, **own, **cells}


def reviewed(*people, known=None, class_name=CLASS, today=TODAY, **options):
    """The review of these rows under the heads of the first one."""
    people = people or (GOOD,)
    rows = [list(people[0]), *(list(row.values()) for row in people)]
    return review([Sheet.of(rows)], class_name=class_name, known=known or NothingKnown(), today=today, **options)


def codes(*people, **options):
    """(row, column, code) of all findings but infos."""
    findings = reviewed(*people, **options).findings
    return [(finding.row, finding.column, finding.code) for finding in findings if finding.severity != "info"]


class Stored(NothingKnown):
    """A system that knows these people, one class and one major."""

    def __init__(self, *students, classes=(CLASS,)):
        self.students = {student["resident_id"]: student for student in students}
        self.classes = classes

    def student(self, resident_id):
        return self.students.get(resident_id)

    def names_in_class(self, class_name):
        found = {}
        for student in self.students.values():
            if student["class_name"] == class_name:
                found.setdefault(student["name"], set()).add(student["resident_id"])
        return found

    def has_class(self, class_name):
        return class_name in self.classes
