"""The one- or two-line head of a roster, the field of each of its columns, and the rows of people below it."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import Row, Sheet, as_text
from exchange.students.roster.columns import BY_FIELD, comparable
from exchange.students.roster.meaning import beside_member, meaning_of
from exchange.students.roster.row import RosterRow

LOOK_AT_ROWS = 40
OURS = {"原工作表": "", "原行号": "", "原因": ""}  # behind rejected rows; see imports.importer
FOOTER = re.compile(
    r"^(合计|总计|小计|共计|共\d+[人名]|填表|制表|填报|经办|审核|审批|复核|负责人|校长|班主任[:：(]|联系人[:：]|备注[:：]|说明|注[:：]|"
    r"填写说明|学校\(?盖章|单位\(?盖章|\(?盖章|日期[:：]|第\d+页|以下空白|报送)"
)
TOTAL = re.compile(r"^(合计|总计|小计|共计)")
LONGEST_TOTAL = 6  # “41”, “共41人”: no identity number


@dataclass(frozen=True)
class Decisions:
    """What headings mean by decision: heading, made comparable → field; an empty field passes the column over."""

    mapping: Mapping[str, str]  # for this file
    remembered: Mapping[str, str]  # of earlier files of the sender
    own: Mapping[str, str]  # of this kind of sheet

    @classmethod
    def of(
        cls,
        mapping: Mapping[str, str] | None,
        remembered: Mapping[str, str] | None,
        own: Mapping[str, str] | None,
    ) -> "Decisions":
        """Raises UsageProblem for a mapping to a field that there is not."""
        fields = {*BY_FIELD, *(own or {}).values()}
        for heading, name in (mapping or {}).items():
            if name and name not in fields:
                told = {"heading": heading, "field": name, "fields": listed(BY_FIELD)}
                raise UsageProblem(_("“%(heading)s”对应的字段 %(field)s 不存在。可用的字段：%(fields)s。", **told))
        known = {heading: name for heading, name in (remembered or {}).items() if not name or name in fields}
        return cls(*map(_by_comparable, (mapping or {}, known, OURS | dict(own or {}))))

    @property
    def levels(self) -> tuple[Mapping[str, str], ...]:
        """The stronger first."""
        return self.mapping, self.remembered, self.own

    def decides(self, heading: str) -> bool:
        """Whether a person has said what this heading means."""
        return heading in self.mapping or heading in self.remembered


@dataclass
class Head:
    """Where the roster begins and what its columns mean."""

    sheet: Sheet
    last_row: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    remembered: dict[str, str] = field(default_factory=dict)
    implied: dict[str, str] = field(default_factory=dict)

    def has(self, heading: str) -> bool:
        """Whether one of the columns is headed so, however it is dressed."""
        return any(comparable(own) == comparable(heading) for own in self.headings.values())

    @property
    def columns(self) -> dict[str, str]:
        """The sheet's own headings with their fields."""
        return {self.headings[place]: name for place, name in self.fields.items()}

    @property
    def unmapped(self) -> list[str]:
        left = (heading for place, heading in self.headings.items() if place not in self.fields)
        return [heading for heading in left if heading not in self.ignored]

    def row_of(self, row: Row) -> RosterRow:
        """The cells of a row by field; who stands under 父亲 is the father."""
        found = {name: row.cells[place] for place, name in self.fields.items() if place < len(row.cells)}
        for name, implied in self.implied.items():
            group = name.removesuffix("relation")
            if not found.get(name) and any(found.get(group + part) for part in ("name", "phone")):
                found[name] = implied
        return RosterRow(row.number, found, self.headings_by_field, sheet=self.sheet.name)

    def written_in(self, row: Row) -> dict[str, str]:
        """All cells of a row under the sheet's own headings."""
        places = {place: heading for place, heading in self.headings.items() if place < len(row.cells)}
        return {heading: as_text(row.cells[place]) for place, heading in places.items()}

    @cached_property
    def headings_by_field(self) -> dict[str, str]:
        return {name: self.headings[place] for place, name in self.fields.items()}

    def heading_of(self, name: str) -> str:
        """The sheet's own heading of a field; the national one where the sheet has no such column."""
        return next((self.headings[place] for place, known in self.fields.items() if known == name), "") or (
            BY_FIELD[name].heading
        )


def data_rows(head: Head) -> Iterator[Row]:
    """The rows of people below the head: no empty ones, no repeated head, no footer."""
    repeated = {comparable(heading) for heading in head.headings.values()}
    id_place = next((place for place, name in head.fields.items() if name == "resident_id"), None)
    for row in head.sheet.rows():
        if row.number <= head.last_row:
            continue
        filled = [place for place in head.fields if place < len(row.cells) and not _blank(row.cells[place])]
        if filled and not _is_footer(row, id_place) and not _is_head(row, filled, repeated):
            yield row


def _is_head(row: Row, filled: Sequence[int], headings: Container[str]) -> bool:
    """A head that is repeated on every printed page."""
    return len(filled) > 1 and all(comparable(as_text(row.cells[place])) in headings for place in filled)


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_footer(row: Row, id_place: int | None) -> bool:
    """A footer begins with one of its words and has no identity number, but a word of its own or a total there."""
    first = _without_space(next(as_text(cell) for cell in row.cells if not _blank(cell)))
    number = row.cells[id_place] if id_place is not None and id_place < len(row.cells) else None
    if _blank(number) or FOOTER.match(_without_space(as_text(number))):
        return bool(FOOTER.match(first))
    return bool(TOTAL.match(first)) and len(as_text(number)) <= LONGEST_TOTAL


def _without_space(text: str) -> str:
    """Without white space: ``合  计`` is 合计; colons stay, for 备注： begins a note and 备注 may head a column."""
    return re.sub(r"\s+", "", text)


def _by_comparable(mapping: Mapping[str, str]) -> dict[str, str]:
    return {comparable(heading): name for heading, name in mapping.items()}


def likely_headings(sheets: Sequence[Sheet]) -> list[str]:
    """The headings of the row that looks most like a head: the first of those with the most texts."""
    rows = [_single(row) for sheet in sheets if not sheet.hidden for row in sheet.first_rows(LOOK_AT_ROWS)]
    return list(_numbered(max(rows, key=len, default={})).values())


def heads_in(sheet: Sheet, decisions: Decisions) -> Iterator[Head]:
    """Every row among the first as a head of its own, and together with the row below it."""
    rows = sheet.first_rows(LOOK_AT_ROWS)
    for row, lower in zip_longest(rows, rows[1:]):
        yield _head(sheet, row.number, _single(row), decisions)
        if lower is not None and lower.number == row.number + 1:
            yield _head(sheet, lower.number, _double(sheet, row, lower), decisions)


def _head(sheet: Sheet, last_row: int, headings: dict[int, str], decisions: Decisions) -> Head:
    """Decisions first, wherever their columns stand; of two columns for one field the first has it."""
    head = Head(sheet, last_row, _numbered(headings))
    open_places = {place: comparable(heading) for place, heading in head.headings.items()}
    for level in decisions.levels:
        for place in [place for place, heading in open_places.items() if heading in level]:
            name = level[open_places.pop(place)]
            if not name:
                head.ignored.append(head.headings[place])
            elif name not in head.fields.values():
                head.fields[place] = name
    slots: dict[str, int] = {}
    for place in open_places:
        _understand(head, place, slots)
    head.fields = dict(sorted(head.fields.items()))
    return head


def _understand(head: Head, place: int, slots: dict[str, int]) -> None:
    """Read the column by its heading alone."""
    name, relation = meaning_of(head.headings[place], slots)
    if name in head.fields.values():
        name, relation = beside_member(head.headings[place], head.fields.get(place - 1, "")), ""
    if name and name not in head.fields.values():
        head.fields[place] = name
        if relation:
            head.implied[name.split("_")[0] + "_relation"] = relation


def _numbered(headings: Mapping[int, str]) -> dict[int, str]:
    """Of two columns with one heading the second is called ``备注(2)``, so that each can be mapped and given back."""
    seen: Counter[str] = Counter()
    numbered = {}
    for place, heading in headings.items():
        seen[heading] += 1
        numbered[place] = heading if seen[heading] == 1 else f"{heading}({seen[heading]})"
    return numbered


def _single(row: Row) -> dict[int, str]:
    return {place: cell.strip() for place, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()}


def _double(sheet: Sheet, upper: Row, lower: Row) -> dict[int, str]:
    """``upper/lower``; a merged upper cell counts for every column under it."""
    above, under = _single(upper), _single(lower)
    spread = _spread(sheet, upper.number, above, under)
    headings = {}
    for place in sorted({*above, *under}):
        parts = [part for part in (spread.get(place), under.get(place)) if part]
        headings[place] = "/".join(dict.fromkeys(parts))
    return headings


def _spread(sheet: Sheet, number: int, above: Mapping[int, str], under: Mapping[int, str]) -> dict[int, str]:
    spread = dict(above)
    ranges = [area for area in sheet.merged if area[0] == number]
    for _top, left, _bottom, right in ranges:
        if left in above:
            spread |= dict.fromkeys(range(left, right + 1), above[left])
    if not ranges:  # a CSV or an old workbook: an empty cell above a filled one belongs to the group on its left
        group = None
        for place in range(max({*above, *under}, default=-1) + 1):
            group = (above[place] if place in under else None) if place in above else group
            if group and place in under:
                spread.setdefault(place, group)
    return spread
