"""The four motifs, each as a list of SVG elements around a place on the sheet."""

import math

from exchange.press.art.strokes import Point, fill, line, smooth, stroke, turned


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

    inner, middle, outer = (_oval(0.30, 0.33, -0.06), _oval(0.56, 0.66, 0, pinch=0.12), _oval(0.86, 1.0, 0.02, pinch=0.28))
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
        end = (start[0] + reach * math.cos(a + bend * 0.4), start[1] + reach * math.sin(a + bend * 0.4) + 0.10 * abs(i) / 27)
        barbs.append(smooth(put([start, middle_point, end])))
    core = [(0, 0.16), (-0.20, 0.26), (-0.33, 0.02), (-0.22, -0.28), (0, -0.38), (0.22, -0.28), (0.33, 0.02), (0.20, 0.26)]
    parts = [
        stroke(rays, 0.07, opacity),
        stroke(barbs, 0.09, opacity),
        stroke([smooth(put(outer), True)], 0.16, opacity),
        stroke([smooth(put(middle), True)], 0.16, opacity),
        fill([smooth(put(core), True)], opacity=opacity),
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


def leaf(origin: Point, length: float, degrees: float, opacity: float = 1) -> list[str]:
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
        hatch.append(line(turned([start, (start[0] + (end[0] - start[0]), start[1] + (end[1] - start[1]) * 0.96)], degrees, origin)))
    return [
        fill([smooth(turned(outline, degrees, origin))], "#ffffff"),
        stroke(hatch, 0.07, opacity),
        stroke([smooth(turned(outline, degrees, origin)), smooth(turned(rib, degrees, origin))], 0.11, opacity),
    ]


def weave(x: float, y: float, units: int, pitch: float, height: float, vertical: bool = False) -> list[str]:
    """A band of Jingpo weave: stepped diamonds in each other, hooked triangles between them."""
    outer, inner, cores = [], [], []
    for unit in range(units):
        centre = (unit + 0.5) * pitch
        for scale, into in ((1.0, outer), (0.72, inner), (0.46, inner)):
            into.append(line(_placed(_stepped(centre, height / 2, pitch / 2 * scale, height / 2 * scale), x, y, vertical), True))
        cores.append(line(_placed(_stepped(centre, height / 2, pitch / 2 * 0.22, height / 2 * 0.22, 2), x, y, vertical), True))
    for unit in range(units + 1):
        at = unit * pitch
        for top in (0.0, height):
            sign = 1 if top == 0 else -1
            for scale in (0.66, 0.36):
                half, rise = pitch / 2 * scale, height / 2 * scale * sign
                points = [p for p in ((at - half, top), (at, top + rise), (at + half, top))]
                if unit == 0:
                    points = points[1:]
                if unit == units:
                    points = points[:2]
                inner.append(line(_placed(points, x, y, vertical)))
    return [stroke(outer, 0.14), stroke(inner, 0.09), fill(cores)]


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


def _placed(points: list[Point], x: float, y: float, vertical: bool) -> list[Point]:
    return [(x + py, y + px) if vertical else (x + px, y + py) for px, py in points]


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
            wave = math.sin(2 * math.pi * (t * width / 21) + 2.4 * depth) + 0.45 * math.sin(2 * math.pi * (t * width / 13) - 3.1 * depth)
            points.append((x + width * t, y + height * (0.5 + (depth - 0.5) * (0.25 + 0.75 * swell)) + wave * swell * height * 0.13))
        paths.append(smooth(points))
    return [stroke(paths, 0.1, opacity)]


def rosette(origin: Point, radius: float, petals: int, rings: int, opacity: float) -> list[str]:
    """A guilloche: one wave around a circle, drawn again and again a little further on."""
    paths = []
    for ring in range(rings):
        phase = 2 * math.pi * ring / rings
        points = []
        for i in range(petals * 8):
            a = 2 * math.pi * i / (petals * 8)
            r = radius * (0.70 + 0.17 * math.cos(petals * a + phase) + 0.11 * math.cos(petals / 2 * a - phase))
            points.append((origin[0] + r * math.cos(a), origin[1] + r * math.sin(a)))
        paths.append(smooth(points, True))
    return [stroke(paths, 0.1, opacity)]
