"""Students as the national sheet shows them: heading → cell. Poverty data is never read, only whether there is any."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from exchange.core.database import db
from exchange.core.encryption import blind_index
from exchange.students.known import with_everything
from exchange.students.models import ON_ROLL, Student
from exchange.students.roster import NATIONAL_HEADINGS, export_rows
from exchange.students.values import Values, values_of

PORTION = 500
HARDSHIP = "是否建档立卡贫困户"
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class NationalRecord:
    """What would be submitted of a student, and what is asked beside it."""

    student_id: int
    school_class_id: int
    values: Values
    cells: Cells  # only those that are filled
    national_student_no: str
    enrolled_on: date
    has_hardship: bool
    on_roll: bool

    @property
    def digest(self) -> str:
        """A keyed fingerprint of all cells: two records are equal where it is."""
        return digest_of(self.cells)


class _WithoutPoverty:
    """A student of whom nobody can read the kind of hardship."""

    poverty = None

    def __init__(self, student: Student) -> None:
        self._student = student

    def __getattr__(self, name: str) -> Any:
        return getattr(self._student, name)


def records_of(students: Select[Student]) -> list[NationalRecord]:
    """The records of the students of the select; it should not be a long one."""
    known = Student.poverty.is_not(None).label("has_hardship")
    rows = with_everything(students).options(defer(Student.poverty)).add_columns(known)
    return [_record(student, has_hardship) for student, has_hardship in db.session.execute(rows).all()]


def record_of(student: Student) -> NationalRecord:
    """The record of one student."""
    return records_of(select(Student).where(Student.id == student.id))[0]


def portions(students: Select[Student]) -> Iterator[list[NationalRecord]]:
    """All students of the select by id, a few hundred at a time, so that a whole school never lies in memory."""
    last = 0
    while True:
        portion = records_of(students.where(Student.id > last).order_by(None).order_by(Student.id).limit(PORTION))
        if not portion:
            return
        last = portion[-1].student_id
        yield portion


def digest_of(cells: Mapping[str, str]) -> str:
    """The fingerprint of these cells; keyed, because identity numbers can be tried out one by one."""
    return blind_index(json.dumps(dict(cells), ensure_ascii=False, sort_keys=True), "registry.cells")


def cells_of(values: Mapping[str, Any]) -> Cells:
    """Heading → cell, of those that are filled and are no poverty data."""
    row = next(export_rows([values]))
    return {heading: cell for heading, cell in zip(NATIONAL_HEADINGS, row, strict=True) if cell and heading != HARDSHIP}


def _record(student: Student, has_hardship: bool) -> NationalRecord:
    values = values_of(cast(Student, _WithoutPoverty(student)))
    return NationalRecord(
        student_id=student.id,
        school_class_id=student.school_class_id,
        values=values,
        cells=cells_of(values),
        national_student_no=student.national_student_no or "",
        enrolled_on=student.enrolled_on,
        has_hardship=bool(has_hardship),
        on_roll=student.status in ON_ROLL,
    )
