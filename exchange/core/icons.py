"""The icon sprite: set-up joins the drawings that package.json names into static/vendor/icons.svg.

``python -m exchange.core.icons`` after ``npm ci``. Pages work without it: an icon always stands beside a word.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPRITE = ROOT / "exchange" / "static" / "vendor" / "icons.svg"


def build_sprite(root: Path = ROOT) -> str:
    """One SVG with a ``<symbol>`` per drawing, named after its file."""
    drawings = json.loads((root / "package.json").read_text("utf-8"))["exchange"]["vendor"]
    symbols = "".join(_symbol(root / "node_modules" / drawing) for drawing in drawings)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(drawing: Path) -> str:
    shapes = re.findall(r"<(?:path|circle|rect|line)\b[^>]*>", drawing.read_text("utf-8"))
    seen = "".join(shape for shape in shapes if 'stroke="none"' not in shape)
    return f'<symbol id="{drawing.stem}" viewBox="0 0 24 24">{seen}</symbol>'


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    SPRITE.write_text(build_sprite(source), "utf-8")
