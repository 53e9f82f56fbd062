"""What a feature brings so that its spreadsheets can be imported."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.spreadsheets import Sheet
from exchange.imports.models import ImportRow, Outcome

Progress = Callable[[int, int], None]
Note = dict[str, Any]
"""A finding as it is stored: ``column, code, severity``, and ``sentence`` with ``params``, which are spoken later."""

ERROR, WARNING = "error", "warning"
SHEET_HEADING, ROW_HEADING, REASON_HEADING = "原工作表", "原行号", "原因"
"""The columns that we put behind rejected rows; when the workbook comes back corrected, they are passed over."""


@dataclass(slots=True)
class ReviewedRow:
    """A row with what was read from it and what a commit would do; ``sheet`` counts those that are read."""

    number: int
    outcome: Outcome
    values: dict[str, Any]
    changes: dict[str, Any] = field(default_factory=dict)
    findings: list[Note] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    sheet: int = 0


@dataclass
class Reading:
    """The sheets that are read, whose head is understood; ``rows`` is walked through once."""

    sheets: list[str]
    columns: dict[str, str]
    remembered: dict[str, str]
    unmapped: list[str]
    ignored: list[str]
    other_sheets: list[str]
    rows: Iterator[ReviewedRow]


class Written(NamedTuple):
    """What became of a row: the record's id, or None with the reason, or None where nothing had to change.

    ``before`` is what an undo needs beside the changes; ``values`` what was written where it is not what was read.
    """

    record_id: int | None
    refusal: Note | None = None
    before: dict[str, Any] | None = None
    values: dict[str, Any] | None = None


class Obstacle(NamedTuple):
    """Why a written row cannot be taken back."""

    row: ImportRow
    sentence: str


@dataclass(frozen=True)
class Wording:
    """How the pages speak of one kind of sheet."""

    kind: str  # on the tab
    heading: str  # of the page that uploads it
    file: str  # what a file may be
    target: str  # what the rows belong to
    target_hint: str
    nothing_yet: str
    undoing: str  # what undoing does, with %(count)s


class Importer(Protocol):
    """Reads, writes and takes back the rows of one kind of sheet. Registered with ``imports.service.register``."""

    wording: Wording
    model: type[Model]
    """Whose records the rows become."""

    def target_of(self, written: str) -> str:
        """What the rows belong to, as it is kept. Raises ``UsageProblem`` for one that does not exist."""

    def target_words(self, target: str) -> str:
        """The same for people."""

    def targets(self) -> list[str]:
        """Names to offer while typing: a few, the youngest first."""

    def senders(self) -> list[str]:
        """Who is likely to send such sheets."""

    def fields(self) -> Mapping[str, str]:
        """Every field that a heading can be mapped to, with its label."""

    def required(self, target: str) -> Sequence[str]:
        """Fields without which no row can be written."""

    def hidden_fields(self, user: User | None) -> Collection[str]:
        """Fields whose cells this person may not read in a sheet that somebody else has brought."""

    def read(
        self,
        sheets: Sequence[Sheet],
        *,
        target: str,
        mapping: Mapping[str, str],
        remembered: Mapping[str, str],
        chosen: Collection[str],
        progress: Progress | None,
    ) -> Reading:
        """Find the head and review row by row, writing nothing. Raises ``UnknownHead`` where there is no head.

        ``mapping`` was decided for this file and must fit it, ``remembered`` comes from earlier ones of the sender;
        ``chosen`` names the sheets to read, else those that belong together are. Raises ``UsageProblem`` for what
        does not fit.
        """

    def commit(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> list[Written]:
        """Write new and changed rows, each checked against the present records; one answer per row."""

    def obstacles(self, portions: Iterable[Sequence[ImportRow]]) -> Iterator[Obstacle]:
        """What depends on the written records or has changed them since.

        The rows come as they are undone: who was changed, the last first, and then who was made.
        """

    def undo(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
        """Take back what ``commit`` has written; the rows come as ``obstacles`` has them."""

    def speak(self, sentence: str, params: Mapping[str, Any]) -> str:
        """The words of a finding in the language of the moment."""

    def title(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """Whom or what a row is about, and a quiet second line; identity numbers masked."""

    def describe(self, changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Label, old and new of each changed field; identity values masked."""
