"""The two classes arrive as county sheets arrive: imported, reviewed, committed."""

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from exchange.core.database import db
from exchange.core.spreadsheets import write
from exchange.demo.people import Person, people
from exchange.imports import headings
from exchange.imports import service as imports
from exchange.programmes.models import SchoolClass
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Guardianship, Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

HEADINGS = (
    *("姓名", "性别", "出生日期", "身份证件类型", "身份证件号", "班级名称", "学习形式", "就读方式", "国籍/地区"),
    *("乘火车区间", "生源地行政区划码", "户口所在地行政区划码", "户口性质", "入学年月", "专业简称", "学制", "民族"),
    *("政治面貌", "健康状况", "联系电话", "是否建档立卡贫困户", "家庭现地址"),
    *("成员1姓名", "成员1关系", "成员1是否监护人", "成员1联系电话"),
)


BUREAU = "芒市教育局"
KNOWN_HEADINGS = {"寨子": "home_address", "鞋码": "", "家里电话": "home_phone"}


def know_sender(school: "School") -> None:
    """The bureau's own headings were matched last year; its next sheet is read without asking."""
    headings.remember("roster", BUREAU, KNOWN_HEADINGS, by=school.people["registrar"])


def enrol(school: "School", class_name: str, count: int, *, born_from: date) -> list[Student]:
    """Import so many students into the class; gives them in the order of their numbers."""
    school_class = school.classes[class_name]
    if not count:
        return []
    random = Random(school.seed + school_class.intake_year)
    group = _without_namesakes(count, seed=school.seed + school_class.intake_year, born_from=born_from)
    rows = [_row(person, school_class, random) for person in group]
    import_ = imports.upload(
        write(rows, columns=list(HEADINGS)),
        filename=f"{class_name}名单.xlsx",
        kind="roster",
        target=class_name,
        sender=BUREAU,
        by=school.people["registrar"],
    )
    imports.review(import_, by=school.people["registrar"])
    imports.begin_commit(import_)
    imports.commit(import_, by=school.people["registrar"])
    students = select(Student).where(Student.school_class_id == school_class.id).order_by(Student.student_no)
    return list(db.session.scalars(students))


def give_sign_ins(school: "School", students: list[Student]) -> None:
    """The student of the demonstration is one of the three chosen for Beijing; the guardian is that student's."""
    if len(students) > 21:
        chosen = students[21]
        chosen.user = school.people["student"]
        school.people["student"].name = chosen.name
        bond = db.session.scalar(select(Guardianship).where(Guardianship.student_id == chosen.id))
        if bond:
            bond.guardian.user = school.people["guardian"]
            school.people["guardian"].name = bond.guardian.name


def _without_namesakes(count: int, *, seed: int, born_from: date) -> list[Person]:
    """Different names within a class: namesakes have a story of their own in the roster of the new class."""
    by_name = {person.name: person for person in people(count * 3, seed=seed, born_from=born_from, days=360)}
    return list(by_name.values())[:count]


def _row(person: Person, school_class: SchoolClass, random: Random) -> list[object]:
    group = find_ethnic_group(person.ethnicity)
    return [
        person.name,
        str(person.sex.label),
        f"{person.birth_date:%Y%m%d}",
        "居民身份证",
        person.resident_id,
        school_class.name,
        "全日制",
        "住校",
        "中国",
        "德清-昆明",
        person.county,
        person.county,
        "农业户口",
        f"{school_class.intake_year}09",
        school_class.programme.name,
        str(school_class.programme.length_years),
        group.name if group else "",
        random.choice(("群众", "共青团员")),
        "健康或良好",
        person.phone,
        random.choice(("脱贫户", "监测对象", "否", "否")),
        person.address,
        person.guardian_name,
        person.guardian_relation,
        "是",
        person.guardian_phone,
    ]
