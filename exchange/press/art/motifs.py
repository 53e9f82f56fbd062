"""The four motifs, each as a list of SVG elements around a place on the sheet."""

import math

from exchange.press.art.strokes import Point, fill, group, line, smooth, stroke, turned


def _oval(rx: float, ry: float, cy: float = 0, count: int = 24, pinch: float = 0) -> list[Point]:
    """An oval; pinch draws its lower end together, as in the eye of a feather."""
    points = []
    for i in range(count):
        a = 2 * math.pi * i / count
        low = max(0.0, math.sin(a))
        points.append((rx * math.cos(a) * (1 - pinch * low**2), cy + ry * math.sin(a) * (1 + pinch * low)))
    return points


def feather(origin: Point, size: float, degrees: float = 0, shaft: float = 3.2, opacity: float = 1) -> list[str]:
    """The eye of a peacock feather, upright: core, two hatched rings, barbs that bend outwards, a shaft."""

    def put(points: list[Point]) -> list[Point]:
        return turned(points, degrees, origin, size)

    middle, outer = _oval(0.56, 0.66, 0, pinch=0.12), _oval(0.86, 1.0, 0.02, pinch=0.28)
    rays = []
    for i in range(72):
        a = 2 * math.pi * i / 72
        start, end = _on(0.58, 0.68, 0, 0.12, a), _on(0.82, 0.96, 0.02, 0.28, a)
        rays.append(line(put([start, end])))
    barbs = []
    for i in range(-27, 28):
        a = math.radians(i * 5.6 - 90)
        start = _on(0.9, 1.04, 0.02, 0.28, a)
        reach = 0.62 - 0.2 * abs(i) / 27 + (0.06 if i % 2 else 0)
        bend = math.radians(i * 1.1)
        middle_point = (start[0] + reach * 0.5 * math.cos(a), start[1] + reach * 0.5 * math.sin(a))
        end = (
            start[0] + reach * math.cos(a + bend * 0.4),
            start[1] + reach * math.sin(a + bend * 0.4) + 0.10 * abs(i) / 27,
        )
        barbs.append(smooth(put([start, middle_point, end])))
    core = [
        (0, 0.16),
        (-0.20, 0.26),
        (-0.33, 0.02),
        (-0.22, -0.28),
        (0, -0.38),
        (0.22, -0.28),
        (0.33, 0.02),
        (0.20, 0.26),
    ]
    parts = [
        stroke(rays, 0.07, opacity),
        stroke(barbs, 0.09, opacity),
        stroke([smooth(put(outer), True)], 0.16, opacity),
        stroke([smooth(put(middle), True)], 0.16, opacity),
        fill([smooth(put(core), True)], opacity=opacity / 2 if opacity < 1 else 1),
    ]
    halo = [smooth(put(_oval(0.36 + 0.055 * i, 0.42 + 0.065 * i, -0.03, pinch=0.06)), True) for i in range(1, 4)]
    parts.append(stroke(halo, 0.08, opacity))
    if shaft > 1.3:
        side = []
        for i in range(int((shaft - 1.5) * 9)):
            y = 1.5 + i / 9
            reach = 0.55 * (1 - 0.65 * i / ((shaft - 1.5) * 9))
            for sign in (-1, 1):
                side.append(smooth(put([(0, y), (sign * reach * 0.6, y - 0.12), (sign * reach, y - 0.34)])))
        parts.append(stroke(side, 0.07, opacity))
        parts.append(stroke([line(put([(0, 1.3), (0, shaft)]))], 0.2, opacity))
    return parts


def _on(rx: float, ry: float, cy: float, pinch: float, a: float) -> Point:
    low = max(0.0, math.sin(a))
    return (rx * math.cos(a) * (1 - pinch * low**2), cy + ry * math.sin(a) * (1 + pinch * low))


def leaf(origin: Point, length: float, degrees: float) -> list[str]:
    """A bamboo leaf along +x: outline, rib and hatching on its shaded half."""
    width = length * 0.085

    def edge(t: float, side: int) -> Point:
        swell = math.sin(math.pi * t**0.72) * (1 - 0.25 * t)
        droop = length * 0.07 * t * t
        return (length * t, droop + side * width * swell)

    steps = [i / 10 for i in range(11)]
    outline = [edge(t, -1) for t in steps] + [edge(t, 1) for t in reversed(steps[:-1])]
    rib = [edge(t, 0) for t in steps]
    hatch = []
    for i in range(2, 22):
        t = i / 24
        start, end = edge(t, 0), edge(min(1, t + 0.045), 1)
        hatch.append(
            line(
                turned(
                    [start, (start[0] + (end[0] - start[0]), start[1] + (end[1] - start[1]) * 0.96)], degrees, origin
                )
            )
        )
    return [
        fill([smooth(turned(outline, degrees, origin))], "#ffffff"),
        stroke(hatch, 0.07),
        stroke([smooth(turned(outline, degrees, origin)), smooth(turned(rib, degrees, origin))], 0.11),
    ]


def weave(x: float, y: float, units: int, pitch: float, height: float, vertical: bool = False) -> list[str]:
    """A band of Jingpo weave: stepped diamonds in each other, triangles between them."""
    unit = _weave_unit(pitch, height)
    step = (0.0, pitch) if vertical else (pitch, 0.0)
    start = (x + height, y) if vertical else (x, y)
    places = [(start[0] + step[0] * i, start[1] + step[1] * i) for i in range(units)]
    return [group(unit, place, 90 if vertical else 0) for place in places]


def _weave_unit(pitch: float, height: float) -> list[str]:
    middle = (pitch / 2, height / 2)
    rings = [line(_stepped(*middle, pitch / 2 * scale, height / 2 * scale), True) for scale in (1.0, 0.72, 0.46)]
    core = line(_stepped(*middle, pitch * 0.11, height * 0.11, 2), True)
    triangles = []
    for base in (0.0, height):
        for scale in (0.66, 0.36):
            tip = base + (height / 2 - base) * scale
            triangles.append(line([(pitch / 2 * scale, base), (0, tip)]))
            triangles.append(line([(pitch, tip), (pitch - pitch / 2 * scale, base)]))
    return [stroke(rings[:1], 0.14), stroke(rings[1:] + triangles, 0.09), fill([core])]


def _stepped(cx: float, cy: float, rx: float, ry: float, steps: int = 4) -> list[Point]:
    points: list[Point] = []
    for sx, sy in ((1, -1), (1, 1), (-1, 1), (-1, -1)):
        quarter = []
        for i in range(steps):
            quarter += [(rx * i / steps, ry * (steps - i) / steps), (rx * (i + 1) / steps, ry * (steps - i) / steps)]
        quarter.append((rx, 0.0))
        if sx * sy > 0:
            quarter.reverse()
        points += [(cx + sx * px, cy + sy * py) for px, py in quarter]
    return points


def water(x: float, y: float, width: float, height: float, lines: int, opacity: float = 1) -> list[str]:
    """Waves as an engraver draws them: sister lines whose swell comes and goes."""
    paths = []
    for k in range(lines):
        depth = k / max(1, lines - 1)
        points = []
        count = int(width / 1.6)
        for i in range(count + 1):
            t = i / count
            swell = math.sin(math.pi * t) ** 0.8
            wave = math.sin(2 * math.pi * (t * width / 21) + 2.4 * depth) + 0.45 * math.sin(
                2 * math.pi * (t * width / 13) - 3.1 * depth
            )
            points.append(
                (
                    x + width * t,
                    y + height * (0.5 + (depth - 0.5) * (0.03 + 0.97 * swell)) + wave * swell * height * 0.13,
                )
            )
        paths.append(smooth(points))
    return [stroke(paths, 0.1, opacity)]


def corner_fan(size: float) -> list[str]:
    """A quarter of a peacock's wheel for the top left corner of a frame: feathers side by side, an eye in each."""

    def ray(angle: float, r: float) -> Point:
        a = math.radians(angle + 45)
        return (r * math.sin(a), r * math.cos(a))

    arcs = [smooth([ray(-45 + 90 * i / 12, r) for i in range(13)]) for r in (size, size - 0.7, size * 0.36)]
    ribs, tips, eyes = [], [], []
    for k in range(10):
        centre = -40.5 + 9 * k
        tip = [
            ray(centre - 4.5, size * 0.74),
            ray(centre - 2.6, size * 0.87),
            ray(centre, size * 0.91),
            ray(centre + 2.6, size * 0.87),
            ray(centre + 4.5, size * 0.74),
        ]
        tips.append(smooth(tip))
        ribs.append(line([ray(centre - 4.5, size * 0.36), ray(centre - 4.5, size * 0.74)]))
        ribs.append(line([ray(centre, size * 0.40), ray(centre, size * 0.66)]))
        for i in range(6):
            r = size * (0.44 + 0.045 * i)
            for side in (-1, 1):
                ribs.append(line([ray(centre, r), ray(centre + side * 3.6, r + size * 0.045)]))
        cx, cy = ray(centre, size * 0.76)
        eyes.append(smooth(turned(_oval(0.42, 0.62, count=8), -centre - 45, (cx, cy)), True))
    ribs.append(line([ray(45, size * 0.36), ray(45, size * 0.74)]))
    small = [smooth([ray(-45 + 90 * i / 10, size * f) for i in range(11)]) for f in (0.14, 0.2, 0.26)]
    edges = [line([ray(-45, size), (0, 0), ray(45, size)])]
    return [
        stroke(arcs[:1] + edges, 0.2),
        stroke(arcs[1:] + small + tips, 0.11),
        stroke(ribs, 0.08),
        fill(eyes),
    ]


def twig() -> list[str]:
    """A hanging twig of bamboo, its tip to the right."""
    parts = []
    for x, y, length, turn in (
        (-10, -6, 15, 62),
        (-10, -6.2, 13, -8),
        (0, -3.2, 17, 50),
        (0, -3.4, 14, 16),
        (10, -1.8, 15, 40),
        (10, -2, 14, -14),
        (18, -1.6, 16, 24),
        (18, -1.6, 15, -4),
    ):
        parts += leaf((x, y), length, turn)
    stem = [(-19, -10), (-10, -6.2), (0, -3.2), (10, -1.8), (18, -1.6)]
    parts.append(stroke([smooth(stem)], 0.32))
    parts.append(stroke([smooth([(x, y + 0.5) for x, y in stem])], 0.1))
    return parts
