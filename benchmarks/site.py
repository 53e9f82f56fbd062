"""A site to measure: the application over a prepared database, with everybody signed in; and the floor beside it."""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import InstrumentedAttribute

from benchmarks.databases import PASSWORD, Prepared
from benchmarks.floor import create_floor
from exchange import create_app
from exchange.core.database import db
from exchange.coursework.models import Assessment, Mark, MarkSheet, SheetStatus
from exchange.students.models import Student

COLUMNS, MEMBERS = 4, 45
SERVER_TICK = 10.0  # ms; the unit in which the system counts the time of a process


@dataclass(frozen=True)
class Answer:
    """What a request cost: CPU here and of the database server, statements, and how long the answer is."""

    milliseconds: float
    server: float
    statements: int
    size: int


class Target:
    """Something that can be asked for pages and counts what they cost."""

    def __init__(self, engine: Engine, records: dict[str, Any], sheet: int):
        self.records = records
        self.sheet = sheet
        self.saves = 0
        self.versions: dict[tuple[int, int], int] = records["versions"]
        self._server = _server_process(engine)

    def client(self, who: str) -> FlaskClient:
        raise NotImplementedError

    def get(self, who: str, address: str) -> Answer:
        return self.timed(self.client(who), "GET", address.format(**self.records))

    def cells(self) -> list[dict[str, Any]]:
        """All marks of the sheet, each with another value than before."""
        self.saves += 1
        places = (
            (student, assessment)
            for student in self.records["members"][self.sheet]
            for assessment in self.records["columns"][self.sheet]
        )
        return [
            {
                "student": student,
                "assessment": assessment,
                "version": self.versions[student, assessment],
                "value": str(40 + (self.saves + number) % 60),
            }
            for number, (student, assessment) in enumerate(places)
        ]

    def timed(self, client: FlaskClient, method: str, address: str, **content: Any) -> Answer:
        server, started = self._server_time(), time.process_time()
        response = client.open(address, method=method, **content)
        spent = time.process_time() - started
        server = self._server_time() - server
        if response.status_code != 200:
            raise RuntimeError(f"{method} {address}: {response.status}")
        self.answer = response
        return Answer(spent * 1000, server, int(response.headers["X-Query-Count"]), len(response.data))

    def _server_time(self) -> float:
        """The CPU time of the database server's process for this connection, where it runs beside us."""
        if self._server is None:
            return 0.0
        user, system = self._server.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * SERVER_TICK


class Site(Target):
    """The product."""

    def __init__(self, prepared: Prepared):
        self.app = create_app(BENCHMARK="1", **prepared.settings)
        self.clients: dict[str, FlaskClient] = {}
        with self.app.app_context():
            own, bare = _sheets()
            super().__init__(db.engine, _records(own, bare), own)

    def client(self, who: str) -> FlaskClient:
        """The browser of the role; the empty name is a stranger."""
        if who not in self.clients:
            self.clients[who] = self.app.test_client()
            if who:
                self._sign_in(self.clients[who], who)
        return self.clients[who]

    def save_marks(self) -> Answer:
        """All marks of the sheet in one request, as the grid sends them."""
        client = self.client("subject_teacher")
        token = self._token(client, f"/coursework/sheets/{self.sheet}")
        answer = self.timed(
            client,
            "PUT",
            f"/coursework/sheets/{self.sheet}/marks",
            json={"cells": self.cells()},
            headers={"X-CSRFToken": token},
        )
        cells = self.answer.get_json()["cells"]
        self.versions = {(cell["student"], cell["assessment"]): cell["version"] for cell in cells}
        states = {cell["status"] for cell in cells}
        if states != {"saved"}:
            raise RuntimeError(f"marks were not saved: {states}")
        return answer

    def export(self) -> Answer:
        """The workbook of all students."""
        client = self.client("registrar")
        fields = {"csrf_token": self._token(client, "/students/export"), "class_name": "", "as_of": ""}
        answer = self.timed(client, "POST", "/students/export", data=fields)
        if not self.answer.mimetype.endswith("sheet"):
            raise RuntimeError("no workbook came")
        return answer

    def _sign_in(self, client: FlaskClient, who: str) -> None:
        fields = {"csrf_token": self._token(client, "/accounts/sign-in"), "username": who, "password": PASSWORD}
        if client.post("/accounts/sign-in", data=fields).status_code != 302:
            raise RuntimeError(f"{who} could not sign in")

    @staticmethod
    def _token(client: FlaskClient, address: str) -> str:
        return re.search(r'name="csrf-token" content="([^"]+)"', client.get(address).text)[1]


class Bare(Target):
    """The floor over the records of a site; it writes to a sheet of its own."""

    def __init__(self, prepared: Prepared, records: dict[str, Any]):
        app = create_floor(prepared.settings["DATABASE_URL"])
        super().__init__(app.extensions["engine"], records, records["floor_sheet"])
        self._client = app.test_client()

    def client(self, _who: str) -> FlaskClient:
        return self._client

    def save_marks(self) -> Answer:
        """Overwrite all marks of the sheet."""
        return self.timed(self._client, "PUT", f"/coursework/sheets/{self.sheet}/marks", json={"cells": self.cells()})

    def export(self) -> Answer:
        """All students as CSV."""
        return self.timed(self._client, "POST", "/students/export")


def _sheets() -> list[int]:
    """Two mark sheets of the right size, opened for writing."""
    columns = select(Assessment.sheet_id).group_by(Assessment.sheet_id).having(func.count() == COLUMNS)
    classes = select(Student.school_class_id).group_by(Student.school_class_id).having(func.count() == MEMBERS)
    fitting = select(MarkSheet.id).where(MarkSheet.id.in_(columns), MarkSheet.school_class_id.in_(classes))
    sheets = list(db.session.scalars(fitting.order_by(MarkSheet.id).limit(2)))
    never_handed_in = {"status": SheetStatus.DRAFT, "handed_in_at": None}  # from then on each change needs a reason
    db.session.execute(update(MarkSheet).where(MarkSheet.id.in_(sheets)).values(never_handed_in))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))  # the server does it by itself a minute after the filling
        db.session.commit()
    return sheets


def _records(own: int, bare: int) -> dict[str, Any]:
    """What the addresses name: a student, and what is searched for."""
    classes = dict(db.session.execute(select(MarkSheet.id, MarkSheet.school_class_id)).all())
    members = {
        sheet: list(db.session.scalars(select(Student.id).where(Student.school_class_id == classes[sheet])))
        for sheet in (own, bare)
    }
    columns = {
        sheet: list(db.session.scalars(select(Assessment.id).where(Assessment.sheet_id == sheet)))
        for sheet in (own, bare)
    }
    student = db.session.get_one(Student, members[own][0])
    placed = select(Mark.student_id, Mark.assessment_id, Mark.version)
    marks = db.session.execute(placed.where(Mark.assessment_id.in_(columns[own] + columns[bare])))
    return {
        "versions": {(mark.student_id, mark.assessment_id): mark.version for mark in marks},
        "sheet": own,
        "floor_sheet": bare,
        "members": members,
        "columns": columns,
        "student": student.id,
        "student_no": student.student_no,
        "name": _rarest(Student.name),
        "syllable": student.name[-1],
        "pinyin": _rarest(Student.pinyin),
        "initials": _rarest(Student.initials),
        "letter": student.initials[0],
    }


def _rarest(column: InstrumentedAttribute[str]) -> str:
    """A value of as few students as there are, so that little is shown with many students, too."""
    return db.session.scalars(select(column).group_by(column).order_by(func.count(), column)).first() or ""


def _server_process(engine: Engine) -> Path | None:
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as connection:
        number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        local = engine.url.host in {"127.0.0.1", "localhost", None, ""}
    process = Path(f"/proc/{number}/stat")
    return process if local and process.exists() else None
