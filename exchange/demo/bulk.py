"""Many more students, in bulk: ordinary classes of 45 with one mark sheet each, to try the size of a whole county."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, insert, select

from exchange.audit.models import AuditEvent
from exchange.core.database import db
from exchange.core.encryption import blind_index
from exchange.coursework.models import Assessment, Mark, MarkSheet, Scale, SheetStatus
from exchange.demo.people import Person, people
from exchange.programmes.models import Course, Programme, SchoolClass, Term
from exchange.students.models import Student, StudentStatus
from exchange.students.pinyin import initials_of, pinyin_of
from exchange.students.search import index_names

CLASS_SIZE = 45
CLASSES_AT_ONCE = 50
INTAKE = 2025
FIRST_NUMBER = 100  # the numbers below belong to classes with a story
TOLD_AT = datetime(2026, 9, 1, tzinfo=UTC)
ASSESSMENTS = (("平时", 20), ("作业", 20), ("期中", 20), ("期末", 40))


def add_students(count: int, *, seed: int) -> None:
    """Insert so many students beside those of the story."""
    if count <= 0:
        return
    random = Random(seed)
    crowd = people(count, seed=seed, born_from=date(2004, 1, 1), days=1500)
    frame = _frame()
    number = FIRST_NUMBER
    while group := list(islice(crowd, CLASS_SIZE * CLASSES_AT_ONCE)):
        classes = [group[start : start + CLASS_SIZE] for start in range(0, len(group), CLASS_SIZE)]
        _insert(classes, number, frame, random)
        number += len(classes)
    db.session.execute(
        insert(AuditEvent),
        [{"action": "demo.students_added", "subject_type": "programme", "subject_id": frame["programme_id"]}],
    )


def count_students() -> int:
    """All students in the system."""
    return db.session.scalar(select(func.count()).select_from(Student)) or 0


def class_names() -> list[str]:
    """The classes, the youngest first; of very many the first hundred."""
    names = select(SchoolClass.name).order_by(SchoolClass.intake_year.desc(), SchoolClass.number).limit(100)
    return list(db.session.scalars(names))


def _frame() -> dict[str, int]:
    """What all these classes share: the programme, its course, the term and the teacher."""
    programme = db.session.scalars(select(Programme).where(Programme.intake_year == INTAKE)).one()
    course = db.session.scalars(select(Course).where(Course.programme_id == programme.id, Course.code == "C01")).one()
    term = db.session.scalars(select(Term).where(Term.school_year == INTAKE + 1, Term.number == 1)).one()
    teacher = db.session.scalars(select(MarkSheet.teacher_id).limit(1)).one()
    return {"programme_id": programme.id, "course_id": course.id, "term_id": term.id, "teacher_id": teacher}


def _insert(classes: list[list[Person]], number: int, frame: dict[str, int], random: Random) -> None:
    class_ids = _returning(
        SchoolClass,
        [
            {
                "name": f"{INTAKE}级酒店{number + place}班",
                "intake_year": INTAKE,
                "number": number + place,
                "programme_id": frame["programme_id"],
                "created_at": TOLD_AT,
            }
            for place in range(len(classes))
        ],
    )
    students = [
        _student(person, class_id, f"{INTAKE}{number + place}{serial:02d}")
        for place, (class_id, group) in enumerate(zip(class_ids, classes, strict=True))
        for serial, person in enumerate(group, start=1)
    ]
    ids = _returning(Student, students)
    index_names((student_id, row["name"], row["pinyin"]) for student_id, row in zip(ids, students, strict=True))
    student_ids = iter(ids)
    _insert_marks(
        [(class_id, list(islice(student_ids, len(group)))) for class_id, group in zip(class_ids, classes, strict=True)],
        frame,
        random,
    )


def _student(person: Person, class_id: int, student_no: str) -> dict[str, Any]:
    pinyin = pinyin_of(person.name)
    return {
        "student_no": student_no,
        "name": person.name,
        "pinyin": pinyin,
        "initials": initials_of(pinyin),
        "native_name": "",
        "resident_id": person.resident_id,
        "resident_id_index": blind_index(person.resident_id, "resident_id"),
        "sex": person.sex,
        "birth_date": person.birth_date,
        "ethnicity": person.ethnicity,
        "county_of_origin": person.county,
        "phone": person.phone,
        "status": StudentStatus.REGISTERED,
        "school_class_id": class_id,
        "enrolled_on": date(INTAKE, 9, 1),
        "created_at": TOLD_AT,
    }


def _insert_marks(groups: list[tuple[int, list[int]]], frame: dict[str, int], random: Random) -> None:
    sheet_ids = _returning(
        MarkSheet,
        [
            {
                "course_id": frame["course_id"],
                "school_class_id": class_id,
                "term_id": frame["term_id"],
                "teacher_id": frame["teacher_id"],
                "scale": Scale.HUNDRED,
                "status": SheetStatus.SUBMITTED,
                "handed_in_at": TOLD_AT,
                "version": 1,
                "created_at": TOLD_AT,
            }
            for class_id, _students in groups
        ],
    )
    assessments = [
        {
            "sheet_id": sheet_id,
            "name": name,
            "weight": weight,
            "maximum": 100,
            "position": position,
            "created_at": TOLD_AT,
        }
        for sheet_id in sheet_ids
        for position, (name, weight) in enumerate(ASSESSMENTS, start=1)
    ]
    assessment_ids = iter(_returning(Assessment, assessments))
    db.session.execute(insert(Mark), list(_marks(groups, assessment_ids, frame, random)))


def _marks(
    groups: list[tuple[int, list[int]]], assessment_ids: Iterator[int], frame: dict[str, int], random: Random
) -> Iterator[dict[str, Any]]:
    for _class_id, students in groups:
        for assessment_id in islice(assessment_ids, len(ASSESSMENTS)):
            for student_id in students:
                yield {
                    "assessment_id": assessment_id,
                    "student_id": student_id,
                    "score": min(100, max(40, round(random.gauss(78, 10)))),
                    "version": 1,
                    "updated_by_id": frame["teacher_id"],
                    "updated_at": TOLD_AT,
                    "created_at": TOLD_AT,
                }


def _returning(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert the rows in bulk; their ids in the same order."""
    inserted = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(inserted, rows))
