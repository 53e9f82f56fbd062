"""Areas of GB/T 2260: current and former codes with their years, full names and successors.

Codes and years come from python-stdnum's table; our own file adds successors and short names that it lacks.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from exchange.reference.tables import plain, several, table

NAME_WITH_YEARS = re.compile(r"(?:\[(\d*)-(\d*)\])?([^,]+)")
CODE_AND_NAME = re.compile(r"^(\d{6})(?:0{3}|0{6})?(?:$|[^\d].*$)|^.*?\D[(\-:]?(\d{6})\)?$")
AREA_CODE = re.compile(r"[0-9]{6}")
HOME = ("533100", "530000")  # Dehong, from where most of our students come, then the rest of Yunnan
NOT_A_PLACE = {
    "市辖区",
    "市区",
    "城区",
    "郊区",
    "县",
    "省直辖县级行政单位",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
}
RESIDENCE_PERMITS = {"810000": "香港特别行政区", "820000": "澳门特别行政区", "830000": "台湾省"}


@dataclass(frozen=True, slots=True)
class Area:
    """One name of one code, in the years in which it stood (None: open at that end)."""

    code: str
    name: str
    valid_from: int | None = None
    valid_until: int | None = None
    successor: str | None = None

    @property
    def obsolete(self) -> bool:
        """The code, or this name of it, no longer stands."""
        return self.valid_until is not None

    @property
    def full_name(self) -> str:
        """``云南省德宏傣族景颇族自治州芒市``."""
        return "".join(_path(self))

    def stood_in(self, year: int) -> bool:
        return (self.valid_from or 0) <= year <= (self.valid_until or 9999)


def find_area(text: str) -> Area | None:
    """The area of a code (``533103``) or a name (``芒市``, ``云南省德宏州芒市``); a current one before a former one."""
    found = find_areas(text)
    return found[0] if found else None


def find_areas(text: str) -> tuple[Area, ...]:
    """All areas that a text may mean: names like 朝阳区 stand in several cities; a code means one."""
    text = plain(text)
    if match := CODE_AND_NAME.match(text):
        return _by_code().get(match[1] or match[2], ())[:1]
    found = _by_name().get(text, ())
    current = tuple(area for area in found if not area.obsolete)
    return current or found[:1]


def area_in(code: str, year: int) -> Area | None:
    """The area that had this code in this year (the place in a resident ID); GB 11643 for 81, 82 and 83."""
    if code in RESIDENCE_PERMITS:
        return Area(code, RESIDENCE_PERMITS[code])
    return next((area for area in _by_code().get(code, ()) if area.stood_in(year)), None)


def area_name(code: str) -> str:
    """``533103`` → ``云南省德宏傣族景颇族自治州芒市``; an unknown code is returned as it is."""
    found = find_area(code)
    return "".join(_path(found)) if found else code


def bare_name(code: str) -> str:
    """``533103`` → ``芒市``, without province and prefecture; an unknown code is returned as it is."""
    found = find_area(code)
    return found.name if found else code


def counties_within(code: str) -> tuple[Area, ...]:
    """The counties that stand today within a province or prefecture, by code; a county is its own."""
    stem = stem_of(code)
    found = [versions[0] for each, versions in _by_code().items() if each.startswith(stem) and each[4:] != "00"]
    counties = sorted((area for area in found if _is_a_county(area)), key=lambda area: area.code)
    return tuple(counties) or _by_code().get(code, ())[:1]  # a few cities have no counties


def offered_counties(regions: Iterable[str] = ()) -> tuple[Area, ...]:
    """Counties to offer while somebody types: those of Dehong first, then of these regions, then of all Yunnan."""
    first, *others = HOME
    found = (county for region in (first, *regions, *others) for county in counties_within(region))
    return tuple({county.code: county for county in found}.values())


def _is_a_county(area: Area) -> bool:
    return not area.obsolete and area.name not in NOT_A_PLACE


def stem_of(region: str) -> str:
    """With what the codes of all areas of a region begin: ``530000`` → ``53``, ``533100`` → ``5331``."""
    return region.removesuffix("00").removesuffix("00")


def successor_of(area: Area) -> Area | None:
    """The area that took a former one's place, as far as it is known."""
    return _by_code()[area.successor][0] if area.successor in _by_code() else None


def _path(area: Area) -> list[str]:
    parents = [area.code[:2] + "0000", area.code[:4] + "00"]
    names = [_by_code()[code][0].name for code in parents if code in _by_code() and code != area.code]
    return [*(name for name in names if name not in NOT_A_PLACE), area.name]


@cache
def _by_code() -> dict[str, tuple[Area, ...]]:
    """Per code its names, the newest first, with successors."""
    areas = [*_read()]
    current = _current_by_stem(areas)
    named = {row["code"]: row["successor"] for row in table("areas") if row["successor"]}
    by_code = defaultdict(list)
    for area in areas:
        by_code[area.code].append(area)
    return {
        code: tuple(_with_successor(area, versions, named, current) for area in reversed(versions))
        for code, versions in by_code.items()
    }


def _with_successor(
    area: Area, versions: list[Area], named: dict[str, str], current: dict[tuple[str, str], list[str]]
) -> Area:
    if not area.obsolete:
        return area
    if not versions[-1].obsolete:
        return replace(area, successor=area.code)
    heirs = current.get((area.code[:2], _stem(area.name)), [])
    successor = named.get(area.code) or (heirs[0] if len(heirs) == 1 else None)
    return replace(area, successor=successor)


def _current_by_stem(areas: list[Area]) -> dict[tuple[str, str], list[str]]:
    """昌宁县 moved to another prefecture, 腾冲县 became 腾冲市: the stem within the province finds the heir."""
    found = defaultdict(list)
    for area in areas:
        if not area.obsolete and area.name not in NOT_A_PLACE and area.code[4:] != "00":
            found[(area.code[:2], _stem(area.name))].append(area.code)
    return found


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "县市区" else name


@cache
def _by_name() -> dict[str, tuple[Area, ...]]:
    """Every way of writing a place: bare, with its prefecture, with its province, with short names of both."""
    short = {row["code"]: several(row["short_names"]) for row in table("areas")}
    by_name = defaultdict(list)
    for versions in _by_code().values():
        for area in versions:
            if area.name not in NOT_A_PLACE:
                for written in _spellings(area, short):
                    by_name[plain(written)].append(area)
    return {name: tuple(sorted(found, key=lambda area: area.obsolete)) for name, found in by_name.items()}


def _spellings(area: Area, short: dict[str, tuple[str, ...]]) -> set[str]:
    own = {area.name, *(() if area.obsolete else short.get(area.code, ()))}
    province, prefecture = area.code[:2] + "0000", area.code[:4] + "00"
    spellings = set(own)
    for parent in (prefecture, province):
        if parent != area.code and parent in _by_code():
            names = {_by_code()[parent][0].name, *short.get(parent, ())}
            spellings |= {name + spelling for name in names for spelling in spellings}
    return spellings


def _read() -> Iterator[Area]:
    province = ""
    for line in (files("stdnum.cn") / "loc.dat").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        number, _, names = line.strip().partition(" ")
        if not line.startswith(" "):
            province = number
            continue
        for start, end, name in NAME_WITH_YEARS.findall(names.partition('"')[2].rstrip('"')):
            yield Area(province + number, name, int(start) if start else None, int(end) if end else None)
