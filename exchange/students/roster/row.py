"""One row under review: its cells by field, what was read from them, and what was found."""

from dataclasses import dataclass, field

from exchange.core.spreadsheets import Cell, as_text
from exchange.students.roster.columns import BY_FIELD
from exchange.students.roster.messages import CODES, Finding, Severity

EMPTY = {"/", "\\", "-", "—", "——", "无", "暂无", "N/A", "#N/A"}


@dataclass(slots=True)
class RosterRow:
    """The checks read cells and leave values and findings here."""

    number: int
    cells: dict[str, Cell]
    headings: dict[str, str]
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
        column = BY_FIELD[name]
        if name.startswith("guardian"):
            slot, _, member_field = name.removeprefix("guardian").partition("_")
            self.members.setdefault(int(slot), {})[member_field] = value
        elif column.leftover:
            self.national[column.heading] = str(value)
        else:
            self.values[name] = value

    def find(self, name: str, sentence: str, /, **params: str | int) -> None:
        """Notes a finding under the sheet's own heading."""
        heading = self.headings.get(name) or BY_FIELD[name].heading
        self.findings.append(Finding(self.number, heading, sentence, params))

    @property
    def rejected(self) -> bool:
        return any(CODES[finding.sentence][0] is Severity.ERROR for finding in self.findings)
