"""What a search for a name walks through: the parts of every name, kept whenever a student is written."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, delete, event, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from exchange.core.database import append_all
from exchange.students.models import NamePart, Student
from exchange.students.pinyin import SEPARATOR

LAST = (0xD7FF, 0x10FFFF)  # behind these no character follows


def parts_of(name: str, pinyin: str) -> set[str]:
    """``刀玉兰``, ``dao yu lan`` → 刀玉兰, 玉兰, 兰, daoyulan, yulan, lan."""
    solid = name.replace(SEPARATOR, "").replace(" ", "").lower()
    syllables = pinyin.split()
    written = {solid[start:] for start in range(len(solid))}
    return written | {"".join(syllables[start:]) for start in range(len(syllables))}


def index_names(students: Iterable[tuple[int, str, str]]) -> None:
    """Keep the parts of students that were inserted in bulk: id, name and pinyin."""
    rows = [
        {"student_id": student_id, "text": text}
        for student_id, name, pinyin in students
        for text in sorted(parts_of(name, pinyin))
    ]
    append_all(NamePart, rows)


def is_called(text: str, *, in_order: bool = False) -> ColumnElement[bool]:
    """Whose name or pinyin has the text from one of its characters or syllables on.

    ``in_order`` keeps the databases from fetching all of them first and sorting them then.
    """
    student_id = Student.id + 0 if in_order else Student.id
    return student_id.in_(select(NamePart.student_id).where(begins_with(NamePart.text, text.lower())))


def begins_with(column: InstrumentedAttribute[str], start: str) -> ColumnElement[bool]:
    """A range instead of a pattern, so that both databases use the index."""
    if ord(start[-1]) in LAST or start[-1] in "9z":
        return column.startswith(start, autoescape=True)
    return (column >= start) & (column < start[:-1] + chr(ord(start[-1]) + 1))


@event.listens_for(Student, "after_insert")
@event.listens_for(Student, "after_update")
def _keep_parts(_mapper: Any, connection: Connection, student: Student) -> None:
    connection.execute(delete(NamePart).where(NamePart.student_id == student.id))
    rows = [{"student_id": student.id, "text": text} for text in sorted(parts_of(student.name, student.pinyin))]
    if rows:
        connection.execute(insert(NamePart), rows)
