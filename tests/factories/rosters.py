"""Long rosters in the national layout, of people who do not exist, with every column filled."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from exchange.core.spreadsheets import write
from exchange.demo.people import Person, people
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Sex
from exchange.students.roster import NATIONAL_HEADINGS

MAJOR = "高星级饭店运营与管理"
CLASS_SIZE = 45
INTAKE = 2026
BORN, PARENTS_BORN = date(2009, 9, 1), date(1965, 1, 1)
DAYS, PARENTS_DAYS = 1000, 9000
AREA = "533103"


def class_names(students: int) -> list[str]:
    """The classes that so many students fill."""
    return [f"{INTAKE}级云南{number}班" for number in range(1, -(-students // CLASS_SIZE) + 1)]


def national_rows(students: int) -> Iterator[list[str]]:
    """One row for each: all 73 columns but the student number, which the commit gives; two guardians each."""
    names = class_names(students)
    children = people(students, seed=3, born_from=BORN, days=DAYS)
    parents = people(2 * students, seed=4, born_from=PARENTS_BORN, days=PARENTS_DAYS)
    for number, child in enumerate(children):
        row = _student(child, names[number // CLASS_SIZE], number)
        row += [cell for parent in islice(parents, 2) for cell in _member(parent)]
        yield row


def national_workbook(students: int) -> bytes:
    """The same as .xlsx."""
    return write(national_rows(students), columns=list(NATIONAL_HEADINGS), sheet="学生信息")


def _student(person: Person, class_name: str, number: int) -> list[str]:
    ethnicity = find_ethnic_group(person.ethnicity)
    return [
        *(person.name, _sex(person), f"{person.birth_date:%Y%m%d}", "居民身份证", person.resident_id, ""),
        *(class_name, "", "普通中专学生", "全日制", "普通入学", "住校", "中国", "否", "未婚", "德清-昆明", "否"),
        *(person.county, person.county, AREA, person.address, "城关派出所", person.county, "农业户口", "农村"),
        *(f"{INTAKE}09", MAJOR, "3", ethnicity.name if ethnicity else "汉族", "共青团员", "健康或良好", "应届"),
        *("应届初中毕业生", person.phone, "脱贫户" if number % 3 else "否", "自主招生", "非联合办学"),
        *(f"{number:012d}", f"{26533100000000 + number}", str(300 + number % 300), "非联合办学", f"{number % 97:010d}"),
        *("德清县职业中等专业学校", "非分段培养", "", f"{number}@school.example", person.address, "678400"),
        f"0692{2000000 + number}",
    ]


def _member(person: Person) -> list[str]:
    ethnicity = find_ethnic_group(person.ethnicity)
    relation = "父亲" if person.sex == Sex.MALE else "母亲"
    return [
        *(person.name, relation, "是", person.phone, f"{person.birth_date:%Y%m}", "居民身份证", person.resident_id),
        *(ethnicity.name if ethnicity else "汉族", "群众", "健康或良好", "务农", "无"),
    ]


def _sex(person: Person) -> str:
    return "男" if person.sex == Sex.MALE else "女"
