"""How long the nightly re-check takes: ``python -m benchmarks recheck``. 10,000 placements, the first time and again.

The command runs as the machine runs it at night, in one process. Memory is the highest that the system noted for it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.databases import KEYS, ROOT
from benchmarks.imports import Run, command, environment, watched
from tests import services

PLACEMENTS = 10_000
SECONDS, MEGABYTES = 60, 400
LINE = "{:<14}{:>12}{:>12}{:>12}{:>10}{:>13}{:>9}"
HEADS = ("", "placements", "first, s", "again, s", "CPU, s", "highest, MB", "load")


def main(placements: int = PLACEMENTS) -> int:
    missed = []
    print(LINE.format(*HEADS))
    with tempfile.TemporaryDirectory(prefix="exchange-recheck-") as name:
        for kind, settings in _databases(Path(name)):
            _fill(settings, placements)
            load = os.getloadavg()[0]
            runs = [watched(["placements", "recheck"], settings) for _time in range(2)]
            print(LINE.format(kind, f"{placements:,}", *_cells(runs), f"{load:.1f}"), flush=True)
            if max(run.seconds for run in runs) > SECONDS or max(run.megabytes for run in runs) > MEGABYTES:
                missed.append(kind)
    budget = f"{PLACEMENTS:,} placements within {SECONDS} s, below {MEGABYTES} MB"
    print(f"missed on {', '.join(missed)}: {budget}" if missed else f"Met: {budget}.")
    return bool(missed)


def _cells(runs: list[Run]) -> tuple[str, ...]:
    seconds = (f"{run.seconds:.1f}" for run in runs)
    return (*seconds, f"{max(run.cpu for run in runs):.1f}", f"{max(run.megabytes for run in runs):.0f}")


def _databases(folder: Path) -> list[tuple[str, dict[str, str]]]:
    urls = {"SQLite": f"sqlite:///{folder / 'school.db'}"}
    try:
        urls["PostgreSQL"] = services.postgresql_url("recheck")
    except services.ServiceUnavailable as problem:
        print(f"PostgreSQL is left out: {problem}", file=sys.stderr)
    places = {"STORAGE_URL": str(folder / "files"), "QUEUE_URL": f"sqlite:///{folder / 'queue.db'}"}
    return [(kind, {"DATABASE_URL": url, **places, **KEYS}) for kind, url in urls.items()]


def _fill(settings: dict[str, str], placements: int) -> None:
    build = [sys.executable, "-m", "tests.factories.placement_years", str(placements)]
    for words in (command(["db", "upgrade"]), build):
        subprocess.run(words, cwd=ROOT, env=environment(settings), check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
