"""Reviews a roster: every row read, checked and compared with what the system knows; nothing is written."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from exchange.core.spreadsheets import Row, Sheet, as_text
from exchange.students.roster import cells, checks
from exchange.students.roster.columns import MEMBERS
from exchange.students.roster.header import Head, data_rows
from exchange.students.roster.identity import normalise_id
from exchange.students.roster.known import Known
from exchange.students.roster.messages import Finding
from exchange.students.roster.people import People
from exchange.students.roster.row import RosterRow
from exchange.students.roster.sheets import Layout, find_heads

BATCH = 500
OWN_CHECKS = {"name", "resident_id", "birth_date", "sex", "class_name", "major"}
NOTHING = (None, "")
NOT_COMPARED = {"name_as_written", "resident_id"}

Progress = Callable[[int, int], None]


class Outcome(StrEnum):
    """What a commit would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class ReviewedRow:
    """A row with its values as plain JSON.

    ``changes`` holds old and new of every field that differs; an empty cell never empties a field.
    ``written`` holds all cells under the sheet's own headings, for rejected rows only. ``sheet`` is the place of the
    row's sheet among those that are read.
    """

    number: int
    outcome: Outcome
    values: dict[str, object]
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    sheet: int = 0


@dataclass
class Review:
    """The reviewed roster."""

    sheet: str
    columns: dict[str, str]
    unmapped: list[str]
    other_sheets: list[str]
    rows: list[ReviewedRow]

    @property
    def counts(self) -> dict[str, int]:
        """``rows, new, changed, unchanged, rejected``."""
        return count(Counter(row.outcome for row in self.rows))

    @property
    def findings(self) -> list[Finding]:
        return [finding for row in self.rows for finding in row.findings]

    def as_report(self) -> dict[str, object]:
        """The import report but for its number and status."""
        return {
            **self.counts,
            "sheet": self.sheet,
            "columns": self.columns,
            "unmapped": self.unmapped,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def count(outcomes: Counter[Outcome]) -> dict[str, int]:
    """All outcomes by name, with their sum as ``rows``."""
    return {"rows": outcomes.total(), **{outcome.value: outcomes[outcome] for outcome in Outcome}}


@dataclass
class RosterReader:
    """Reviews row by row, so that a long roster never lies in memory as a whole.

    The heads are found at once, which raises UsageProblem when there is none; ``rows()`` is walked through once, the
    sheets that are headed alike after each other. ``chosen`` names the sheets to read; ``together=False`` reads one.
    """

    sheets: Sequence[Sheet]
    class_name: str | None
    known: Known
    today: date
    mapping: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    progress: Progress | None = None
    chosen: Collection[str] = ()
    together: bool = True
    heads: list[Head] = field(init=False)

    def __post_init__(self) -> None:
        heads = find_heads(self.sheets, self.mapping, self.remembered, chosen=self.chosen)
        self.heads = heads if self.together else heads[:1]
        fields = dict.fromkeys(name for head in self.heads for name in (*head.fields.values(), *head.implied))
        self._checks = [(name, cells.check_of(name)) for name in fields if name not in OWN_CHECKS]
        self._people = People(self.known)

    @property
    def head(self) -> Head:
        """The head of the first sheet that is read."""
        return self.heads[0]

    def rows(self) -> Iterator[ReviewedRow]:
        """Every row of every sheet that is read, in the order of the workbook."""
        done, total = 0, sum(head.sheet.row_count for head in self.heads)
        for place, head in enumerate(self.heads):
            for batch in _batches(data_rows(head)):
                yield from self._reviewed_batch(batch, head, place)
                done += len(batch)
                if self.progress:
                    self.progress(done, max(done, total))
        if self.progress:
            self.progress(done, done)

    def _reviewed_batch(self, batch: Sequence[Row], head: Head, place: int) -> Iterator[ReviewedRow]:
        rows = [head.row_of(row) for row in batch]
        self.known.prepare(
            [normalise_id(as_text(row.cells.get("resident_id"))) for row in rows],
            [name for name in (self.class_name, *(row.text("class_name") for row in rows)) if name],
        )
        for row, source in zip(rows, batch, strict=True):
            reviewed = self._reviewed(row, source, head)
            reviewed.sheet = place
            yield reviewed

    def _reviewed(self, row: RosterRow, source: Row, head: Head) -> ReviewedRow:
        checks.check_name(row)
        checks.check_identity(row, today=self.today)
        checks.check_class(row, class_name=self.class_name, has_class=self.known.has_class)
        for name, check in self._checks:
            if row.cells.get(name) not in NOTHING:
                check(row, name, self.today)
        checks.check_major(row, major=self.known.major)
        checks.check_guardians(row, today=self.today)
        stored = self._people.check(row)
        row.findings.sort(key=lambda finding: (finding.severity != "error", finding.severity == "info"))
        values = _values(row)
        if row.rejected:
            return ReviewedRow(row.number, Outcome.REJECTED, values, {}, row.findings, head.written_in(source))
        changes = {} if stored is None else _changes(stored, values)
        outcome = Outcome.NEW if stored is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        return ReviewedRow(row.number, outcome, values, changes, row.findings)


def review(
    sheets: Sequence[Sheet],
    *,
    class_name: str | None,
    known: Known,
    today: date,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Review:
    """The whole review at once. Raises UsageProblem when no sheet has a head or the mapping does not fit."""
    reader = RosterReader(sheets, class_name, known, today, mapping or {}, remembered or {}, progress)
    rows = [*reader.rows()]
    layout = Layout.of(reader.heads, sheets)
    return Review(reader.head.sheet.name, layout.columns, layout.unmapped, layout.other_sheets, rows)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _values(row: RosterRow) -> dict[str, object]:
    values = dict(row.values)
    if members := [row.members[number] for number in MEMBERS if row.members.get(number)]:
        values["guardians"] = members
    if row.national:
        values["national"] = row.national
    return values


def _changes(stored: Mapping[str, object], values: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    changes: dict[str, tuple[object, object]] = {}
    for name, new in values.items():
        old = stored.get(name)
        if name == "national":
            old, new = _national_changes(old or {}, new)
        if name not in NOT_COMPARED and old != new:
            changes[name] = (old, new)
    return changes


def _national_changes(old, new) -> tuple[dict[str, str], dict[str, str]]:
    """Only the leftover columns that differ."""
    differing = [heading for heading, text in new.items() if old.get(heading) != text]
    return {heading: old.get(heading, "") for heading in differing}, {heading: new[heading] for heading in differing}
