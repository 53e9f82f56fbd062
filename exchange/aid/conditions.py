"""Who may have which aid: one small function per condition, each with its source. ``data/aid_rules.csv`` names them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from exchange.aid.categories import NONE, rows_of
from exchange.core.rules import HOLDS, Message, Verdict, broken, either, every, not_recorded
from exchange.students.models import StudentStatus

LEAVE = "浙江省中等职业学校学生学籍管理实施细则 第20条"
GRANT_2024 = "财政部、教育部、人力资源社会保障部2024年10月29日通知"
GRANT = "国家助学金：农业类专业、家庭经济困难和原连片特困地区农村学生"
RAIN = "雨露计划：脱贫户和监测对象"
DX_2017 = "教职成厅〔2017〕4号"
FULL_TIME = "中职免学费、助学金：全日制正式学籍"

AGRICULTURE = "61"  # 农林牧渔大类 of the catalogue of 2021; 01 in the one of 2010
OLD_AGRICULTURE = "01"
MONITORED = frozenset({"JC_TPBWD", "JC_BYYZP", "JC_TFYZKN"})
LIFTED = frozenset({"TPH"})
REGISTERED_POOR = frozenset({"JDLK"})


@dataclass(frozen=True)
class Candidate:
    """What is known of a student on the day that counts. None: nobody has recorded it."""

    status: StudentStatus | None  # none: not here yet
    full_time: bool | None
    grade: int
    major: str
    county: str
    rural: bool | None
    categories: frozenset[str]


@dataclass(frozen=True)
class Condition:
    """A word of the ``condition`` column. ``is_memory`` marks what has to be checked before it is called law."""

    name: str
    label: Message
    source: str
    is_memory: bool
    check: Callable[[Candidate], Verdict]


CONDITIONS: dict[str, Condition] = {}


def condition(zh: str, en: str, *, source: str, is_memory: bool = False) -> Callable[..., Callable[..., Verdict]]:
    """Enter the decorated function under its name; it stays an ordinary function."""

    def register(check: Callable[[Candidate], Verdict]) -> Callable[[Candidate], Verdict]:
        CONDITIONS[check.__name__] = Condition(check.__name__, Message(zh, en), source, is_memory, check)
        return check

    return register


@condition("在读，不在休学期间", "Registered, not on leave", source=LEAVE)
def on_roll(candidate: Candidate) -> Verdict:
    return _holds(candidate.status is StudentStatus.REGISTERED)


@condition("全日制", "Full-time", source=FULL_TIME)
def full_time(candidate: Candidate) -> Verdict:
    return not_recorded("full_time") if candidate.full_time is None else _holds(candidate.full_time)


@condition("一、二年级", "Grade 1 or 2", source=GRANT)
def grade_1_or_2(candidate: Candidate) -> Verdict:
    return _holds(1 <= candidate.grade <= 2)


@condition("一至三年级", "Grade 1 to 3", source=GRANT_2024)
def grade_1_to_3(candidate: Candidate) -> Verdict:
    return _holds(1 <= candidate.grade <= 3)


@condition("涉农专业", "Agricultural major", source=GRANT)
def agricultural_major(candidate: Candidate) -> Verdict:
    return _holds(candidate.major.startswith((AGRICULTURE, OLD_AGRICULTURE)))


@condition("家庭经济困难", "Family in hardship", source=GRANT)
def poor(candidate: Candidate) -> Verdict:
    return _holds(bool(candidate.categories - {NONE}))


@condition("原连片特困地区农村学生", "Rural student of a former contiguous poor area", source=GRANT, is_memory=True)
def contiguous_area_rural(candidate: Candidate) -> Verdict:
    if candidate.county not in contiguous_areas():
        return broken()
    return not_recorded("rural") if candidate.rural is None else _holds(candidate.rural)


@condition("脱贫户或监测对象", "Household lifted out of poverty, or monitored", source=RAIN)
def lifted_or_monitored(candidate: Candidate) -> Verdict:
    return _holds(bool(candidate.categories & (LIFTED | MONITORED)))


@condition("建档立卡贫困户", "Registered poor household", source=DX_2017)
def registered_poor(candidate: Candidate) -> Verdict:
    return _holds(bool(candidate.categories & REGISTERED_POOR))


def read(text: str) -> list[list[Condition]]:
    """``on_roll poor|rural``: all groups must hold, and of each group one. Raises ``KeyError`` for an unknown word."""
    return [[CONDITIONS[word] for word in group.split("|")] for group in text.split()]


def write(must: Collection[str], either_of: Collection[str]) -> str:
    """The words as ``read`` reads them: all of the first, and of the second at least one."""
    groups = [name for name in CONDITIONS if name in must]
    alternatives = "|".join(name for name in CONDITIONS if name in either_of)
    return " ".join([*groups, *([alternatives] if alternatives else [])])


def taken_apart(text: str) -> tuple[list[str], list[str]]:
    """The words of which all must hold, and those of which one is enough, as ``write`` put them together."""
    groups = [[each.name for each in group] for group in read(text)]
    alternatives = [name for group in groups if len(group) > 1 for name in group]
    return [group[0] for group in groups if len(group) == 1], alternatives


def check(text: str, candidate: Candidate) -> Verdict:
    """Whether the candidate meets the written condition."""
    groups = [either(*(each.check(candidate) for each in group)) for group in read(text)]
    return every(*groups)


def reasons(text: str, candidate: Candidate) -> list[Message]:
    """In words what the candidate meets: of each group the first that holds."""
    met = (next((each for each in group if each.check(candidate) == HOLDS), None) for group in read(text))
    return [each.label for each in met if each]


def shortfalls(text: str, candidate: Candidate) -> list[Message]:
    """In words what the candidate does not meet, group by group."""
    groups = [group for group in read(text) if either(*(each.check(candidate) for each in group)) != HOLDS]
    return [
        Message("或".join(each.label.zh for each in group), " or ".join(each.label.en for each in group))
        for group in groups
    ]


@cache
def contiguous_areas() -> frozenset[str]:
    """Counties of ``data/contiguous_areas.csv``."""
    return frozenset(row["code"] for row in rows_of("contiguous_areas"))


def grade_on(intake_year: int, day: date) -> int:
    """The year of study of a class: the first runs from September of its intake to August."""
    school_year = day.year if day.month >= 9 else day.year - 1
    return school_year - intake_year + 1


def _holds(statement: bool) -> Verdict:
    return HOLDS if statement else broken()
