"""What a record lacks before it can be submitted: needed columns, values in the national lists, cross checks.

Cells are judged by the checks of the roster: what was let in with a sheet is not refused here for other reasons.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet
from exchange.registry.records import HARDSHIP, NationalRecord
from exchange.registry.requirements import NATIONAL_NUMBER, requirements, settings, who_mends
from exchange.registry.values import HINDERING, Actor, GapKind, Need
from exchange.students.roster import NATIONAL_HEADINGS, NothingKnown, RosterReader, Severity
from exchange.students.roster.checks import ADULT, age
from exchange.students.roster.messages import CODES, Finding, speak

NOT_JOINT = "非联合办学"
HEAD_ROWS = 1
ACROSS_ROWS = ("name.", "id.duplicate", "class.")
"""Findings about other rows or about our own classes say nothing about this record."""
SENTENCES = {
    "missing": _("没有填写。"),
    "missing.hardship": _("还没有登记，由资助专员填写。"),
    "entry.too_young": _("入学时不满 %(years)s 周岁。核对出生日期和入学年月。"),
    "entry.too_old": _("入学时超过 %(years)s 周岁。核对出生日期和入学年月。"),
    "number.form": _("不像学籍号：应为 G 或 L 加 18 位。核对全国系统。"),
    "number.other_id": _("学籍号和身份证件号对不上。核对全国系统。"),
    "number.temporary": _("是临时学籍号，身份证件号已有。在全国系统里核对身份后换成正式的。"),
}
FOUND_AS = {Severity.ERROR: GapKind.WRONG, Severity.WARNING: GapKind.DOUBT}
ORDER = list(GapKind)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing about one column: what is wrong and who can mend it."""

    heading: str
    kind: GapKind
    sentence: str
    who: Actor
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """In the language of the moment."""
        if self.sentence in SENTENCES:
            return str(SENTENCES[self.sentence]) % self.params
        return speak(self.sentence, self.params)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is needed is there and right, in percent, and what is not."""

    score: int
    gaps: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Whether the record may be submitted; doubts do not hinder."""
        return not any(gap.kind in HINDERING for gap in self.gaps)


def completeness(record: NationalRecord, *, today: date) -> Completeness:
    """What this record lacks."""
    return completeness_of([record], today=today)[0]


def completeness_of(records: Sequence[NationalRecord], *, today: date) -> list[Completeness]:
    """What each of these records lacks; many at once, because the checks of a sheet read many at once."""
    return [
        _judged(record, findings, today) for record, findings in zip(records, _findings(records, today), strict=True)
    ]


def _judged(record: NationalRecord, findings: Iterable[Finding], today: date) -> Completeness:
    needed = [heading for heading, need in _needs() if NEEDED[need](record, today)]
    gaps = [gap for heading in needed if (gap := _missing(record, heading))]
    gaps += [_found(finding) for finding in findings]
    gaps += [*_age_at_entry(record), *_national_number(record)]
    worst: dict[str, Gap] = {}
    for gap in sorted(gaps, key=lambda gap: ORDER.index(gap.kind)):
        worst.setdefault(gap.heading, gap)
    hindered = {gap.heading for gap in worst.values() if gap.kind in HINDERING}
    right = len(needed) - len(hindered & set(needed))
    score = right * 100 // len(needed) if needed else 100
    return Completeness(min(score, 99) if hindered else score, tuple(worst.values()))


def _needs() -> Iterator[tuple[str, Need]]:
    return ((heading, each.need) for heading, each in requirements().items())


def _is_joint(record: NationalRecord, today: date) -> bool:
    return record.cells.get("联招合作类型", NOT_JOINT) != NOT_JOINT


def _is_minor(record: NationalRecord, today: date) -> bool:
    born = _born(record)
    return born is not None and age(born, today) < ADULT


NEEDED: Mapping[Need, Callable[[NationalRecord, date], bool]] = {
    Need.ALWAYS: lambda record, today: True,
    Need.JOINT: _is_joint,
    Need.MINOR: _is_minor,
    Need.OPTIONAL: lambda record, today: False,
}


def _missing(record: NationalRecord, heading: str) -> Gap | None:
    if heading == HARDSHIP:
        return None if record.has_hardship else Gap(heading, GapKind.MISSING, "missing.hardship", Actor.AID_OFFICER)
    if record.cells.get(heading):
        return None
    return Gap(heading, GapKind.MISSING, "missing", who_mends(heading))


def _findings(records: Sequence[NationalRecord], today: date) -> list[list[Finding]]:
    """What the checks of the roster find in each record, written as a row of the national sheet."""
    rows = [[record.cells.get(heading, "") for heading in NATIONAL_HEADINGS] for record in records]
    reader = RosterReader([Sheet.of([NATIONAL_HEADINGS, *rows])], None, NothingKnown(), today)
    found: list[list[Finding]] = [[] for _record in records]
    for row in reader.rows():
        found[row.number - HEAD_ROWS - 1] = [finding for finding in row.findings if _is_ours(finding)]
    return found


def _is_ours(finding: Finding) -> bool:
    if finding.code in {"name.missing", "name.characters"}:
        return True
    return finding.severity is not Severity.INFO and not finding.code.startswith(ACROSS_ROWS)


def _found(finding: Finding) -> Gap:
    lacks = finding.code in {"guardian.name_missing", "guardian.phone_missing"} or finding.code.endswith(".missing")
    kind = GapKind.MISSING if lacks else FOUND_AS[CODES[finding.sentence][0]]
    return Gap(finding.column, kind, finding.sentence, who_mends(finding.column), finding.params)


def _age_at_entry(record: NationalRecord) -> Iterator[Gap]:
    """Somebody of eight or of forty is more often a slip of the pen than a student."""
    born, limits = _born(record), settings()
    if born is None:
        return
    years = age(born, record.enrolled_on)
    if years < limits.youngest_at_entry:
        yield _doubt("出生日期", "entry.too_young", years=limits.youngest_at_entry)
    elif years > limits.oldest_at_entry:
        yield _doubt("出生日期", "entry.too_old", years=limits.oldest_at_entry)


def _national_number(record: NationalRecord) -> Iterator[Gap]:
    """G and the resident ID, or L and a temporary number; whoever has none yet lacks nothing (XJ-10)."""
    number = record.national_student_no
    if sentence := doubt_about(number, record.cells.get("身份证件号", "")) if number else "":
        yield _doubt(NATIONAL_NUMBER, sentence)


def doubt_about(number: str, resident_id: str) -> str:
    """What is doubtful about a national student number of the person with this resident ID; empty where nothing is."""
    if not settings().national_number.fullmatch(number):
        return "number.form"
    if number.startswith("L"):
        return "number.temporary" if resident_id else ""
    return "number.other_id" if resident_id and number[1:] != resident_id else ""


def _doubt(heading: str, sentence: str, **params: str | int) -> Gap:
    return Gap(heading, GapKind.DOUBT, sentence, who_mends(heading), params)


def _born(record: NationalRecord) -> date | None:
    try:
        return datetime.strptime(record.cells.get("出生日期", ""), "%Y%m%d").date()
    except ValueError:
        return None
