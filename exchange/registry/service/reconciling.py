"""Comparing our records with a file of the registry, and following every difference until it is gone.

Each portion of rows stands for itself and is keyed by student and column: a comparison that was interrupted begins
again and finds what it has already noted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, insert, select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, now, today
from exchange.core.encryption import blind_index
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.storage import store
from exchange.jobs.service import enqueue
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import registration_batch
from exchange.registry.differences import Difference, aligned, differences, number_difference
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Discrepancy, Reconciliation, SubmittedRecord
from exchange.registry.reading import RegistryFile, RegistryRow
from exchange.registry.records import PORTION, Cells, NationalRecord, portions, records_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.registry.service.tallies import recount
from exchange.registry.values import Decision, DifferenceKind, DiscrepancyStatus, RunStatus
from exchange.students.models import ON_ROLL, Student
from exchange.students.values import index_of

TASK = "registry.reconcile"
WHOLE = ""  # the heading of a difference about the whole record
LONGEST_NAME = 255
COUNTED = (
    *("rows", "repeated", "matched", "equal", "new", "reopened", "gone"),
    *("missing_there", "missing_here", "not_sent"),
)
SUFFIXES = (".xlsx", ".xls", ".csv")
Progress = Callable[[int, int], None]
Is = DiscrepancyStatus


def upload(
    content: bytes, *, filename: str, school_class: SchoolClass | None = None, by: User | None
) -> Reconciliation:
    """Keep the file, encrypted, until it is compared. Raises ``UsageProblem`` for a file of a wrong type."""
    if not filename.lower().endswith(SUFFIXES):
        raise UsageProblem(_("只能读取 .xlsx、.xls 和 .csv 文件。"))
    run = Reconciliation(
        filename=filename[-LONGEST_NAME:],
        upload=store().put(content, suffix=".upload"),
        school_class=school_class,
        actor_id=by.id if by else None,
    )
    db.session.add(run)
    record(RegistryEvent.RECONCILIATION_REQUESTED, run, by=by, filename=run.filename)
    return run


def start(run: Reconciliation, *, by: User | None) -> None:
    """Let a job compare."""
    run.job_id = enqueue(TASK, by=by, run_id=run.id).id
    db.session.flush()


def reconcile(run: Reconciliation, *, by: User | None, progress: Progress | None = None) -> None:
    """Compare every row with our records and what we last sent. Raises ``UsageProblem`` for a file without a head."""
    if run.status is not RunStatus.READING:
        return
    file = RegistryFile(store().get(run.upload), run.filename, today(), progress)
    comparison = Comparison(run, file.headings)
    portion: list[RegistryRow] = []
    for row in file.rows():
        portion.append(row)
        if len(portion) == PORTION:
            comparison.take(portion)
            portion = []
    comparison.take(portion)
    comparison.end()
    run.headings, run.unmapped, run.counts = file.headings, file.unmapped, dict(comparison.counts)
    recount(None)  # records were confirmed
    run.status, run.error, run.finished_at = RunStatus.DONE, "", now()
    forget_file(run)
    record(RegistryEvent.RECONCILIATION_DONE, run, by=by, counts=run.counts)


def note_failure(run: Reconciliation, sentence: str, *, by: User | None) -> None:
    """After a refusal: why nothing was compared."""
    run.status, run.error = RunStatus.FAILED, sentence
    forget_file(run)
    record(RegistryEvent.RECONCILIATION_FAILED, run, by=by, reason=sentence)


def forget_file(run: Reconciliation) -> None:
    """The file is a copy of the registry: what differs is kept, the rest is nobody's business here."""
    if run.upload:
        store().delete(run.upload)
        run.upload = ""


class Comparison:
    """One run through a file: portions of rows, then what is left on either side."""

    def __init__(self, run: Reconciliation, headings: Sequence[str]) -> None:
        self.run, self.at = run, now()
        self.columns = [heading for heading in headings if heading != NATIONAL_NUMBER]
        self.has_numbers = NATIONAL_NUMBER in headings
        self.headings = {*headings, WHOLE}
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.matched: set[int] = set()
        self.unknown: list[RegistryRow] = []

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
            self._note_missing_there([each for each in alone if each.student_id not in self.matched])
        self._note_missing_here()

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
            found[_subject(ours.student_id)] = differing
            subjects[_subject(ours.student_id)] = ours.student_id
            if base and row.national_student_no and base.confirmed_at is None:
                base.confirmed_at = self.at
        strangers = [_stranger(row.resident_id) for _ours, row in pairs if row.resident_id]
        self._follow(found, subjects, covered=self.headings)
        self._end_of(Discrepancy.subject.in_(strangers), WHOLE)

    def _differences(self, ours: NationalRecord, base: Cells | None, row: RegistryRow) -> list[Difference]:
        theirs = aligned(row.cells, ours.cells)
        differing = differences(ours.cells, base, theirs, self.columns)
        if self.has_numbers:
            number = number_difference(NATIONAL_NUMBER, ours.national_student_no, row.national_student_no)
            differing += [number] if number else []
        if not ours.on_roll:
            differing.append(Difference(WHOLE, DifferenceKind.MISSING_HERE, "", None, ""))
        return differing

    def _note_missing_there(self, alone: Sequence[NationalRecord]) -> None:
        """Whoever was sent, has a number or is late should stand in the file; the others are only counted."""
        sent = _sent({each.student_id for each in alone})
        found: dict[str, list[Difference]] = {}
        for each in alone:
            late = registration_batch(each.enrolled_on).days_left(today()) < 0
            if each.student_id in sent or each.national_student_no or late:
                found[_subject(each.student_id)] = [Difference(WHOLE, DifferenceKind.MISSING_THERE, "", None, "")]
            else:
                self.counts["not_sent"] += 1
        self.counts["missing_there"] += len(found)
        self._follow(found, {_subject(each.student_id): each.student_id for each in alone}, covered={WHOLE})

    def _note_missing_here(self) -> None:
        people = {_stranger(row.resident_id or row.national_student_no or str(row.number)): row for row in self.unknown}
        self.counts["missing_here"] = len(people)
        difference = [Difference(WHOLE, DifferenceKind.MISSING_HERE, "", None, "")]
        self._follow(dict.fromkeys(people, difference), {}, covered={WHOLE}, people=people)
        if self.run.school_class is None:
            stale = (Discrepancy.student_id.is_(None)) & (Discrepancy.seen_in_id != self.run.id)
            self._end_of(stale, WHOLE)

    def _follow(
        self,
        found: Mapping[str, Sequence[Difference]],
        subjects: Mapping[str, int | None],
        *,
        covered: set[str],
        people: Mapping[str, RegistryRow] | None = None,
    ) -> None:
        """Note new differences, bring known ones up to date, and close those of the covered columns that are gone."""
        known = {
            (each.subject, each.heading): each
            for subjects_at_once in _portions(sorted({*found, *subjects}))
            for each in db.session.scalars(select(Discrepancy).where(Discrepancy.subject.in_(subjects_at_once)))
        }
        new = []
        for subject, differing in found.items():
            for difference in differing:
                present = known.pop((subject, difference.heading), None)
                if present is None:
                    new.append(self._row(subject, subjects.get(subject), difference, (people or {}).get(subject)))
                else:
                    self._still_there(present, difference)
        for (_subject, heading), each in known.items():
            if heading in covered and each.status is not Is.GONE:
                self._close(each)
        if new:
            db.session.execute(insert(Discrepancy), new)
        self.counts["new"] += len(new)
        db.session.flush()

    def _still_there(self, present: Discrepancy, difference: Difference) -> None:
        """A decision that led to nothing is open again; what is to be left alone stays so while it is the same."""
        before = (present.ours or "", present.theirs or "")
        present.seen_in_id, present.kind = self.run.id, difference.kind
        present.ours, present.submitted, present.theirs = difference.ours, difference.submitted, difference.theirs
        if present.status is Is.OPEN:
            return
        if present.status is Is.IGNORED and before == (difference.ours, difference.theirs):
            return
        if present.status is Is.GONE:
            present.opened_at, present.gone_at, present.decision, present.reason = self.at, None, None, None
        present.status = Is.OPEN
        present.reopened += 1
        self.counts["reopened"] += 1

    def _close(self, each: Discrepancy) -> None:
        each.status, each.gone_at = Is.GONE, self.at
        self.counts["gone"] += 1

    def _end_of(self, condition: Any, heading: str) -> None:
        ended = select(Discrepancy).where(condition, Discrepancy.heading == heading, Discrepancy.status != Is.GONE)
        for each in db.session.scalars(ended):
            self._close(each)

    def _row(
        self, subject: str, student_id: int | None, difference: Difference, row: RegistryRow | None
    ) -> dict[str, Any]:
        return {
            "subject": subject,
            "student_id": student_id,
            "heading": difference.heading,
            "kind": difference.kind,
            "ours": difference.ours,
            "submitted": difference.submitted,
            "theirs": difference.theirs,
            "person": _person(row) if row else None,
            "status": Is.OPEN,
            "opened_at": self.at,
            "reopened": 0,
            "seen_in_id": self.run.id,
            "version": 1,
        }


def suggestion(kind: DifferenceKind) -> Decision:
    """What is usually done: whoever moved is right."""
    takes_over = {DifferenceKind.NUMBER, DifferenceKind.ONLY_THEIRS}
    return Decision.TAKE_OVER if kind in takes_over else Decision.CORRECT_THERE


def _inside(row: RegistryRow) -> tuple[str, ...]:
    """The resident ID of which the national student number is made."""
    number = row.national_student_no
    return (number[1:],) if number.startswith("G") else ()


def _students_with(numbers: set[str]) -> dict[str, NationalRecord]:
    found: dict[str, NationalRecord] = {}
    for some in _portions(sorted(numbers)):
        wanted: Select[Student] = select(Student).where(
            Student.resident_id_index.in_([index_of(each) for each in some])
        )
        found |= {str(each.values["resident_id"]): each for each in records_of(wanted)}
    return found


def _sent(student_ids: Iterable[int]) -> dict[int, SubmittedRecord]:
    latest = select(SubmittedRecord).where(SubmittedRecord.student_id.in_(list(student_ids)), SubmittedRecord.is_latest)
    return {each.student_id: each for each in db.session.scalars(latest)}


def _portions(items: Sequence[str]) -> list[Sequence[str]]:
    return [items[start : start + PORTION] for start in range(0, len(items), PORTION)]


def _subject(student_id: int) -> str:
    return f"student {student_id}"


def _stranger(number: str) -> str:
    return blind_index(number, "registry.person")


def _person(row: RegistryRow) -> dict[str, Any]:
    """Of somebody whom we do not know only what is needed to find out who it is."""
    kept = {heading: row.cells.get(heading, "") for heading in ("姓名", "身份证件号", "班级名称")}
    return kept | {NATIONAL_NUMBER: row.national_student_no, "row": row.number}
