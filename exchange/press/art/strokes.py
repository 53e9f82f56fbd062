"""Pen strokes as SVG paths. The pen works in millimetres, the sheet counts whole twentieths: that keeps files small."""

import math
from collections.abc import Iterable, Sequence

ACCENT = "#1b5e4b"  # bamboo green, the one colour of the papers besides ink
GRAIN = 20
Point = tuple[float, float]


def number(millimetres: float) -> str:
    return str(round(millimetres * GRAIN))


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def line(points: Iterable[Point], closed: bool = False) -> str:
    """Straight segments."""
    first, *rest = points
    return f"M{_pair(first)}L{' '.join(map(_pair, rest))}" + ("Z" if closed else "")


def smooth(points: Sequence[Point], closed: bool = False) -> str:
    """A curve through the points (Catmull-Rom as cubic Bézier)."""
    count = len(points)

    def at(i: int) -> Point:
        return points[i % count] if closed else points[min(max(i, 0), count - 1)]

    parts = [f"M{_pair(points[0])}C"]
    for i in range(count if closed else count - 1):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        one = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        two = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(f"{_pair(one)} {_pair(two)} {_pair(end)} ")
    return "".join(parts).rstrip() + ("Z" if closed else "")


def turned(points: Iterable[Point], degrees: float, origin: Point = (0, 0), scale: float = 1) -> list[Point]:
    """Points drawn around (0, 0), scaled, turned clockwise and moved to the origin."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(origin[0] + scale * (x * cos - y * sin), origin[1] + scale * (x * sin + y * cos)) for x, y in points]


def stroke(paths: Iterable[str], width: float, opacity: float = 1, colour: str = ACCENT) -> str:
    faint = f' stroke-opacity="{opacity}"' if opacity < 1 else ""
    pen = f'stroke="{colour}" stroke-width="{width * GRAIN:g}" stroke-linecap="round"{faint}'
    return f'<path fill="none" {pen} d="{"".join(paths)}"/>'


def fill(paths: Iterable[str], colour: str = ACCENT, opacity: float = 1) -> str:
    faint = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    return f'<path fill="{colour}"{faint} d="{"".join(paths)}"/>'


def group(parts: Iterable[str], at: Point, turn: int = 0, mirror: bool = False) -> str:
    """Parts drawn around (0, 0), moved to their place. Repeated parts keep their figures and compress to nothing."""
    how = f"translate({number(at[0])} {number(at[1])})"
    how += f" rotate({turn})" if turn else ""
    how += " scale(-1 1)" if mirror else ""
    return f'<g transform="{how}">{"".join(parts)}</g>'


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}Z"


def sheet(width: int, height: int, *parts: str) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm"'
        f' viewBox="0 0 {width * GRAIN} {height * GRAIN}">\n{body}\n</svg>\n'
    )
