"""One row under review: its cells by field, what was read from them, and what was found."""

from dataclasses import dataclass, field

from exchange.core.spreadsheets import Cell, as_text
from exchange.students.roster.columns import BY_FIELD, COLUMNS
from exchange.students.roster.messages import CODES, Finding, Severity

EMPTY = {"/", "\\", "-", "—", "——", "无", "暂无", "N/A", "#N/A"}
LEFTOVERS = {column.field: column.heading for column in COLUMNS if column.leftover}
MEMBER_FIELDS = {
    column.field: (int(column.field[len("guardian")]), column.field.partition("_")[2])
    for column in COLUMNS
    if column.field.startswith("guardian")
}


@dataclass(slots=True)
class RosterRow:
    """The checks read cells and leave values and findings here."""

    number: int
    cells: dict[str, Cell]
    headings: dict[str, str]
    sheet: str = ""
    values: dict[str, object] = field(default_factory=dict)
    national: dict[str, str] = field(default_factory=dict)
    members: dict[int, dict[str, object]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The cell as text; empty, too, where people write a dash or 无 for nothing."""
        text = as_text(self.cells.get(name))
        return "" if text in EMPTY else text

    def put(self, name: str, value: object) -> None:
        """Stores what was read, where the field belongs: with the student, a guardian or the leftover columns."""
        if name in MEMBER_FIELDS:
            slot, member_field = MEMBER_FIELDS[name]
            self.members.setdefault(slot, {})[member_field] = value
        elif name in LEFTOVERS:
            self.national[LEFTOVERS[name]] = str(value)
        else:
            self.values[name] = value

    def find(self, name: str, sentence: str, /, **params: str | int) -> None:
        """Notes a finding under the sheet's own heading."""
        heading = self.headings.get(name) or BY_FIELD[name].heading
        self.findings.append(Finding(self.number, heading, sentence, params))

    def find_as(self, name: str, sentence: str, place: tuple[str, int]) -> None:
        """Notes that the row is like an earlier one; where that stands on another sheet, the finding names it."""
        sheet, number = place
        if sheet == self.sheet:
            self.find(name, sentence, first=number)
        else:
            self.find(name, f"{sentence}_elsewhere", first=number, sheet=sheet)

    @property
    def rejected(self) -> bool:
        return any(CODES[finding.sentence][0] is Severity.ERROR for finding in self.findings)
