"""The frames: which motif stands where on which sheet."""

import math
from collections.abc import Callable

from exchange.press.art.motifs import corner_fan, feather, twig, water, weave
from exchange.press.art.strokes import box, group, line, sheet, stroke, turned


def honour() -> str:
    """Landscape: weave all round with feathers in the corners, bamboo beside the head, water along the foot."""
    left, top, right, bottom, band, corner = 12.0, 12.0, 285.0, 198.0, 6.0, 17.0
    parts = [
        stroke([box(left - 2.0, top - 2.0, right - left + 4, bottom - top + 4)], 0.6),
        stroke([box(left - 0.9, top - 0.9, right - left + 1.8, bottom - top + 1.8)], 0.12),
        *_rails(left, top, right, bottom, band, corner),
    ]
    across, down = right - left - 2 * corner, bottom - top - 2 * corner
    for y in (top, bottom - band):
        parts += weave(left + corner, y + 0.6, 26, across / 26, band - 1.2)
    for x in (left, right - band):
        parts += weave(x + 0.6, top + corner, 17, down / 17, band - 1.2, vertical=True)
    for place, turn in (((left, top), 0), ((right, top), 90), ((right, bottom), 180), ((left, bottom), 270)):
        parts.append(group(corner_fan(corner), place, turn))
    parts += water(32, bottom - band - 11.5, 233, 9, 9, 0.5)
    parts += feather((148.5, 100), 24, shaft=3.0, opacity=0.16)
    parts += [group(twig(), (56, 42)), group(twig(), (241, 42), mirror=True)]
    return sheet(297, 210, *parts)


def _rails(left: float, top: float, right: float, bottom: float, band: float, corner: float) -> list[str]:
    """The lines along the band; they stop where they meet the quarter circles of the corners."""
    parts = []
    for inset, width in ((0.0, 0.2), (band, 0.2), (band + 1.1, 0.1)):
        stop = math.sqrt(corner**2 - inset**2)
        x1, y1, x2, y2 = left + inset, top + inset, right - inset, bottom - inset
        across = [line([(left + stop, y), (right - stop, y)]) for y in (y1, y2)]
        down = [line([(x, top + stop), (x, bottom - stop)]) for x in (x1, x2)]
        parts.append(stroke(across + down, width))
    return parts


def letter() -> str:
    """Portrait, for statements: hairlines, a feather over the head between two twigs, a little water at the foot."""
    parts = [
        stroke([box(13, 13, 184, 271)], 0.45),
        stroke([box(14.2, 14.2, 181.6, 268.6)], 0.1),
    ]
    for x, y, turn in ((14.2, 14.2, 0), (195.8, 14.2, 90), (195.8, 282.8, 180), (14.2, 282.8, 270)):
        parts += _key(x, y, turn)
    parts += weave(75, 59.4, 12, 5, 2.6)
    parts += water(26, 271.5, 158, 5.5, 6, 0.5)
    return sheet(210, 297, *parts)


def _key(x: float, y: float, turn: int) -> list[str]:
    hook = [(0, 9), (3.2, 9), (3.2, 3.2), (9, 3.2), (9, 0)]
    inner = [(0, 5.8), (5.8, 5.8), (5.8, 0)]
    return [stroke([line(turned(hook, turn, (x, y)))], 0.16), stroke([line(turned(inner, turn, (x, y)))], 0.1)]


def plain_sheet() -> str:
    """Portrait, for tables: weave under the head, a line over the foot."""
    parts = [
        *weave(20, 13, 34, 5, 2.6),
        stroke([line([(20, y), (190, y)]) for y in (12.2, 16.4)], 0.14),
        stroke([line([(20, 275.2), (190, 275.2)])], 0.14),
        *water(20, 281.5, 170, 4.5, 5, 0.45),
    ]
    return sheet(210, 297, *parts)


FRAMES: dict[str, Callable[[], str]] = {"honour.svg": honour, "letter.svg": letter, "sheet.svg": plain_sheet}
