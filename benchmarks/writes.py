"""Twenty teachers who write 2,000 marks a minute at once: ``python -m benchmarks writes``. None lost, none doubled.

Each types into a sheet of its own, one cell a request, as the grid saves; every tenth request is sent twice, as after
an answer that was lost on the way. Afterwards the database must hold every mark once, with one line in the trail.
"""

import http.cookiejar
import json
import re
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text

from tests import services
from tests.journeys.installation import Installation

TEACHERS, PER_TEACHER, SECONDS = 20, 100, 60
STUDENTS, ASSESSMENTS = 25, 4
REPEATED = 10
LATE = 5  # seconds that the minute may take longer
LINE = "{:<12}{:>8}{:>9}{:>9}{:>11}{:>10}{:>10}{:>10}  {}"
HEADS = ("", "marks", "seconds", "repeated", "median, ms", "95 %, ms", "highest", "lost", "doubled")
STORED = """
    SELECT mark.student_id, mark.assessment_id, mark.score, mark.version, count(audit_event.id) FROM mark
    LEFT JOIN audit_event ON audit_event.subject_type = 'mark' AND audit_event.subject_id = mark.id
    GROUP BY mark.id, mark.student_id, mark.assessment_id, mark.score, mark.version
"""


class School(Installation):
    """An installation on the database of this address."""

    def __init__(self, folder: Path, database: str):
        super().__init__(folder)
        self.database = database

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"EXCHANGE_DATABASE_URL": self.database}


class Teacher:
    """Somebody with a browser who types 100 marks in a minute."""

    def __init__(self, school: School, built: dict, number: int):
        self.url, self.built, self.number = school.url, built, number
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )
        self.latencies: list[float] = []
        self.confirmed: dict[tuple[int, int], str] = {}
        self.failures: list[str] = []

    def sign_in(self) -> None:
        fields = {"username": self.built["teacher"], "password": self.built["password"]}
        fields["csrf_token"] = _token(self._open("/accounts/sign-in"))
        self._open("/accounts/sign-in", urllib.parse.urlencode(fields).encode())
        self.token = _token(self._open(f"/coursework/sheets/{self.built['sheet']}"))

    def write(self, began: float) -> None:
        """Each mark at its moment; who is late goes on at once."""
        pause = SECONDS / PER_TEACHER
        for number, cell in enumerate(self._cells()):
            due = began + pause * (number + self.number / TEACHERS)
            time.sleep(max(0.0, due - time.monotonic()))
            for _time in range(2 if number % REPEATED == 0 else 1):
                self._save(cell)

    def _cells(self) -> Iterator[dict]:
        for number in range(PER_TEACHER):
            row, column = divmod(number, ASSESSMENTS)
            place = {"student": self.built["students"][row], "assessment": self.built["assessments"][column]}
            yield {**place, "value": str((self.number + number) % 101), "version": 0}

    def _save(self, cell: dict) -> None:
        address = f"/coursework/sheets/{self.built['sheet']}/marks"
        started = time.perf_counter()
        try:
            (answer,) = json.loads(self._open(address, json.dumps({"cells": [cell]}).encode(), method="PUT"))["cells"]
        except OSError as failure:
            self.failures.append(str(failure))
            return
        self.latencies.append((time.perf_counter() - started) * 1000)
        if answer["status"] == "saved":
            self.confirmed[cell["student"], cell["assessment"]] = cell["value"]
        else:
            self.failures.append(answer["message"])

    def _open(self, address: str, body: bytes | None = None, *, method: str | None = None) -> str:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token} if method == "PUT" else {}
        request = urllib.request.Request(f"{self.url}{address}", data=body, headers=headers, method=method)
        with self.browser.open(request, timeout=60) as response:
            return response.read().decode()


def main() -> int:
    print(LINE.format(*HEADS))
    missed = []
    with tempfile.TemporaryDirectory(prefix="exchange-writes-") as name:
        for kind, url in _databases(Path(name)):
            folder = Path(name) / kind
            folder.mkdir()
            missed += [] if _run(kind, School(folder, url)) else [kind]
    sentence = f"{TEACHERS} teachers, {TEACHERS * PER_TEACHER:,} marks in a minute, none lost, none doubled"
    print(f"\nmissed on {', '.join(missed)}: {sentence}" if missed else f"\nMet: {sentence}.")
    return bool(missed)


def _databases(folder: Path) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder / 'school.db'}"
    try:
        yield "PostgreSQL", services.postgresql_url("writes")
    except services.ServiceUnavailable as problem:
        print(f"PostgreSQL is left out: {problem}", file=sys.stderr)


def _run(kind: str, school: School) -> bool:
    school.publish()
    school.run("db", "upgrade")
    built = school.build("tests.factories.mark_classes", STUDENTS, ASSESSMENTS, TEACHERS)
    teachers = [Teacher(school, each, number) for number, each in enumerate(built)]
    school.start()
    try:
        for teacher in teachers:
            teacher.sign_in()
        seconds = _minute(teachers)
    finally:
        school.stop()
    return _judge(kind, school, teachers, seconds)


def _minute(teachers: list[Teacher]) -> float:
    began = time.monotonic()
    threads = [threading.Thread(target=teacher.write, args=(began,)) for teacher in teachers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _judge(kind: str, school: School, teachers: list[Teacher], seconds: float) -> bool:
    engine = create_engine(school.database)
    with engine.connect() as connection:
        stored = {(student, column): rest for student, column, *rest in connection.execute(text(STORED))}
    engine.dispose()
    confirmed = {place: value for teacher in teachers for place, value in teacher.confirmed.items()}
    lost = [
        place for place, value in confirmed.items() if place not in stored or float(stored[place][0]) != float(value)
    ]
    doubled = [place for place, (_score, version, lines) in stored.items() if (version, lines) != (1, 1)]
    latencies = [each for teacher in teachers for each in teacher.latencies]
    high = statistics.quantiles(latencies, n=20)[-1]
    repeated = TEACHERS * -(-PER_TEACHER // REPEATED)
    figures = (f"{statistics.median(latencies):.1f}", f"{high:.1f}", f"{max(latencies):.0f}", len(lost), len(doubled))
    print(LINE.format(kind, len(confirmed), f"{seconds:.1f}", repeated, *figures), flush=True)
    failures = [failure for teacher in teachers for failure in teacher.failures]
    for failure in dict.fromkeys(failures):
        print(f"  {failures.count(failure)} × {failure}", file=sys.stderr)
    whole = len(confirmed) == len(stored) == TEACHERS * PER_TEACHER
    return whole and not lost and not doubled and not failures and seconds <= SECONDS + LATE


def _token(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    if found is None:
        raise RuntimeError("a page came without a token")
    return found[1]


if __name__ == "__main__":
    sys.exit(main())
