"""How long a county's whole roster takes: ``python -m benchmarks imports``. Review and commit of 50,000 national rows.

The commands run as people run them. Memory is the highest that the system noted for the command itself and for the
process in which it reads the workbook, and the most that both held at one moment; the machine's load stands beside
each figure, because both cores are in use.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import KEYS, ROOT
from exchange import create_app
from exchange.core.database import db
from exchange.programmes.models import Programme, SchoolClass
from tests import services
from tests.factories.rosters import INTAKE, class_names, national_workbook

ROWS = 50_000
SECONDS, MEGABYTES = 120, 600
LINE = "{:<14}{:>9}{:>11}{:>11}{:>11}{:>13}{:>13}{:>11}{:>9}"
HEADS = ("", "rows", "review, s", "commit, s", "CPU, s", "command, MB", "reader, MB", "both, MB", "load")
LOOKS = 0.05


@dataclass(frozen=True)
class Run:
    """What one command took, with the processes that it started."""

    seconds: float
    cpu: float
    megabytes: float
    reader: float
    together: float


def main(rows: int = ROWS) -> int:
    missed = []
    with tempfile.TemporaryDirectory(prefix="exchange-imports-") as name:
        folder = Path(name)
        workbook = folder / "roster.xlsx"
        workbook.write_bytes(national_workbook(rows))
        print(LINE.format(*HEADS))
        for kind, settings in _databases(folder):
            _found_school(settings, rows)
            load = os.getloadavg()[0]
            review = watched(["imports", "review", str(workbook), "--kind", "roster"], settings)
            commit = watched(["imports", "commit", "1"], settings)
            reader, most = review.reader, max(review.megabytes, commit.megabytes)
            together = max(review.together, commit.together)
            cells = (f"{review.seconds:.1f}", f"{commit.seconds:.1f}", f"{review.cpu + commit.cpu:.1f}")
            print(
                LINE.format(kind, f"{rows:,}", *cells, f"{most:.0f}", f"{reader:.0f}", f"{together:.0f}", f"{load:.1f}")
            )
            if review.seconds + commit.seconds > SECONDS or max(most, reader, together) > MEGABYTES:
                missed.append(kind)
    budget = f"{ROWS:,} rows within {SECONDS} s, no process and not both together above {MEGABYTES} MB"
    print(f"missed on {', '.join(missed)}: {budget}" if missed else f"Met: {budget}.")
    return bool(missed)


def _databases(folder: Path) -> list[tuple[str, dict[str, str]]]:
    urls = {"SQLite": f"sqlite:///{folder / 'school.db'}"}
    try:
        urls["PostgreSQL"] = services.postgresql_url("imports")
    except services.ServiceUnavailable as problem:
        print(f"PostgreSQL is left out: {problem}", file=sys.stderr)
    places = {"STORAGE_URL": str(folder / "files"), "QUEUE_URL": f"sqlite:///{folder / 'queue.db'}"}
    return [(kind, {"DATABASE_URL": url, **places, **KEYS}) for kind, url in urls.items()]


def _found_school(settings: dict[str, str], rows: int) -> None:
    """The classes that the roster names."""
    subprocess.run(command(["db", "upgrade"]), cwd=ROOT, env=environment(settings), check=True, capture_output=True)
    app = create_app(**settings)
    with app.app_context():
        programme = Programme(major="740104", name="高星级饭店运营与管理", intake_year=INTAKE)
        classes = [
            SchoolClass(name=name, intake_year=INTAKE, number=number, programme=programme)
            for number, name in enumerate(class_names(rows), start=1)
        ]
        db.session.add_all(classes)
        db.session.commit()
        db.engine.dispose()


def watched(words: list[str], settings: dict[str, str]) -> Run:
    """Run a command of ours on a database and note what it takes. Raises ``SystemExit`` where it fails."""
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command(words), cwd=ROOT, env=environment(settings), stdout=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    totals: list[float] = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks, totals))
    watcher.start()
    status = process.wait()
    seconds, after = time.perf_counter() - started, os.times()
    watcher.join()
    if status:
        raise SystemExit(f"{' '.join(words)} ended with {status}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    reader = max((peak for pid, peak in peaks.items() if pid != process.pid), default=0.0)
    return Run(seconds, cpu, peaks.get(process.pid, 0.0), reader, max(totals))


def _watch(process: subprocess.Popen[bytes], peaks: dict[int, float], totals: list[float]) -> None:
    """The system keeps the highest of each process; it is lost with the process, so it is read again and again."""
    while process.poll() is None:
        pids = (process.pid, *_children(process.pid))
        for pid in pids:
            peaks[pid] = max(peaks.get(pid, 0.0), _megabytes(pid, "VmHWM"))
        totals.append(sum(_megabytes(pid, "VmRSS") for pid in pids))
        time.sleep(LOOKS)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _megabytes(pid: int, name: str) -> float:
    """What the system notes: VmHWM is the highest so far, VmRSS the present; none for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def command(words: list[str]) -> list[str]:
    """The words of a ``flask`` command for the system."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *words]


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The settings as the application reads them."""
    return os.environ | {f"EXCHANGE_{name}": value for name, value in settings.items()}


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
