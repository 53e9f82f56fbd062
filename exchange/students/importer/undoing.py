"""Taking written rows back out of the register, and what stands in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.errors import NotPossible
from exchange.core.i18n import _, listed
from exchange.imports.importer import Obstacle
from exchange.imports.models import ImportRow, Outcome
from exchange.programmes import queries as programmes
from exchange.programmes.models import SchoolClass
from exchange.students import queries, service
from exchange.students.events import StudentEvent
from exchange.students.history import with_history
from exchange.students.importer.comparing import differing, with_side
from exchange.students.importer.wording import label_of
from exchange.students.known import students_with_everything
from exchange.students.members import meant_by
from exchange.students.models import Student
from exchange.students.service.traces import Trace, Undone
from exchange.students.values import MEMBER_COLUMNS, Values, member_of, values_of

GIVEN = {"student_no", "class_name", "major", "entry_month", "national"}
"""What a new record has although the sheet does not say it."""


def obstacles(portions: Iterable[Sequence[ImportRow]]) -> Iterator[Obstacle]:
    """What depends on the written students or has changed them since, in the order in which they are undone."""
    undone: Undone = {}
    for rows in portions:
        present = _students(rows)
        created = [row.record_id for row in rows if row.outcome is Outcome.NEW and row.record_id]
        hanging = queries.dependents_of(created)
        for row in rows:
            if sentence := _obstacle(row, present, hanging, undone):
                yield Obstacle(row, sentence)
            service.note_undone(_family(row), undone)


def take_back(rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
    """Restore what was changed and remove who was created."""
    source = {"import": import_id}
    changed = [row for row in rows if row.outcome is Outcome.CHANGED]
    present = _students(changed)
    restored = []
    for row in changed:
        if row.record_id in present:
            student = present[row.record_id]
            values = with_side(values_of(student), row.changes, which=0)
            school_class = _class(values["class_name"])
            service.restore_student(student, values, row.before or {}, school_class=school_class, by=by)
            changes = {field: [new, old] for field, (old, new) in row.changes.items()}
            restored.append((student.id, {**source, **changes}))
    db.session.flush()
    service.record_changes(StudentEvent.RESTORED, restored, by=by)
    created = [row.record_id for row in rows if row.outcome is Outcome.NEW and row.record_id]
    service.remove_students(created, by=by, source=source)


def _class(name: str) -> SchoolClass:
    found = programmes.find_class(name)
    if found is None:
        raise NotPossible(_("没有名为“%(name)s”的班级。", name=name))
    return found


def _students(rows: Sequence[ImportRow]) -> dict[int, Student]:
    ids = [row.record_id for row in rows if row.record_id]
    return {student.id: student for student in students_with_everything(ids)}


def _obstacle(row: ImportRow, present: Mapping[int, Student], hanging: Mapping[int, list[str]], undone: Undone) -> str:
    student = present.get(row.record_id or 0)
    if student is None:
        return str(_("记录已不在。"))
    if things := hanging.get(student.id):
        return str(_("%(name)s已有%(things)s。", name=student.name, things=listed(things)))
    if field := _changed_since(row, student, undone):
        return str(_("%(name)s的“%(field)s”后来又改过。", name=student.name, field=label_of(field)))
    if named := _hanging_on_guardians(row, student):
        return str(_("这次导入给%(name)s登记的监护人已有%(things)s。", name=student.name, things=named))
    if "entry_month" in row.changes and with_history([student.id]):
        return str(_("%(name)s已有学籍异动，入学年月不能再改。", name=student.name))
    return ""


def _changed_since(row: ImportRow, student: Student, undone: Undone) -> str:
    """A field that is no longer as the row has written it."""
    values = values_of(student)
    if row.outcome is Outcome.NEW:
        written = dict.fromkeys(values.keys() - GIVEN) | row.values
        if not _has_family(student, written.pop("guardians", None) or [], undone):
            return "guardians"
        others = differing(values, written)
        return others[0] if others else ""
    written = {field: new for field, (_old, new) in row.changes.items() if field != "guardians"}
    if others := differing(values, written):
        return others[0]
    return "" if service.still_stands(student, _family(row), undone) else "guardians"


def _has_family(student: Student, written: Sequence[Values], undone: Undone) -> bool:
    """Whether these are the guardians, but for what later rows have said of a person; that was looked at with them."""
    standing = [each for each in student.guardianships if each.until is None]
    present = [member_of(each) for each in standing]
    pairs = zip(meant_by(written, present), written, strict=True)
    found = [(standing[place], present[place], member) for place, member in pairs if place is not None]
    if not len(found) == len(present) == len(written):
        return False
    for guardianship, now, member in found:
        columns = undone.get(str(guardianship.guardian_id), {})
        fields = {*member, *now} - columns.keys()
        if "details" in columns:
            fields &= MEMBER_COLUMNS
        if any(member.get(field) != now.get(field) for field in fields):
            return False
    return True


def _family(row: ImportRow) -> Trace:
    return (row.before or {}).get("family", {})


def _hanging_on_guardians(row: ImportRow, student: Student) -> str:
    """What hangs on the guardians whom the row has brought, each with the name."""
    brought = [each for each in student.guardianships if each.until is None]
    if row.outcome is Outcome.CHANGED:
        brought = [each for each in brought if str(each.guardian_id) in _family(row).get("came", {})]
    found = [(each.guardian.name, queries.hanging_on(each)) for each in brought]
    return "；".join(f"{name}（{listed(things)}）" for name, things in found if things)
