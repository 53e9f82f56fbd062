"""Reads what the registry gives out, by the roster's own reader, into cells that can be compared with ours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from exchange.core.spreadsheets import Row, as_text, read
from exchange.registry.records import HARDSHIP, Cells, cells_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.students.roster import NATIONAL_HEADINGS, NothingKnown, ReviewedRow, RosterReader, Severity
from exchange.students.roster.columns import BY_FIELD, comparable
from exchange.students.roster.header import data_rows
from exchange.students.roster.identity import normalise_id

NUMBER_HEADINGS = {"学籍号", "学籍号码", "学生学籍号", "全国学籍号", "个人学籍号", "学籍主号"}
RESIDENT_ID = "身份证件号"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """One student of the registry: what stands in the columns, and the number it has given."""

    number: int  # as Excel shows it
    cells: Cells
    national_student_no: str
    is_repeated: bool  # an earlier row has the same resident ID

    @property
    def resident_id(self) -> str:
        return self.cells.get(RESIDENT_ID, "")


@dataclass
class RegistryFile:
    """A file whose head is understood; ``rows()`` is walked through once. Raises ``UsageProblem`` where it is not."""

    content: bytes
    filename: str
    today: date
    progress: Progress | None = None
    headings: list[str] = field(init=False)  # national columns that the file has, in national order
    unmapped: list[str] = field(init=False)

    def __post_init__(self) -> None:
        sheets = read(self.content, self.filename)
        self._reader = RosterReader(sheets, None, NothingKnown(), self.today, progress=self.progress, together=False)
        head = self._reader.head
        self._national = {head.headings[place]: BY_FIELD[name].heading for place, name in head.fields.items()}
        has = set(self._national.values()) - {HARDSHIP}
        self.headings = [heading for heading in NATIONAL_HEADINGS if heading in has]
        self._number_place = next(
            (place for place, heading in head.headings.items() if comparable(heading) in NUMBER_HEADINGS), None
        )
        self.unmapped = [heading for heading in head.unmapped if comparable(heading) not in NUMBER_HEADINGS]
        if self._number_place is not None:
            self.headings.append(NATIONAL_NUMBER)

    def rows(self) -> Iterator[RegistryRow]:
        """Row by row; what the checks refuse is kept as it is written, because it is what the registry holds."""
        for source, row in zip(data_rows(self._reader.head), self._reader.rows(), strict=True):
            cells = {heading: cell for heading, cell in cells_of(row.values).items() if heading in self.headings}
            repeated = any(finding.code == "id.duplicate_in_file" for finding in row.findings)
            yield RegistryRow(row.number, cells | self._refused(row), self._number(source), repeated)

    def _refused(self, row: ReviewedRow) -> Cells:
        refused = {finding.column for finding in row.findings if finding.severity is Severity.ERROR}
        written = {self._national.get(heading, ""): row.written.get(heading, "") for heading in refused}
        return {heading: text for heading, text in written.items() if text and heading in self.headings}

    def _number(self, source: Row) -> str:
        place = self._number_place
        if place is None or place >= len(source.cells):
            return ""
        return normalise_id(as_text(source.cells[place])).upper()
