"""Taking written rows back out of the register, and what stands in the way."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.errors import NotPossible
from exchange.core.i18n import _, listed
from exchange.imports.models import ImportRow, Outcome
from exchange.programmes import queries as programmes
from exchange.programmes.models import SchoolClass
from exchange.students import queries, service
from exchange.students.events import StudentEvent
from exchange.students.importer.comparing import differing, with_side
from exchange.students.importer.wording import label_of
from exchange.students.known import with_everything
from exchange.students.models import Student
from exchange.students.values import values_of


def obstacles(rows: Sequence[ImportRow]) -> list[str]:
    """Sentences: what depends on the written students or has changed them since."""
    present = _students(rows)
    hanging = queries.dependents_of([row.record_id for row in rows if row.outcome is Outcome.NEW and row.record_id])
    return [sentence for row in rows if (sentence := _obstacle(row, present, hanging))]


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
            service.change_student(student, values, school_class=_class(values["class_name"]))
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
    found = db.session.scalars(with_everything(select(Student).where(Student.id.in_(ids)))).unique()
    return {student.id: student for student in found}


def _obstacle(row: ImportRow, present: Mapping[int, Student], hanging: Mapping[int, list[str]]) -> str:
    student = present.get(row.record_id or 0)
    if student is None:
        return str(_("第 %(row)s 行：记录已不在。", row=row.number))
    if things := hanging.get(student.id):
        told = {"row": row.number, "name": student.name, "things": listed(things)}
        return str(_("第 %(row)s 行：%(name)s已有%(things)s。", **told))
    written = row.values if row.outcome is Outcome.NEW else {field: new for field, (_old, new) in row.changes.items()}
    if others := differing(values_of(student), written):
        told = {"row": row.number, "name": student.name, "field": label_of(others[0])}
        return str(_("第 %(row)s 行：%(name)s的“%(field)s”后来又改过。", **told))
    return ""
