"""Writing single columns of the national sheet into a student's record, checked as an import checks them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet
from exchange.registry.records import HARDSHIP, cells_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.students import service as students
from exchange.students.events import StudentEvent
from exchange.students.known import with_everything
from exchange.students.models import Student
from exchange.students.roster import NATIONAL_HEADINGS, NothingKnown, ReviewedRow, RosterReader, Severity
from exchange.students.roster.columns import COLUMNS, Column
from exchange.students.values import Values, index_of, values_of

BY_HEADING = {column.heading: column for column in COLUMNS}
MEMBER = "guardian"
REFUSED_TOO = {"phone.invalid"}  # a warning where a whole sheet comes in; here somebody is looking at the one value


class NotAcceptable(DomainError):
    """A value that the checks refuse, with the column and the reason."""


def write_cells(student_id: int, cells: Mapping[str, str], *, by: User | None, **source: Any) -> dict[str, list[Any]]:
    """Set these columns; gives old and new value of each that changed. Raises ``NotAcceptable``.

    An empty cell empties the column.
    """
    found = with_everything(select(Student).where(Student.id == student_id))
    student = db.session.scalars(found.execution_options(populate_existing=True)).unique().one()
    lock(student)
    before = values_of(student)
    after = _changed(before, cells)
    changes = {name: [before.get(name), after.get(name)] for name in {*before, *after}}
    changes = {name: pair for name, pair in sorted(changes.items()) if pair[0] != pair[1]}
    if not changes:
        return {}
    _check_nobody_else_bears(after["resident_id"], student)
    try:
        students.change_student(student, after, school_class=student.school_class, by=by)
    except NotPossible as refusal:
        raise NotAcceptable(str(refusal)) from None
    db.session.flush()
    students.record_changes(StudentEvent.CHANGED, [(student.id, {**source, **changes})], by=by)
    return changes


def write_number(student_id: int, number: str, *, by: User | None, **source: Any) -> None:
    """Keep the number that the registry has given."""
    student = db.session.get_one(Student, student_id)
    lock(student)
    before, student.national_student_no = student.national_student_no, number
    db.session.flush()
    change = {NATIONAL_NUMBER: [before, number]}
    students.record_changes(StudentEvent.CHANGED, [(student.id, {**source, **change})], by=by)


def _changed(values: Values, cells: Mapping[str, str]) -> Values:
    """The values as they would be, each of the cells read by the roster's own checks."""
    row = _read({**cells_of(values), **cells})
    for finding in row.findings:
        if finding.column in cells and (finding.severity is Severity.ERROR or finding.code in REFUSED_TOO):
            raise NotAcceptable(_("%(heading)s：%(why)s", heading=finding.column, why=finding.message))
    result = dict(values)
    for heading in cells:
        if heading != HARDSHIP:
            _put(result, BY_HEADING[heading], row.values)
    if any(not member.get("name") for member in result.get("guardians", ())):
        raise NotAcceptable(_("先填这位家庭成员的姓名。"))
    return result


def _put(result: Values, column: Column, read: Mapping[str, Any]) -> None:
    if column.field.startswith(MEMBER):
        slot, _underscore, name = column.field.removeprefix(MEMBER).partition("_")
        result["guardians"] = _members(result.get("guardians", []), int(slot), name, read)
    elif column.leftover:
        national = {**result.get("national", {}), column.heading: read.get("national", {}).get(column.heading)}
        result["national"] = {heading: text for heading, text in national.items() if text}
    elif column.field in read:
        result[column.field] = read[column.field]
    else:
        result.pop(column.field, None)


def _members(present: list[Values], slot: int, name: str, read: Mapping[str, Any]) -> list[Values]:
    members = [dict(member) for member in present]
    while len(members) < slot:
        members.append({})
    theirs = read.get("guardians") or []
    value = theirs[slot - 1].get(name) if len(theirs) >= slot else None
    members[slot - 1] = {**members[slot - 1], name: value}
    cleaned = [{key: text for key, text in member.items() if text not in (None, "")} for member in members]
    return [member for member in cleaned if member]


def _read(cells: Mapping[str, str]) -> ReviewedRow:
    row = [cells.get(heading, "") for heading in NATIONAL_HEADINGS]
    reader = RosterReader([Sheet.of([NATIONAL_HEADINGS, row])], None, NothingKnown(), today())
    return next(reader.rows())


def _check_nobody_else_bears(resident_id: str, student: Student) -> None:
    bearers = select(Student.name).where(Student.resident_id_index == index_of(resident_id), Student.id != student.id)
    if name := db.session.scalar(bearers):
        raise NotAcceptable(_("这个身份证件号已是%(name)s的。查明后再改。", name=name))
