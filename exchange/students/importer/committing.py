"""Reviewed rows on their way into the register."""

from collections.abc import Sequence

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.imports.importer import Note, Written
from exchange.imports.models import ImportRow, Outcome
from exchange.programmes import queries as programmes
from exchange.students import queries, service
from exchange.students.events import StudentEvent
from exchange.students.history import with_history
from exchange.students.importer.comparing import differing, part, plain, with_side
from exchange.students.importer.notes import note, unfit
from exchange.students.importer.wording import label_of
from exchange.students.known import students_by_id, students_with_everything
from exchange.students.members import carried_over, overtaken
from exchange.students.models import Student
from exchange.students.values import Values, values_of


class Commit:
    """One portion of rows on its way into the database."""

    def __init__(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
        self.rows, self.by, self.source = rows, by, {"import": import_id}
        self.present = students_by_id(row.values.get("resident_id", "") for row in rows)
        self.present_values = {number: values_of(student) for number, student in self.present.items()}
        names = {row.values.get("class_name", "") for row in rows} | {
            values["class_name"] for values in self.present_values.values()
        }
        self.classes = {school_class.name: school_class for school_class in programmes.classes_named(names)}
        numbers = [row.values["student_no"] for row in rows if row.values.get("student_no")]
        self.taken = queries.taken_numbers(numbers)
        moved = [row.values["resident_id"] for row in rows if "entry_month" in row.changes]
        self.settled = with_history([self.present[number].id for number in moved if number in self.present])
        self.claimed: set[str] = set()

    def run(self) -> list[Written]:
        """New students in one go, changed ones each; one answer per row."""
        answers = {row.id: self._answer(row) for row in self.rows}
        new = [row for row in self.rows if answers[row.id] is None and row.outcome is Outcome.NEW]
        people = [service.NewStudent(row.values, self.classes[row.values["class_name"]]) for row in new]
        ids = service.create_students(people, by=self.by, source=self.source)
        created = dict(zip((row.id for row in new), self._created(new, ids), strict=True))
        changing = [row for row in self.rows if answers[row.id] is None and row.outcome is Outcome.CHANGED]
        changed = {row.id: self._change(row) for row in changing}
        db.session.flush()
        lines = [(self._present(row).id, {**self.source, **row.changes}) for row in changing]
        service.record_changes(StudentEvent.CHANGED, lines, by=self.by)
        return [answers[row.id] or (created | changed)[row.id] for row in self.rows]

    def _answer(self, row: ImportRow) -> Written | None:
        """None where the row can be written; otherwise why not, or that nothing is left to do."""
        values = self.present_values.get(row.values.get("resident_id", ""))
        if refusal := unfit(row.values) or self._number_conflict(row):
            return Written(None, refusal)
        if row.values["class_name"] not in self.classes:
            return Written(None, note("class_name", "class.unknown_in_system", written=row.values["class_name"]))
        if row.outcome is Outcome.NEW:
            return None if values is None else self._entered_meanwhile(row, values)
        if values is None:
            return Written(None, note("resident_id", "record.gone"))
        for field, (old, new) in row.changes.items():
            if field == "guardians":
                moved_on = overtaken(values.get(field, []), old or [], new)
            else:
                moved_on = part(values, field, new) not in (plain(old), plain(new))
            if moved_on:
                return Written(None, note(field, "record.changed_meanwhile", field=label_of(field)))
        if "entry_month" in row.changes and self.present[row.values["resident_id"]].id in self.settled:
            return Written(None, note("entry_month", "record.has_history"))
        return None

    def _entered_meanwhile(self, row: ImportRow, present: Values) -> Written:
        if present["name"] != row.values["name"]:
            return Written(None, note("resident_id", "id.belongs_to_other", name=present["name"]))
        differs = differing(present, row.values)
        return Written(None, note("resident_id", "record.entered_meanwhile") if differs else None)

    def _number_conflict(self, row: ImportRow) -> Note | None:
        number = row.values.get("student_no")
        own = self.present.get(row.values.get("resident_id", ""))
        if not number:
            return None
        if number in self.claimed or (number in self.taken and self.taken[number] != (own.id if own else None)):
            return note("student_no", "student_no.taken", number=number)
        self.claimed.add(number)
        return None

    def _change(self, row: ImportRow) -> Written:
        student = self._present(row)
        values = with_side(self.present_values[row.values["resident_id"]], row.changes, which=1)
        family = values_of(student).get("guardians", [])
        old, new = row.changes.get("guardians") or ([], [])
        values["guardians"] = carried_over(family, old or [], new)
        school_class = self.classes[values["class_name"]]
        before = service.change_student(student, values, school_class=school_class, by=self.by)
        return Written(student.id, before=before)

    def _present(self, row: ImportRow) -> Student:
        return self.present[row.values["resident_id"]]

    def _created(self, rows: Sequence[ImportRow], ids: Sequence[int]) -> list[Written]:
        """Of guardians who are known the sheet says nothing new: what was written is then what they are."""
        unlike = queries.with_shared_guardians(ids) | {
            student_id for row, student_id in zip(rows, ids, strict=True) if _names_one_twice(row.values)
        }
        families = {each.id: values_of(each).get("guardians", []) for each in students_with_everything(unlike)}
        return [
            Written(each, values={**row.values, "guardians": families[each]} if each in families else None)
            for row, each in zip(rows, ids, strict=True)
        ]


def _names_one_twice(values: Values) -> bool:
    numbers = [member["resident_id"] for member in values.get("guardians") or () if member.get("resident_id")]
    return len(set(numbers)) < len(numbers)
