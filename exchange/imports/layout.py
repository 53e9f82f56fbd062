"""How the columns of a file were understood, for people: what to look at first."""

from dataclasses import dataclass

from exchange.imports.importer import Importer
from exchange.imports.models import Import

NUMBERS = {"序号", "编号", "序", "号", "NO", "NO.", "No", "No."}
"""A column that only counts the rows needs no look."""


@dataclass(frozen=True)
class Layout:
    """Heading → field of what was recognised, and the headings of what was not."""

    unknown: list[str]
    columns: dict[str, str]  # in the order of the fields; no database keeps that of the sheet
    ignored: list[str]
    missing: list[str]  # the words of fields without which no row can be written

    @property
    def headings(self) -> list[str]:
        """All of them, what nobody has recognised first."""
        return [*self.unknown, *self.columns, *self.ignored]

    @property
    def needs_a_look(self) -> bool:
        """Whether something is missing, or a column was not understood."""
        return bool(self.missing or set(self.unknown) - NUMBERS)

    def field_of(self, heading: str) -> str | None:
        """What the column is read as; empty where it is passed over, None where nobody knows."""
        return "" if heading in self.ignored else self.columns.get(heading)


def layout_of(import_: Import, importer: Importer) -> Layout:
    """Of the last reading."""
    fields = importer.fields()
    order = [*fields]
    columns = sorted(import_.columns.items(), key=lambda pair: order.index(pair[1]) if pair[1] in order else len(order))
    required = importer.required(import_.target) if import_.headings_seen else ()
    return Layout(
        unknown=list(import_.unmapped),
        columns=dict(columns),
        ignored=list(import_.ignored),
        missing=[str(fields[name]) for name in required if name not in import_.columns.values()],
    )
