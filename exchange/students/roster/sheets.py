"""Which sheets of a workbook are read, and by which heads."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import Sheet, UnknownHead
from exchange.students.roster.columns import BY_FIELD, comparable
from exchange.students.roster.header import OURS, Decisions, Head, data_rows, heads_in, likely_headings

EXAMPLE = re.compile("样例|样表|样本|示例|范例|范本|模板|模版|说明|填写")  # in the name of a sheet


@dataclass(frozen=True)
class Layout:
    """What the sheets that are read say of themselves, all together."""

    sheets: list[str]
    columns: dict[str, str]
    remembered: dict[str, str]
    unmapped: list[str]
    ignored: list[str]  # passed over on purpose; our own columns are not told
    other_sheets: list[str]  # with content, and not read

    @classmethod
    def of(cls, heads: Sequence[Head], sheets: Sequence[Sheet]) -> "Layout":
        """Each heading once, in the order of the sheets."""
        read = [head.sheet for head in heads]
        columns = {heading: name for head in heads for heading, name in head.columns.items()}
        unmapped = dict.fromkeys(heading for head in heads for heading in head.unmapped if heading not in columns)
        ignored = dict.fromkeys(heading for head in heads for heading in head.ignored if heading not in OURS)
        return cls(
            sheets=[sheet.name for sheet in read],
            columns=columns,
            remembered={heading: name for head in heads for heading, name in head.remembered.items()},
            unmapped=list(unmapped),
            ignored=list(ignored),
            other_sheets=[
                sheet.name for sheet in sheets if sheet.row_count and not any(sheet is each for each in read)
            ],
        )


def find_heads(
    sheets: Sequence[Sheet],
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    *,
    own: Mapping[str, str] | None = None,
    chosen: Collection[str] = (),
) -> list[Head]:
    """The heads of the sheets that are read together, in the order of the workbook.

    These are the most recognisable one and those that are headed like it; or, where somebody has ``chosen`` sheets,
    these and no others. What is ``remembered`` of earlier sheets holds where this one has such a heading and the
    mapping says nothing. ``own`` are headings that mean a field beside those of the national sheet. Raises
    UsageProblem where no sheet has a head, the mapping does not fit, or the chosen sheets do not go together.
    """
    decisions = Decisions.of(mapping, remembered, own)
    looked_at = _named(sheets, chosen)
    found = _heads_of(looked_at, decisions)
    best = _best_of(found, looked_at)
    heads = _chosen(looked_at, found, best, decisions) if chosen else _together(found, best, decisions)
    _check_fit(heads, mapping or {}, own or {})
    for head in heads:
        head.remembered = _kept(head, remembered or {}, decisions)
    return heads


def _named(sheets: Sequence[Sheet], names: Collection[str]) -> Sequence[Sheet]:
    present = _filled(sheets)
    if missing := [name for name in names if name not in present]:
        told = {"sheet": missing[0], "sheets": listed(present)}
        raise UsageProblem(_("没有名为“%(sheet)s”的工作表，或者它是空的。文件里有：%(sheets)s。", **told))
    return [sheet for sheet in sheets if sheet.name in names] if names else sheets


def _filled(sheets: Sequence[Sheet]) -> list[str]:
    return [sheet.name for sheet in sheets if sheet.row_count]


def _heads_of(sheets: Sequence[Sheet], decisions: Decisions) -> list[Head]:
    """The best head of each sheet that has one."""
    found = []
    for sheet in sheets:
        best = max(heads_in(sheet, decisions), key=lambda head: len(head.fields), default=None)
        if best is not None and {"name", "resident_id"} & set(best.fields.values()) and len(best.fields) > 1:
            found.append(best)
    return found


def _best_of(found: Sequence[Head], sheets: Sequence[Sheet]) -> Head:
    best = max(found, key=lambda head: (not head.sheet.hidden, len(head.fields), _has_rows(head)), default=None)
    if best is None:
        sentence = _("没有找到表头。表里要有一行写着“姓名”“身份证件号”等列名。")
        raise UnknownHead(
            sentence, headings=likely_headings(sheets), sheets=[each.name for each in sheets if each.row_count]
        )
    return best


def _together(found: Sequence[Head], best: Head, decisions: Decisions) -> list[Head]:
    """The best head and all that are headed alike: counties send one sheet for each class or township."""
    return [head for head in found if head is best or (_belongs(head) and _is_like(head, best, decisions))]


def _chosen(sheets: Sequence[Sheet], found: Sequence[Head], best: Head, decisions: Decisions) -> list[Head]:
    heads = {id(head.sheet): head for head in found}
    for sheet in sheets:
        head = heads.get(id(sheet))
        if head is None:
            raise UsageProblem(_("工作表“%(sheet)s”里没有表头，不能读。", sheet=sheet.name))
        if not _is_like(head, best, decisions):
            told = {"one": best.sheet.name, "other": sheet.name}
            raise UsageProblem(_("“%(one)s”和“%(other)s”的列名不一样，不能一起读。分两次导入。", **told))
    return list(heads.values())


def _belongs(head: Head) -> bool:
    """No example to fill in by, nothing that its sender has hidden, and people in it."""
    return not head.sheet.hidden and not EXAMPLE.search(head.sheet.name) and next(data_rows(head), None) is not None


def _is_like(head: Head, other: Head, decisions: Decisions) -> bool:
    """Whether both have the same recognised columns; one that a person has decided about need not stand in both."""
    return _by_itself(head, decisions) == _by_itself(other, decisions)


def _by_itself(head: Head, decisions: Decisions) -> dict[str, str]:
    written = ((comparable(heading), name) for heading, name in head.columns.items())
    return {heading: name for heading, name in written if not decisions.decides(heading)}


def _check_fit(heads: Sequence[Head], mapping: Mapping[str, str], own: Mapping[str, str]) -> None:
    """Raises UsageProblem for a mapped heading that no sheet has, and for two that one sheet has for one field."""
    for heading in mapping:
        if not any(head.has(heading) for head in heads):
            raise UsageProblem(_("表里没有“%(heading)s”这一列。", heading=heading))
    for head in heads:
        taken: dict[str, str] = {}
        for heading, name in mapping.items():
            if name and name in taken and head.has(heading):
                label = BY_FIELD[name].heading if name in BY_FIELD else next(h for h, f in own.items() if f == name)
                told = {"one": taken[name], "other": heading, "field": label}
                raise UsageProblem(_("“%(one)s”和“%(other)s”都选了“%(field)s”。一个字段只能由一列来填。", **told))
            if head.has(heading):
                taken[name] = heading


def _kept(head: Head, remembered: Mapping[str, str], decisions: Decisions) -> dict[str, str]:
    """What of the remembered this head was read by."""
    columns = {comparable(heading): name for heading, name in head.columns.items()}
    columns |= {comparable(heading): "" for heading in head.ignored}
    return {
        heading: name
        for heading, name in remembered.items()
        if comparable(heading) not in decisions.mapping and columns.get(comparable(heading)) == name
    }


def _has_rows(head: Head) -> bool:
    return any(row.number > head.last_row for row in head.sheet.rows())
