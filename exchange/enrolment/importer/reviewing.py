"""Reads a county's sheet row by row and compares it with who has applied already; writes nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from exchange.core.i18n import listed
from exchange.core.spreadsheets import Row, as_text
from exchange.enrolment.importer.columns import COUNTY, LENGTHS, label_of
from exchange.enrolment.importer.intakes import Intake
from exchange.enrolment.importer.wording import note
from exchange.enrolment.importer.written import Written, applied_in, written_of
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.reading import check_application, values_read
from exchange.imports.importer import ERROR, Note, Progress, ReviewedRow
from exchange.imports.models import Outcome
from exchange.partners.queries import counties_of
from exchange.reference.areas import find_areas
from exchange.students.importer.notes import stored
from exchange.students.known import students_by_id
from exchange.students.models import Student
from exchange.students.roster.cells import shown
from exchange.students.roster.checks import SEX_NAMES
from exchange.students.roster.header import Head, data_rows
from exchange.students.roster.identity import normalise_id
from exchange.students.roster.known import NothingKnown
from exchange.students.roster.people import People
from exchange.students.roster.row import RosterRow
from exchange.students.values import GROUP_NAMES

BATCH = 500


class Reviewer:
    """The sheets of one intake."""

    def __init__(self, heads: Sequence[Head], intake: Intake, *, today: date, progress: Progress | None) -> None:
        self.heads, self.intake, self.today, self.progress = heads, intake, today, progress
        self.counties = counties_of(intake.project)
        self.people = People(NothingKnown())

    def rows(self) -> Iterator[ReviewedRow]:
        """Every row with what was read, what was found, and what a commit would do."""
        done, total = 0, sum(head.sheet.row_count for head in self.heads)
        for place, head in enumerate(self.heads):
            for batch in _batches(data_rows(head)):
                numbers = [normalise_id(as_text(head.row_of(row).cells.get("resident_id"))) for row in batch]
                applied, known = applied_in(self.intake.year, numbers), students_by_id(numbers)
                for row in batch:
                    reviewed = self._reviewed(row, head, applied, known)
                    reviewed.sheet = place
                    yield reviewed
                done += len(batch)
                if self.progress:
                    self.progress(done, max(done, total))

    def _reviewed(
        self, source: Row, head: Head, applied: dict[str, Applicant], known: dict[str, Student]
    ) -> ReviewedRow:
        row = head.row_of(source)
        check_application(row, today=self.today)
        self.people.check(row)
        number = str(row.values.get("resident_id", ""))
        texts, notes = self._own_columns(row)
        present = applied.get(number)
        notes += self._of_person(row, present, known.get(number))
        notes += [stored(finding) for finding in row.findings]
        if not any(each["severity"] == ERROR for each in notes):
            texts |= _texts(values_read(row))
            changes = _changes(present, texts)
            if present is None or not changes or present.status is ApplicantStatus.APPLIED:
                outcome = Outcome.NEW if present is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
                return ReviewedRow(row.number, outcome, texts, changes, notes)
            notes.insert(0, self._note(row, "name", "applicant.decided", name=present.name, status=_status(present)))
        notes.sort(key=lambda each: each["severity"] != ERROR)
        named = {field: str(row.values[field]) for field in ("name", "resident_id") if row.values.get(field)}
        return ReviewedRow(row.number, Outcome.REJECTED, named, {}, notes, head.written_in(source))

    def _of_person(self, row: RosterRow, present: Applicant | None, student: Student | None) -> list[Note]:
        """Whose number it is: of somebody with another name, of another intake, or of a student."""
        name = str(row.values.get("name", ""))
        for other in (present, student):
            if other is not None and name and other.name != name:
                return [self._note(row, "resident_id", "id.belongs_to_other", name=other.name)]
        if student is not None and (present is None or present.student_id is None):
            return [self._note(row, "resident_id", "applicant.on_register", number=student.student_no)]
        if present is not None and present.project_id != self.intake.project.id:
            return [self._note(row, "resident_id", "applicant.elsewhere", project=present.project.name)]
        return []

    def _own_columns(self, row: RosterRow) -> tuple[Written, list[Note]]:
        """County, school of origin and wishes."""
        texts, notes = {}, []
        for field, length in LENGTHS.items():
            if len(text := row.text(field)) > length:
                notes.append(self._note(row, field, "value.too_long", field=label_of(field), length=length))
            elif text:
                texts[field] = text
        written = row.text(COUNTY)
        if code := self._county(written):
            texts["county"] = code
        elif written:
            told = {"written": shown(written), "counties": listed(county.name for county in self.counties)}
            notes.append(self._note(row, "county", "applicant.county_outside", **told))
        else:
            notes.append(self._note(row, "county", "applicant.county_missing"))
        return texts, notes

    def _county(self, written: str) -> str:
        """The county of the project that is meant; where the project has only one, it need not be written."""
        if not written:
            return self.counties[0].code if len(self.counties) == 1 else ""
        meant = {area.code for area in find_areas(written)} & {county.code for county in self.counties}
        return meant.pop() if len(meant) == 1 else ""

    def _note(self, row: RosterRow, field: str, sentence: str, /, **params: str | int) -> Note:
        from_sheet = row.headings.get(COUNTY if field == "county" else field, "")
        return note(field, sentence, column=from_sheet, **params)


def _texts(values: dict[str, Any]) -> Written:
    texts = values | {
        "sex": SEX_NAMES[values["sex"].value],
        "birth_date": values["birth_date"].isoformat(),
        "ethnicity": GROUP_NAMES.get(values["ethnicity"], ""),
    }
    return {field: text for field, text in texts.items() if text}


def _changes(present: Applicant | None, texts: Written) -> dict[str, Any]:
    """Old and new of every field that differs; an empty cell never empties a field."""
    if present is None:
        return {}
    kept = written_of(present)
    return {field: [kept.get(field, ""), text] for field, text in texts.items() if kept.get(field, "") != text}


def _status(applicant: Applicant) -> str:
    return str(applicant.status.label)


def _batches(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
