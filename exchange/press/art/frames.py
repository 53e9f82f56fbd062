"""The frames: which motif stands where on which sheet."""

from collections.abc import Callable

from exchange.press.art.motifs import feather, leaf, rosette, water, weave
from exchange.press.art.strokes import box, sheet, stroke


def honour() -> str:
    """Landscape: weave all round, feathers in the corners, bamboo beside the head, water at the foot."""
    left, top, right, bottom, band, corner = 11.0, 11.0, 286.0, 199.0, 7.0, 7.0
    parts = [
        stroke([box(left - 2.2, top - 2.2, right - left + 4.4, bottom - top + 4.4)], 0.55),
        stroke([box(left - 1, top - 1, right - left + 2, bottom - top + 2)], 0.12),
        stroke([box(left, top, right - left, bottom - top)], 0.2),
        stroke([box(left + band, top + band, right - left - 2 * band, bottom - top - 2 * band)], 0.2),
        stroke([box(left + band + 1.4, top + band + 1.4, right - left - 2 * band - 2.8, bottom - top - 2 * band - 2.8)], 0.1),
    ]
    across, down = right - left - 2 * corner, bottom - top - 2 * corner
    for y in (top, bottom - band):
        parts += weave(left + corner, y + 0.7, 29, across / 29, band - 1.4)
    for x in (left, right - band):
        parts += weave(x + 0.7, top + corner, 19, down / 19, band - 1.4, vertical=True)
    for x, y, turn in ((left, top, -45), (right, top, 45), (right, bottom, 135), (left, bottom, -135)):
        cx, cy = x + (3.5 if x == left else -3.5), y + (3.5 if y == top else -3.5)
        parts += feather((cx, cy), 2.1, turn, shaft=0)
    parts += rosette((148.5, 112), 52, 24, 12, 0.10)
    parts += water(40, 172, 217, 12, 11, 0.55)
    for mirror in (1, -1):
        parts += _spray(148.5, 46, mirror)
    return sheet(297, 210, *parts)


def _spray(centre: float, y: float, mirror: int) -> list[str]:
    """A twig of bamboo that leans towards the head."""
    parts = []
    start = 66.0
    for away, length, turn in ((0, 17, 8), (5, 19, -24), (9, 16, 30), (15, 18, -10), (21, 15, -34), (24, 14, 22)):
        angle = turn if mirror > 0 else 180 - turn
        parts += leaf((centre + mirror * (start + away - 10), y + 1.5 - away * 0.15), length, angle)
    return parts


FRAMES: dict[str, Callable[[], str]] = {"honour.svg": honour}
