"""How a course is assessed: names with their share of the result in percent, as one line of text and as data."""

import re
from collections.abc import Iterable, Sequence

from exchange.core.i18n import _

Weights = Sequence[tuple[str, int]]
MOST = 6
LONGEST_NAME = 40
LONGEST_LINE = 300
_PART = re.compile(r"(?P<name>.*\D)(?P<weight>\d{1,3})\s*[%％]?")


class Unreadable(ValueError):
    """A line that does not say names with percentages."""


def read(text: str) -> list[tuple[str, int]]:
    """平时 40，期末 60 → [("平时", 40), ("期末", 60)]; nothing from an empty line. Raises ``Unreadable``."""
    parts = [part.strip() for part in re.split(r"[,，;；、\n]", text) if part.strip()]
    found = [_PART.fullmatch(part[:LONGEST_LINE]) for part in parts]
    read_parts = [(each["name"].rstrip(" :：").strip(), int(each["weight"])) for each in found if each]
    if len(text) > LONGEST_LINE or len(read_parts) < len(parts) or not all(name for name, _weight in read_parts):
        raise Unreadable(_("每一项写名称和占比，用逗号隔开，例如：平时 40，期末 60。"))
    return read_parts


def write(weights: Iterable[Sequence[object]]) -> str:
    """[("平时", 40), ("期末", 60)] → 平时 40，期末 60."""
    return "，".join(f"{name} {weight}" for name, weight in weights)


def problem_of(weights: Weights) -> str | None:
    """What is wrong with them, in a sentence; none where each has a name of its own and they sum to 100."""
    names = [name.strip() for name, _weight in weights]
    if not all(names) or len(set(names)) < len(names):
        return str(_("每一项考核都要有名称，名称不能重复。"))
    if any(len(name) > LONGEST_NAME for name in names) or len(names) > MOST:
        return str(_("考核最多 %(most)s 项，名称最多 %(longest)s 个字。", most=MOST, longest=LONGEST_NAME))
    total = sum(weight for _name, weight in weights)
    if total != 100 or any(weight < 1 for _name, weight in weights):
        return str(_("各项占比加起来要等于 100，现在是 %(total)s。", total=total))
    return None
