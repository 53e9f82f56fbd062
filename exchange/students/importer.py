"""Brings rosters into the database: what ``imports`` asks of a feature, for students."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import Model, db, today
from exchange.core.errors import NotPossible, UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.masking import mask_name, mask_phone, mask_resident_id
from exchange.core.spreadsheets import Sheet
from exchange.imports.importer import Note, Progress, Reading, ReviewedRow, Written
from exchange.imports.models import ImportRow, Outcome
from exchange.programmes import queries as programmes
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import find_area
from exchange.students import queries, service
from exchange.students.events import StudentEvent
from exchange.students.known import DatabaseKnown, students_by_id, with_everything
from exchange.students.models import Student
from exchange.students.roster import ReviewedRow as RosterRow
from exchange.students.roster import RosterReader
from exchange.students.roster.columns import BY_FIELD
from exchange.students.roster.header import OURS
from exchange.students.roster.messages import CODES, Finding, speak
from exchange.students.values import Values, merged_members, values_of

OFFERED = 60
LENGTHS = {"name": 100, "student_no": 20}
MEMBER_LENGTHS = {"name": 100, "relation": 30}
REQUIRED = ("resident_id", "name", "sex", "birth_date")
HIDDEN = {"hardship"}
GROUPS = {"guardians": _("监护人"), "national": _("其他栏目")}
MASKED = {"resident_id": mask_resident_id, "phone": mask_phone, "home_phone": mask_phone, "home_address": mask_name}
# What only a commit can find, because the records have moved on since the review.
AT_COMMIT = {
    "record.changed_meanwhile": _("复核以后，有人改过这名学生的“%(field)s”。重新导入这一行。"),
    "record.entered_meanwhile": _("复核以后，有人已录入这名学生，内容不完全一样。重新导入这一行。"),
    "record.gone": _("复核以后，这名学生的记录已不在。重新导入这一行。"),
    "record.incomplete": _("没有%(field)s，不能建立记录。补上后再导入。"),
    "value.too_long": _("“%(field)s”超过 %(length)s 个字。缩短后再导入。"),
    "student_no.taken": _("学号 %(number)s 已有别的学生在用。改正后再导入。"),
}


class RosterImporter:
    """The national sheet and freely headed sheets of students with their guardians."""

    label = _("学生名册")
    model: type[Model] = Student

    def check_target(self, target: str) -> None:
        if target and programmes.find_class(target) is None:
            raise UsageProblem(_("没有名为“%(name)s”的班级。", name=target))

    def targets(self) -> list[str]:
        return [school_class.name for school_class in db.session.scalars(programmes.classes().limit(OFFERED))]

    def senders(self) -> list[str]:
        return [f"{area.name}教育局" for code in queries.counties_of_origin() if (area := find_area(code))]

    def fields(self) -> Mapping[str, str]:
        return {field: column.heading for field, column in BY_FIELD.items()}

    def read(
        self,
        sheets: Sequence[Sheet],
        *,
        target: str,
        mapping: Mapping[str, str],
        remembered: Mapping[str, str],
        progress: Progress | None,
    ) -> Reading:
        reader = RosterReader(sheets, target or None, DatabaseKnown(), today(), mapping, remembered, progress)
        head = reader.head
        return Reading(
            sheet=head.sheet.name,
            columns=head.columns,
            remembered=head.remembered,
            unmapped=head.unmapped,
            ignored=[heading for heading in head.ignored if heading not in OURS],
            other_sheets=reader.other_sheets,
            rows=_reviewed(reader.rows()),
        )

    def commit(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> list[Written]:
        return Commit(rows, import_id=import_id, by=by).run()

    def obstacles(self, rows: Sequence[ImportRow]) -> list[str]:
        present = _students(rows)
        hanging = queries.dependents_of([row.record_id for row in rows if row.outcome is Outcome.NEW and row.record_id])
        return [sentence for row in rows if (sentence := _obstacle(row, present, hanging))]

    def undo(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
        source = {"import": import_id}
        changed = [row for row in rows if row.outcome is Outcome.CHANGED]
        present = _students(changed)
        restored = []
        for row in changed:
            if row.record_id in present:
                student = present[row.record_id]
                values = _with(values_of(student), row.changes, which=0)
                service.change_student(student, values, school_class=self._class(values["class_name"]))
                changes = {field: [new, old] for field, (old, new) in row.changes.items()}
                restored.append((student.id, {**source, **changes}))
        db.session.flush()
        service.record_changes(StudentEvent.RESTORED, restored, by=by)
        created = [row.record_id for row in rows if row.outcome is Outcome.NEW and row.record_id]
        service.remove_students(created, by=by, source=source)

    def _class(self, name: str) -> SchoolClass:
        found = programmes.find_class(name)
        if found is None:
            raise NotPossible(_("没有名为“%(name)s”的班级。", name=name))
        return found

    def speak(self, sentence: str, params: Mapping[str, Any]) -> str:
        if sentence in AT_COMMIT:
            return str(AT_COMMIT[sentence]) % params
        return speak(sentence, dict(params))

    def title(self, values: Mapping[str, Any]) -> tuple[str, str]:
        return values.get("name", ""), mask_resident_id(values.get("resident_id", ""))

    def describe(self, changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        described = []
        for field, (old, new) in changes.items():
            if field == "national":
                described += [(heading, old.get(heading, ""), text) for heading, text in new.items()]
            elif field == "guardians":
                described.append((_label(field), _people(old), _people(new)))
            else:
                described.append((_label(field), _shown(field, old), _shown(field, new)))
        return described


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
        self.claimed: set[str] = set()

    def run(self) -> list[Written]:
        """New students in one go, changed ones each; one answer per row."""
        answers = {row.number: self._answer(row) for row in self.rows}
        new = [row for row in self.rows if answers[row.number] is None and row.outcome is Outcome.NEW]
        people = [service.NewStudent(row.values, self.classes[row.values["class_name"]]) for row in new]
        ids = service.create_students(people, by=self.by, source=self.source)
        created = {row.number: Written(student_id) for row, student_id in zip(new, ids, strict=True)}
        changing = [row for row in self.rows if answers[row.number] is None and row.outcome is Outcome.CHANGED]
        changed = {row.number: self._change(row) for row in changing}
        db.session.flush()
        lines = [(changed[row.number], {**self.source, **row.changes}) for row in changing]
        service.record_changes(StudentEvent.CHANGED, lines, by=self.by)
        written = created | {number: Written(student_id) for number, student_id in changed.items()}
        return [answers[row.number] or written[row.number] for row in self.rows]

    def _answer(self, row: ImportRow) -> Written | None:
        """None where the row can be written; otherwise why not, or that nothing is left to do."""
        values = self.present_values.get(row.values.get("resident_id", ""))
        if refusal := _unfit(row.values) or self._number_conflict(row):
            return Written(None, refusal)
        if row.values["class_name"] not in self.classes:
            return Written(None, _note("class_name", "class.unknown_in_system", written=row.values["class_name"]))
        if row.outcome is Outcome.NEW:
            return None if values is None else self._entered_meanwhile(row, values)
        if values is None:
            return Written(None, _note("resident_id", "record.gone"))
        for field, (old, new) in row.changes.items():
            if _part(values, field, new) not in (_plain(old), _plain(new)):
                return Written(None, _note(field, "record.changed_meanwhile", field=_label(field)))
        return None

    def _entered_meanwhile(self, row: ImportRow, present: Values) -> Written:
        if present["name"] != row.values["name"]:
            return Written(None, _note("resident_id", "id.belongs_to_other", name=present["name"]))
        differing = _differing(present, row.values)
        return Written(None, _note("resident_id", "record.entered_meanwhile") if differing else None)

    def _number_conflict(self, row: ImportRow) -> Note | None:
        number = row.values.get("student_no")
        own = self.present.get(row.values.get("resident_id", ""))
        if not number:
            return None
        if number in self.claimed or (number in self.taken and self.taken[number] != (own.id if own else None)):
            return _note("student_no", "student_no.taken", number=number)
        self.claimed.add(number)
        return None

    def _change(self, row: ImportRow) -> int:
        student = self.present[row.values["resident_id"]]
        values = _with(self.present_values[row.values["resident_id"]], row.changes, which=1)
        service.change_student(student, values, school_class=self.classes[values["class_name"]])
        return student.id


def _reviewed(rows: Iterator[RosterRow]) -> Iterator[ReviewedRow]:
    for row in rows:
        notes = [_stored(finding) for finding in row.findings]
        outcome, changes = Outcome(row.outcome.value), {field: list(pair) for field, pair in row.changes.items()}
        if outcome is Outcome.CHANGED and "guardians" in changes:
            outcome = _merge_guardians(row.values, changes)
        if outcome is not Outcome.REJECTED and (unfit := _unfit(row.values)):
            outcome, changes = Outcome.REJECTED, {}
            notes.insert(0, unfit)
        yield ReviewedRow(row.number, outcome, row.values, changes, notes, row.written)


def _merge_guardians(values: dict[str, Any], changes: dict[str, Any]) -> Outcome:
    old, new = changes["guardians"]
    merged = merged_members(old or [], new)
    values["guardians"] = merged
    if merged == (old or []):
        del changes["guardians"]
    else:
        changes["guardians"] = [old, merged]
    return Outcome.CHANGED if changes else Outcome.UNCHANGED


def _stored(finding: Finding) -> Note:
    return {
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "params": finding.params,
    }


def _note(field: str, sentence: str, /, **params: str | int) -> Note:
    """A finding of our own, under the national heading."""
    code = Finding(0, "", sentence, params).code if sentence in CODES else sentence
    return {"column": _label(field), "code": code, "severity": "error", "sentence": sentence, "params": params}


def _unfit(values: Mapping[str, Any]) -> Note | None:
    """What the table cannot hold."""
    for field in REQUIRED:
        if not values.get(field):
            return _note(field, "record.incomplete", field=_label(field))
    for field, length in LENGTHS.items():
        if len(str(values.get(field, ""))) > length:
            return _note(field, "value.too_long", field=_label(field), length=length)
    for place, member in enumerate(values.get("guardians") or (), start=1):
        for field, length in MEMBER_LENGTHS.items():
            if len(member.get(field, "")) > length:
                name = f"guardian{place}_{field}"
                return _note(name, "value.too_long", field=_label(name), length=length)
    return None


def _label(field: str) -> str:
    return BY_FIELD[field].heading if field in BY_FIELD else str(GROUPS.get(field, field))


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
    if differing := _differing(values_of(student), written):
        told = {"row": row.number, "name": student.name, "field": _label(differing[0])}
        return str(_("第 %(row)s 行：%(name)s的“%(field)s”后来又改过。", **told))
    return ""


def _differing(present: Mapping[str, Any], written: Mapping[str, Any]) -> list[str]:
    """The fields in which the record is not what was written."""
    return [
        field
        for field, new in written.items()
        if field != "name_as_written" and _part(present, field, new) != _plain(new)
    ]


def _part(values: Mapping[str, Any], field: str, new: Any) -> Any:
    """What the record says now of a field; of the leftover columns only those in question."""
    value = values.get(field)
    if field == "national":
        return {heading: (value or {}).get(heading, "") for heading in new or {}}
    return _plain(value)


def _plain(value: Any) -> Any:
    """As JSON has it: tuples are lists, and nothing is nothing."""
    return json.loads(json.dumps(value)) if value not in ("", [], {}) else None


def _with(values: Values, changes: Mapping[str, Any], *, which: int) -> Values:
    """The values with the old (0) or the new (1) side of the changes."""
    result = dict(values)
    for field, pair in changes.items():
        if field == "national":
            result[field] = {k: v for k, v in {**values.get(field, {}), **pair[which]}.items() if v}
        elif pair[which] in (None, "", []):
            result.pop(field, None)
        else:
            result[field] = pair[which]
    return result


def _shown(field: str, value: Any) -> str:
    if field in HIDDEN:
        return "***" if value else ""
    return MASKED.get(field, str)(value) if value else ""


def _people(members: Sequence[Values] | None) -> str:
    people = (f"{member.get('name', '')} {mask_phone(member.get('phone', ''))}" for member in members or ())
    return "、".join(map(str.strip, people))
