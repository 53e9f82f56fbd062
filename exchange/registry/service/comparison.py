"""One file of the registry beside our records: who is who, and what differs."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select

from exchange.core.database import db, now, today
from exchange.core.encryption import blind_index
from exchange.reference.registration import registration_batch
from exchange.registry.differences import Difference, aligned, differences, number_difference
from exchange.registry.models import Discrepancy, Reconciliation, SubmittedRecord
from exchange.registry.reading import RegistryRow
from exchange.registry.records import Cells, NationalRecord, portions, records_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.registry.service.findings import WHOLE, Findings, in_portions
from exchange.registry.service.missing import end_strangers, looks_partial, note_missing, subject_of
from exchange.registry.values import DifferenceKind
from exchange.students.models import ON_ROLL, Student
from exchange.students.values import index_of

COUNTED = (
    *("rows", "repeated", "matched", "equal", "new", "reopened", "gone"),
    *("missing_there", "missing_here", "not_sent", "late"),
)


class Comparison:
    """One run through a file: portions of rows, then what is left on either side."""

    def __init__(self, run: Reconciliation, headings: Sequence[str]) -> None:
        self.run, self.at = run, now()
        self.columns = [heading for heading in headings if heading != NATIONAL_NUMBER]
        self.has_numbers = NATIONAL_NUMBER in headings
        self.headings = {*headings, WHOLE}
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.findings = Findings(run, self.counts, at=self.at)
        self.matched: set[int] = set()
        self.unknown: list[RegistryRow] = []
        self.missing: list[int] = []

    def take(self, rows: Sequence[RegistryRow]) -> None:
        """Match by resident ID, then by the one inside the national number; the others wait for the end."""
        self.counts["rows"] += len(rows)
        self.counts["repeated"] += sum(row.is_repeated for row in rows)
        rows = [row for row in rows if not row.is_repeated]
        by_index = _students_with({number for row in rows for number in (row.resident_id, *_inside(row)) if number})
        pairs = []
        for row in rows:
            numbers = (row.resident_id, *_inside(row))
            ours = next((by_index[number] for number in numbers if number in by_index), None)
            if ours is None or ours.student_id in self.matched:
                self.unknown.append(row)
            else:
                self.matched.add(ours.student_id)
                pairs.append((ours, row))
        self._compare(pairs)

    def end(self) -> None:
        """Match what is left by national number alone; then note who is missing on either side."""
        by_number = {row.national_student_no: row for row in self.unknown if row.national_student_no}
        students = select(Student).where(Student.status.in_(ON_ROLL))
        if self.run.school_class:
            students = students.where(Student.school_class_id == self.run.school_class.id)
        for records in portions(students):
            alone = [each for each in records if each.student_id not in self.matched]
            found = [each for each in alone if each.national_student_no in by_number]
            pairs = [(each, by_number.pop(each.national_student_no)) for each in found]
            self.matched |= {each.student_id for each in found}
            taken = {id(row) for _ours, row in pairs}
            self.unknown = [row for row in self.unknown if id(row) not in taken]
            self._compare(pairs)
            self._sort_missing([each for each in alone if each.student_id not in self.matched])
        self._note_missing_here()
        self._note_missing_there()

    def _compare(self, pairs: Sequence[tuple[NationalRecord, RegistryRow]]) -> None:
        if not pairs:
            return
        sent = _sent({ours.student_id for ours, _row in pairs})
        found: dict[str, list[Difference]] = {}
        subjects: dict[str, int | None] = {}
        for ours, row in pairs:
            base = sent.get(ours.student_id)
            differing = self._differences(ours, base.cells if base else None, row)
            self.counts["matched"] += 1
            self.counts["equal"] += not differing
            found[subject_of(ours.student_id)] = differing
            subjects[subject_of(ours.student_id)] = ours.student_id
            if base and row.national_student_no and base.confirmed_at is None:
                base.confirmed_at = self.at
        strangers = [_stranger(row.resident_id) for _ours, row in pairs if row.resident_id]
        self.findings.follow(found, subjects, covered=self.headings)
        self.findings.end(Discrepancy.subject.in_(strangers), WHOLE)

    def _differences(self, ours: NationalRecord, base: Cells | None, row: RegistryRow) -> list[Difference]:
        theirs = aligned(row.cells, ours.cells)
        differing = differences(ours.cells, base, theirs, self.columns)
        if self.has_numbers:
            number = number_difference(NATIONAL_NUMBER, ours.national_student_no, row.national_student_no)
            differing += [number] if number else []
        if not ours.on_roll:
            differing.append(Difference(WHOLE, DifferenceKind.MISSING_HERE, "", None, ""))
        return differing

    def _sort_missing(self, alone: Sequence[NationalRecord]) -> None:
        """Whoever was sent or has a number should stand in the file; whom nobody has sent yet is only counted."""
        sent = _sent({each.student_id for each in alone})
        expected = [each for each in alone if each.student_id in sent or each.national_student_no]
        self.missing += [each.student_id for each in expected]
        unsent = [each for each in alone if each.student_id not in sent and not each.national_student_no]
        self.counts["not_sent"] += len(unsent)
        self.counts["late"] += sum(registration_batch(each.enrolled_on).days_left(today()) < 0 for each in unsent)
        self.findings.follow({}, {subject_of(each.student_id): each.student_id for each in unsent}, covered={WHOLE})

    def _note_missing_there(self) -> None:
        """At once, or after somebody has said that the file holds everybody."""
        self.counts["missing_there"] = len(self.missing)
        if looks_partial(len(self.missing), self.counts["matched"]):
            self.run.missing, self.run.is_whole = self.missing, None
        else:
            note_missing(self.findings, self.missing)
            end_strangers(self.findings, self.run)

    def _note_missing_here(self) -> None:
        people = {_stranger(row.resident_id or row.national_student_no or str(row.number)): row for row in self.unknown}
        self.counts["missing_here"] = len(people)
        difference = [Difference(WHOLE, DifferenceKind.MISSING_HERE, "", None, "")]
        self.findings.follow(dict.fromkeys(people, difference), {}, covered={WHOLE}, people=people)


def _inside(row: RegistryRow) -> tuple[str, ...]:
    """The resident ID of which the national student number is made."""
    number = row.national_student_no
    return (number[1:],) if number.startswith("G") else ()


def _students_with(numbers: set[str]) -> dict[str, NationalRecord]:
    found: dict[str, NationalRecord] = {}
    for some in in_portions(sorted(numbers)):
        wanted: Select[Student] = select(Student).where(
            Student.resident_id_index.in_([index_of(each) for each in some])
        )
        found |= {str(each.values["resident_id"]): each for each in records_of(wanted)}
    return found


def _sent(student_ids: Iterable[int]) -> dict[int, SubmittedRecord]:
    latest = select(SubmittedRecord).where(SubmittedRecord.student_id.in_(list(student_ids)), SubmittedRecord.is_latest)
    return {each.student_id: each for each in db.session.scalars(latest)}


def _stranger(number: str) -> str:
    return blind_index(number, "registry.person")
