"""Finds the sheet with the roster, its one- or two-line head, and the field of each column."""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import Row, Sheet, as_text
from exchange.students.roster.columns import (
    BARE_GROUPS,
    BY_FIELD,
    MEMBER_HEADINGS,
    MEMBERS,
    NUMBER_OF_GROUP,
    RELATION_OF_GROUP,
    STUDENT_HEADINGS,
    comparable,
    without_brackets,
)
from exchange.students.roster.row import RosterRow

LOOK_AT_ROWS = 40
OURS = {"原行号": "", "原因": ""}  # behind rejected rows; see imports.importer
FOOTER = re.compile(
    r"^(合计|总计|小计|共计|共\d+[人名]|填表|制表|填报|经办|审核|审批|复核|负责人|校长|班主任[:：(]|联系人[:：]|备注[:：]|说明|注[:：]|"
    r"填写说明|学校\(?盖章|单位\(?盖章|\(?盖章|日期[:：]|第\d+页|以下空白|报送)"
)
TOTAL = re.compile(r"^(合计|总计|小计|共计)")
LONGEST_TOTAL = 6  # “41”, “共41人”: no identity number


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
        return RosterRow(row.number, found, self.headings_by_field)

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


def find_head(
    sheets: Sequence[Sheet],
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    *,
    own: Mapping[str, str] | None = None,
) -> Head:
    """The most recognisable head of all sheets. Raises UsageProblem when there is none or the mapping does not fit.

    What is ``remembered`` of earlier sheets holds where this one has such a heading and the mapping says nothing.
    ``own`` are headings that mean a field beside those of the national sheet.
    """
    fields = {*BY_FIELD, *(own or {}).values()}
    known = {heading: name for heading, name in (remembered or {}).items() if not name or name in fields}
    chosen = OURS | _by_comparable(own or {}) | _by_comparable(known) | _checked(mapping or {}, fields)
    heads = [head for sheet in sheets for head in _heads(sheet, chosen)]
    best = max(heads, key=lambda head: (len(head.fields), _has_rows(head)), default=None)
    if best is None or not {"name", "resident_id"} & set(best.fields.values()) or len(best.fields) < 2:
        raise UsageProblem(_("没有找到表头。表里要有一行写着“姓名”“身份证件号”等列名。"))
    present = {comparable(heading) for heading in best.headings.values()}
    for heading in mapping or {}:
        if comparable(heading) not in present:
            raise UsageProblem(_("表里没有“%(heading)s”这一列。", heading=heading))
    decided = _by_comparable(mapping or {})
    best.remembered = {
        heading: name
        for heading, name in known.items()
        if comparable(heading) in present and comparable(heading) not in decided
    }
    return best


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
    """A footer begins with one of its words and has no identity number; a total may stand in that column."""
    first = _without_space(next(as_text(cell) for cell in row.cells if not _blank(cell)))
    number = row.cells[id_place] if id_place is not None and id_place < len(row.cells) else None
    if _blank(number):
        return bool(FOOTER.match(first))
    return bool(TOTAL.match(first)) and len(as_text(number)) <= LONGEST_TOTAL


def _without_space(text: str) -> str:
    """Without white space: ``合  计`` is 合计; colons stay, for 备注： begins a note and 备注 may head a column."""
    return re.sub(r"\s+", "", text)


def _checked(mapping: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    for heading, name in mapping.items():
        if name and name not in known:
            fields = listed(BY_FIELD)
            raise UsageProblem(
                _(
                    "“%(heading)s”对应的字段 %(field)s 不存在。可用的字段：%(fields)s。",
                    heading=heading,
                    field=name,
                    fields=fields,
                )
            )
    return _by_comparable(mapping)


def _by_comparable(mapping: Mapping[str, str]) -> dict[str, str]:
    return {comparable(heading): name for heading, name in mapping.items()}


def _has_rows(head: Head) -> bool:
    return any(row.number > head.last_row for row in head.sheet.rows())


def _heads(sheet: Sheet, mapping: Mapping[str, str]) -> Iterator[Head]:
    """Every row among the first as a head of its own, and together with the row below it."""
    rows = sheet.first_rows(LOOK_AT_ROWS)
    for row, lower in zip_longest(rows, rows[1:]):
        yield _head(sheet, row.number, _single(row), mapping)
        if lower is not None and lower.number == row.number + 1:
            yield _head(sheet, lower.number, _double(sheet, row, lower), mapping)


def _head(sheet: Sheet, last_row: int, headings: dict[int, str], mapping: Mapping[str, str]) -> Head:
    head = Head(sheet, last_row, _numbered(headings))
    slots: dict[str, int] = {}
    for place, heading in head.headings.items():
        if mapping.get(comparable(heading)) == "":
            head.ignored.append(heading)
            continue
        name, relation = _meaning(heading, mapping, slots)
        if name in head.fields.values():
            name, relation = _beside_member(heading, head.fields.get(place - 1, "")), ""
        if name and name not in head.fields.values():
            head.fields[place] = name
            if relation:
                head.implied[name.split("_")[0] + "_relation"] = relation
    return head


def _numbered(headings: Mapping[int, str]) -> dict[int, str]:
    """Of two columns with one heading the second is called ``备注(2)``, so that each can be mapped and given back."""
    seen: Counter[str] = Counter()
    numbered = {}
    for place, heading in headings.items():
        seen[heading] += 1
        numbered[place] = heading if seen[heading] == 1 else f"{heading}({seen[heading]})"
    return numbered


def _beside_member(heading: str, before: str) -> str:
    """家长姓名, 联系电话: a second 联系电话 behind somebody of the family is theirs."""
    group, _, _field = before.partition("_")
    own = MEMBER_HEADINGS.get(without_brackets(comparable(heading)))
    return f"{group}_{own}" if own and group.startswith("guardian") else ""


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


def _meaning(heading: str, mapping: Mapping[str, str], slots: dict[str, int]) -> tuple[str, str]:
    """The field of a heading and, for 父亲 and 母亲, the relation it implies; empty when it is not recognised."""
    whole = comparable(heading)
    if whole in mapping:
        return mapping[whole], ""
    for text in dict.fromkeys((whole, without_brackets(whole))):
        if text in STUDENT_HEADINGS:
            return STUDENT_HEADINGS[text], ""
        found = _member_meaning(text, slots)
        if found[0]:
            return found
        upper, slash, lower = text.partition("/")
        if slash and upper not in NUMBER_OF_GROUP and upper not in RELATION_OF_GROUP and lower in STUDENT_HEADINGS:
            return STUDENT_HEADINGS[lower], ""
    return "", ""


def _member_meaning(text: str, slots: dict[str, int]) -> tuple[str, str]:
    for group in _groups_of(text):
        rest = text[len(group) :].lstrip("/")
        name = MEMBER_HEADINGS.get(rest) or ("name" if not rest and group in BARE_GROUPS else None)
        if name:
            number = NUMBER_OF_GROUP.get(group) or _slot(group, slots)
            if number:
                return f"guardian{number}_{name}", RELATION_OF_GROUP.get(group, "")
    return "", ""


def _groups_of(text: str) -> Iterable[str]:
    known = [group for group in (*NUMBER_OF_GROUP, *RELATION_OF_GROUP) if text.startswith(group)]
    return sorted(known, key=len, reverse=True)


def _slot(group: str, slots: dict[str, int]) -> int | None:
    """The first kind of member that a head names is member 1, the next one member 2; a third has no place."""
    kind = RELATION_OF_GROUP[group]
    if kind not in slots and len(slots) < len(MEMBERS):
        slots[kind] = len(slots) + 1
    return slots.get(kind)
