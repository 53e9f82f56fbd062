"""Records that the national registry would take, the files it gives out, and what was sent."""

from datetime import date
from itertools import count

from sqlalchemy import select

from exchange.core.database import db
from exchange.core.spreadsheets import write
from exchange.reference.registration import batch_with
from exchange.registry.models import Discrepancy
from exchange.registry.records import record_of
from exchange.registry.service import reconciling, submissions
from exchange.students.models import Guardian, Guardianship, Student
from exchange.students.roster import NATIONAL_HEADINGS
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory, resident_id

SERIALS = count()
NATIONAL = {
    "身份证件类型": "居民身份证",
    "学生类别": "职业高中学生",
    "学习形式": "全日制",
    "入学方式": "统一招生考试",
    "就读方式": "住校",
    "国籍/地区": "中国",
    "出生地行政区划码": "533103",
    "籍贯地行政区划码": "533103",
    "户口所在地区县以下详细地址": "遮放镇芒蚌寨8号",
    "户口所在地行政区划码": "533103",
    "户口性质": "农业户口",
    "学生居住地类型": "农村",
    "学制": "3",
    "政治面貌": "群众",
    "健康状况": "健康或良好",
    "学生来源": "应届",
    "招生对象": "应届初中毕业生",
    "招生方式": "自主招生",
    "联招合作类型": "非联合办学",
    "分段培养方式": "非分段培养",
    "家庭邮政编码": "678400",
}


def complete_student(*, without: tuple[str, ...] = (), guardian: bool = True, **values) -> Student:
    """A student of whom nothing is missing but the columns named; ``national`` adds to the other columns."""
    extra = values.pop("national", {})
    born = values.setdefault("birth_date", date(2010, 5, 6))
    values.setdefault("resident_id", resident_id(next(SERIALS), born))
    school_class = values.pop("school_class", None) or SchoolClassFactory()
    student = StudentFactory(
        **{
            "school_class": school_class,
            "phone": "13900001234",
            "address": "遮放镇芒蚌寨8号",
            "poverty": "否",
            "national": {key: text for key, text in {**NATIONAL, **extra}.items() if key not in without},
            **values,
        }
    )
    if guardian:
        member = Guardian(name="刀玉香", phone="13800001234", details={"is_guardian": True})
        db.session.add(Guardianship(student=student, guardian=member, relation="母亲"))
    db.session.commit()
    return student


def registry_file(*rows: dict[str, str], headings: tuple[str, ...] = (*NATIONAL_HEADINGS, "学籍号")) -> bytes:
    """What the registry gives out: its sheet with these rows."""
    return write([[row.get(heading, "") for heading in headings] for row in rows], columns=list(headings))


def row_of(student: Student, **changes: str) -> dict[str, str]:
    """The student as the registry would show the record that we have."""
    record = record_of(student)
    number = {"学籍号": record.national_student_no} if record.national_student_no else {}
    return {**record.cells, **number, **changes}


def sent(*students: Student, by=None, batch: str = "", on: date = date(2026, 10, 8)):
    """A submission of everybody, sent; commits."""
    submission = submissions.request_submission(batch=batch_with(batch), school_class=None, only_complete=False, by=by)
    submissions.make(submission, by=by)
    submissions.mark_submitted(submission, on=on, by=by)
    db.session.commit()
    return submission


def compared(*rows: dict[str, str], by=None, school_class=None, **kwargs):
    """A comparison with a file of these rows; commits."""
    run = reconciling.upload(registry_file(*rows, **kwargs), filename="全国.xlsx", school_class=school_class, by=by)
    reconciling.reconcile(run, by=by)
    db.session.commit()
    return run


def make_registry_records() -> dict[str, int]:
    """One of everything that stands in an address of the registry."""
    student = complete_student()
    submission = sent(student)
    run = compared(row_of(student, 联系电话="13900003333"))
    line = db.session.scalars(select(Discrepancy).where(Discrepancy.heading == "联系电话")).one()
    return {"discrepancy_id": line.id, "run_id": run.id, "submission_id": submission.id}
