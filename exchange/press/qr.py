"""QR codes: for papers as one-bit image masks, for pages as one path of an SVG."""

from functools import lru_cache

import segno

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _

# One size and one level for every paper: the code keeps its place and its grain, and a print shop can test it once.
VERSION, LEVEL, MASK = 6, "M", 3
QUIET = 2  # modules; the paper around is white


@lru_cache(maxsize=256)
def bits(text: str) -> tuple[int, bytes]:
    """Side in modules and packed rows, a cleared bit per dark module (what an image mask paints).

    Raises UsageProblem when the text does not fit (106 bytes)."""
    try:
        code = segno.make_qr(text, version=VERSION, error=LEVEL, mask=MASK, boost_error=False)
    except segno.DataOverflowError:
        raise UsageProblem(_("核验网址太长，二维码放不下：%(text)s", text=text)) from None
    rows = list(code.matrix)
    side = len(rows)
    padding = -side % 8
    packed = b"".join(
        int("".join("0" if module else "1" for module in row) + "1" * padding, 2).to_bytes((side + padding) // 8)
        for row in rows
    )
    return side, packed


def path(text: str) -> tuple[int, str]:
    """Side in modules with the quiet zone, and the dark modules as the ``d`` of an SVG path."""
    rows = list(segno.make_qr(text, error=LEVEL).matrix_iter(border=QUIET))
    runs = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return len(rows), "".join(runs)
