"""Front-end files: copies the few that ``package.json`` names from ``node_modules`` to ``exchange/static/vendor``.

``"exchange": {"vendor": {"htmx.js": "htmx.org/dist/htmx.min.js"}}`` – the name we serve, the file of the package.
Runs at set-up as ``python exchange/operations/vendor.py``.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "exchange" / "static" / "vendor"


def named_files(root: Path = ROOT) -> dict[str, str]:
    """Served name → file below ``node_modules``; a plain list keeps the file's own name."""
    try:
        package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    named = package.get("exchange", {}).get("vendor", {})
    return named if isinstance(named, dict) else {Path(source).name: source for source in named}


def missing_files() -> list[str]:
    """Served names that set-up has not copied yet."""
    return [name for name in named_files() if not (VENDOR / name).is_file()]


def copy_files(root: Path = ROOT, vendor: Path = VENDOR) -> list[str]:
    """Copy what differs; gives back the files that their packages do not hold."""
    absent = []
    for name, source in named_files(root).items():
        origin, target = root / "node_modules" / source, vendor / name
        if not origin.is_file():
            absent.append(source)
        elif not target.is_file() or target.read_bytes() != origin.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(origin.read_bytes())
    return absent


if __name__ == "__main__":
    if absent_files := copy_files():
        sys.exit(f"package.json names files that its packages do not hold: {', '.join(absent_files)}")
