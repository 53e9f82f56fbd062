"""Records as imports, orders and exports write and read them, and the look at a whole value."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from exchange.accounts.models import User
from exchange.audit.service import record, record_all
from exchange.core.database import db, insert_all, lock, lock_all, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.students import history, policy, queries
from exchange.students.events import StudentEvent, state_changed
from exchange.students.hardship import hardship_on
from exchange.students.history import Span, merged, overtaken, state_of, state_on, write_periods
from exchange.students.models import Guardianship, Student
from exchange.students.roster import export_workbook
from exchange.students.search import index_names
from exchange.students.service.family import create_guardians, remove_unneeded, set_guardians
from exchange.students.values import (
    Values,
    columns_of,
    entry_month_of,
    values_of,
)

PORTION = 1000
SHORTEST_REASON = 2


class NewStudent(NamedTuple):
    """Somebody to be entered: the values of a roster row and the class."""

    values: Mapping[str, Any]
    school_class: SchoolClass


class ReasonMissing(DomainError):
    """Looking at whole numbers needs a reason that the person concerned may read."""


def create_students(
    people: Sequence[NewStudent], *, by: User | None, source: Mapping[str, Any] | None = None
) -> list[int]:
    """Enter students with their guardians, in bulk; gives back their ids in order.

    A student number is given where there is none: entry year, class and serial (2026 07 01 → ``20260701``).
    Raises ``NotPossible`` when somebody else has just entered one of them.
    """
    if not people:
        return []
    columns = [columns_of(person.values, person.school_class) for person in people]
    _give_numbers(people, columns)
    try:
        ids = insert_all(Student, columns)
    except IntegrityError as error:
        raise NotPossible(_overtaken(error)) from None
    index_names((student_id, row["name"], row["pinyin"]) for student_id, row in zip(ids, columns, strict=True))
    members = [
        (student_id, member)
        for student_id, person in zip(ids, people, strict=True)
        for member in person.values.get("guardians") or ()
    ]
    create_guardians(members)
    lines = [
        (student_id, {**(source or {}), "student_no": row["student_no"], "values": dict(person.values)})
        for student_id, person, row in zip(ids, people, columns, strict=True)
    ]
    record_all(StudentEvent.CREATED, Student, lines, by=by)
    return ids


def change_student(student: Student, values: Mapping[str, Any], *, school_class: SchoolClass, by: User | None) -> None:
    """Set the record to these values, guardians included; recording is the caller's, who knows the cause.

    The day of enrolment stays where its month does. Raises ``NotPossible`` where another month would contradict the
    history that begins with it.
    """
    columns = columns_of(values, school_class)
    enrolled_on = columns.pop("enrolled_on")
    if values.get("entry_month", entry_month_of(student)) != entry_month_of(student):
        if history.with_history([student.id]):
            raise NotPossible(_("%(name)s已有学籍异动，入学年月不能再改。", name=student.name))
        student.enrolled_on = enrolled_on
    for column, value in columns.items():
        setattr(student, column, value)
    if number := values.get("student_no"):
        student.student_no = number
    student.school_class = school_class
    set_guardians(student, list(values.get("guardians") or ()), by=by)


def record_changes(event: StudentEvent, changes: Iterable[tuple[int, dict[str, Any]]], *, by: User | None) -> None:
    """One line per student."""
    record_all(event, Student, list(changes), by=by)


def remove_students(ids: Sequence[int], *, by: User | None, source: Mapping[str, Any]) -> None:
    """Delete records that an undone import has created, with guardians who answer for nobody else."""
    held = select(Guardianship.guardian_id).where(Guardianship.student_id.in_(ids))
    guardian_ids = list(db.session.scalars(held))
    names = dict(db.session.execute(select(Student.id, Student.student_no).where(Student.id.in_(ids))).all())
    db.session.execute(delete(Guardianship).where(Guardianship.student_id.in_(ids)))
    db.session.execute(delete(Student).where(Student.id.in_(ids)))
    remove_unneeded(guardian_ids)
    lines = [(student_id, {**source, "student_no": number}) for student_id, number in names.items()]
    record_all(StudentEvent.REMOVED, Student, lines, by=by)


def set_history(student: Student, spans: Iterable[Span], *, by: User | None = None) -> None:
    """What the record said from which day on, as orders tell it; the present state follows. They record the cause."""
    write_periods(student, merged(spans), on=today())
    state_changed.send(student, by=by)


def bring_up_to_date(*, by: User | None) -> int:
    """Let changes that were dated ahead take effect when their day has come; gives how many records changed."""
    changed = 0
    for student, _state in list(overtaken(today())):
        lock(student)
        before, state = state_of(student), state_on(student, today())  # somebody may have cancelled it meanwhile
        if state is None or state == before:
            continue
        student.status, student.school_class_id = state
        record(StudentEvent.STATE_TAKEN_EFFECT, student, by=by, state=[before, state])
        state_changed.send(student, by=by)
        changed += 1
    return changed


def reveal(student: Student, *, field: str, reason: str, by: User) -> str:
    """The whole value of one masked field, once; the look is recorded. Raises ``ReasonMissing``."""
    value = queries.revealable(student)[field].value
    note_reveal(student, field=field, reason=reason, by=by)
    return value


def note_reveal(student: Student, *, field: str, reason: str, by: User) -> None:
    """That somebody has seen a masked value whole, and why. Raises ``ReasonMissing``."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(_("写下为什么要看，学生可以查到。"))
    record(StudentEvent.IDENTITY_REVEALED, student, by=by, reason=reason.strip(), field=field)


class Export(NamedTuple):
    """A workbook and how many students are in it."""

    content: bytes
    rows: int


def export(*, school_class: SchoolClass | None, as_of: date | None = None, by: User) -> Export:
    """The national 73 columns of the students whom this person may see; the export is recorded.

    Poverty data goes only to whom the policy names, as it was on the day; for others the column stays empty.
    """
    rows = 0

    def counted() -> Iterable[Values]:
        nonlocal rows
        for portion in queries.for_export(policy.visible_to(by), school_class=school_class, as_of=as_of):
            rows += len(portion)
            hardship = _hardship(portion, as_of or today(), by)
            for student, its_class in portion:
                values = values_of(student) | {"class_name": its_class.name, "major": its_class.programme.major}
                yield values | {"hardship": hardship[student.id]}

    content = export_workbook(counted())
    record(
        StudentEvent.EXPORTED,
        by,
        by=by,
        rows=rows,
        school_class=school_class.name if school_class else None,
        as_of=as_of.isoformat() if as_of else None,
    )
    return Export(content, rows)


def _hardship(portion: Sequence[tuple[Student, SchoolClass]], day: date, by: User) -> dict[int, str | None]:
    """Student → what the sheet says of hardship to this person: as recorded for the day, else as imported."""
    students = [student for student, _class in portion]
    if not policy.may_see_poverty(by):
        return dict.fromkeys(student.id for student in students)
    return {student.id: student.poverty for student in students} | hardship_on(day, students)


def _overtaken(error: IntegrityError) -> str:
    if Student.student_no.key in str(error.orig):
        return str(_("刚给出的学号被别人先用了，这一步没有完成。再试一次，已写入的不会重复。"))
    return str(_("别人刚刚写入了相同的学生，这一步没有完成。再试一次，已写入的不会重复。"))


def _give_numbers(people: Sequence[NewStudent], columns: list[dict[str, Any]]) -> None:
    """Numbers that the sheet brings stay; the others follow the highest serial of their year and class."""
    lock_all(SchoolClass, {person.school_class.id for person in people})
    waiting: dict[queries.Series, list[dict[str, Any]]] = {}
    for person, row in zip(people, columns, strict=True):
        if number := person.values.get("student_no"):
            row["student_no"] = number
        else:
            prefix = f"{row['enrolled_on'].year}{person.school_class.number:02d}"
            waiting.setdefault((person.school_class.id, prefix), []).append(row)
    brought = {row["student_no"] for row in columns if "student_no" in row}
    free = _free_numbers({series: len(rows) for series, rows in waiting.items()}, brought)
    for series, rows in waiting.items():
        for row, number in zip(rows, free[series], strict=True):
            row["student_no"] = number


def _free_numbers(wanted: Mapping[queries.Series, int], taken: set[str]) -> dict[queries.Series, list[str]]:
    """The next numbers of each series, as many as wanted, without those that are in use.

    Serial 401 of class 16 reads like serial 01 of class 164, and whoever changes class takes the number along.
    """
    last, span = queries.last_serials(wanted), dict(wanted)
    free: dict[queries.Series, list[str]] = {series: [] for series in wanted}
    while short := [series for series in wanted if len(free[series]) < wanted[series]]:
        following = {each: _numbers(each[1], last[each] + 1, span[each]) for each in short}
        taken = taken | queries.taken_numbers(chain.from_iterable(following.values())).keys()
        for series, numbers in following.items():
            fit = [number for number in numbers if number not in taken][: wanted[series] - len(free[series])]
            free[series] += fit
            taken |= set(fit)
            last[series], span[series] = last[series] + span[series], span[series] * 2
    return free


def _numbers(prefix: str, first: int, count: int) -> list[str]:
    return [f"{prefix}{serial:02d}" for serial in range(first, first + count)]
