"""The registry's part of the story: records are filled in, sent, compared with what the national system gives out."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from exchange.core.database import db
from exchange.core.spreadsheets import write
from exchange.reference.registration import registration_batch
from exchange.registry.models import Discrepancy
from exchange.registry.records import Cells, record_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.registry.service import deciding, reconciling, states, submissions
from exchange.registry.service.writing import write_cells
from exchange.registry.values import Decision, DifferenceKind
from exchange.students.models import Student
from exchange.students.roster import NATIONAL_HEADINGS

if TYPE_CHECKING:
    from exchange.demo.school_year import School

ALIKE = {
    "学生类别": "职业高中学生",
    "入学方式": "普通入学",
    "学生居住地类型": "农村",
    "学生来源": "应届",
    "招生对象": "应届初中毕业生",
    "招生方式": "自主招生",
    "联招合作类型": "非联合办学",
    "分段培养方式": "非分段培养",
    "家庭邮政编码": "678400",
}
SAME_AS_ORIGIN = ("出生地行政区划码", "籍贯地行政区划码")
HOUSEHOLD = "户口所在地区县以下详细地址"
STILL_TO_ASK = ("联系电话", "家庭邮政编码", HOUSEHOLD, "学生居住地类型")
OLDER_SENT, YOUNGER_SENT = date(2024, 11, 8), date(2025, 11, 12)
Change = Callable[[Cells], Cells]


def report(school: "School", older: list[Student], younger: list[Student]) -> None:
    """The older class is sent and confirmed; of the younger one some records are still not complete."""
    for number, student in enumerate([*older, *younger]):
        _fill_in(school, student, leave_out=number - len(older) if number >= len(older) else None)
    states.check_all()
    if older:
        _send(school, older, on=OLDER_SENT)
        _compare(school, older, "全国系统-2024级.xlsx", {})
        _take_numbers_over(school)
    if len(younger) > len(STILL_TO_ASK):
        _send(school, younger, on=YOUNGER_SENT)
        _change_since(school, younger)
        _compare(school, younger[: -len(STILL_TO_ASK)], "全国系统-2025级.xlsx", _slips(younger))
        _decide_some(school)
    states.catch_up()


def _fill_in(school: "School", student: Student, *, leave_out: int | None) -> None:
    """What the county's sheet did not have; of the last of the younger class something is still to be asked."""
    cells = record_of(student).cells
    new = {**ALIKE, HOUSEHOLD: cells.get("家庭现地址", "")}
    new |= {heading: cells.get("生源地行政区划码", "") for heading in SAME_AS_ORIGIN}
    if leave_out is not None and leave_out < len(STILL_TO_ASK):
        new[STILL_TO_ASK[leave_out]] = ""
    write_cells(student.id, new, by=school.people["registrar"])


def _send(school: "School", students: list[Student], *, on: date) -> None:
    registrar = school.people["registrar"]
    submission = submissions.request_submission(
        batch=registration_batch(students[0].enrolled_on),
        school_class=students[0].school_class,
        only_complete=True,
        by=registrar,
    )
    submissions.make(submission, by=registrar)
    submissions.mark_submitted(submission, on=on, by=registrar)


def _compare(school: "School", students: list[Student], filename: str, slips: dict[int, Change]) -> None:
    registrar = school.people["registrar"]
    headings = [*NATIONAL_HEADINGS, "学籍号"]
    rows = []
    for student in students:
        cells = record_of(student).cells
        cells = slips[student.id](cells) if student.id in slips else cells
        rows.append([{**cells, "学籍号": f"G{student.resident_id}"}.get(heading, "") for heading in headings])
    run = reconciling.upload(
        write(rows, columns=headings), filename=filename, school_class=students[0].school_class, by=registrar
    )
    reconciling.reconcile(run, by=registrar)


def _take_numbers_over(school: "School") -> None:
    numbers = select(Discrepancy).where(Discrepancy.heading == NATIONAL_NUMBER)
    deciding.decide_all(list(db.session.scalars(numbers)), Decision.TAKE_OVER, by=school.people["registrar"])


def _change_since(school: "School", students: list[Student]) -> None:
    """Two have joined the Youth League and one has a new telephone since the file was sent."""
    registrar = school.people["registrar"]
    for student in students[10:12]:
        write_cells(student.id, {"政治面貌": "共青团员"}, by=registrar)
    write_cells(students[12].id, {"联系电话": "13900008812"}, by=registrar)


def _slips(students: list[Student]) -> dict[int, Change]:
    """What the national system holds otherwise."""
    return {
        students[10].id: lambda cells: {**cells, "政治面貌": "群众"},
        students[12].id: lambda cells: {**cells, "联系电话": "13900008813"},
        students[14].id: lambda cells: {**cells, "户口性质": "非农业户口"},
        students[16].id: lambda cells: {**cells, "姓名": cells["姓名"] + "兰"},
        students[18].id: lambda cells: {**cells, "学生居住地类型": "乡镇(非县城)"},
    }


def _decide_some(school: "School") -> None:
    """Two are decided and wait for the next comparison; one is left alone; the others are open."""
    registrar = school.people["registrar"]
    moved = select(Discrepancy).where(Discrepancy.kind == DifferenceKind.ONLY_THEIRS).order_by(Discrepancy.id)
    lines = {line.heading: line for line in db.session.scalars(moved)}
    if line := lines.get("户口性质"):
        deciding.decide(line, Decision.CORRECT_THERE, by=registrar)
    if line := lines.get("学生居住地类型"):
        deciding.decide(line, Decision.IGNORE, reason="全国系统按旧口径填写，市里通知不改", by=registrar)
