"""The floor: the same pages from the same database by a bare Flask, without sign-in, rights, language or design."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

from flask import Flask, Response, g, has_request_context, render_template_string, request
from sqlalchemy import bindparam, create_engine, event, select, update
from sqlalchemy.engine import Connection

from exchange.coursework.models import Assessment, Mark, MarkSheet
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student

LIST = """<table>{% for row in rows %}<tr><td><a href="/students/{{ row.id }}">{{ row.name }}</a></td>
<td>{{ row.pinyin }}</td><td>{{ row.student_no }}</td><td>{{ row.class_name }}</td></tr>{% endfor %}</table>"""
GRID = """<form><table>{% for student in students %}<tr><th>{{ student.name }}</th>{% for column in columns %}
{% set mark = marks[student.id, column.id] %}
<td><input name="m.{{ student.id }}.{{ column.id }}" value="{{ mark.score }}" data-version="{{ mark.version }}"></td>
{% endfor %}</tr>{% endfor %}</table></form>"""
SIGN_IN = (
    """<form method="post"><input name="username"><input name="password" type="password"><button>登录</button></form>"""
)

student, school_class, sheet = Student.__table__, SchoolClass.__table__, MarkSheet.__table__
assessment, mark = Assessment.__table__, Mark.__table__
listed = select(
    student.c.id, student.c.name, student.c.pinyin, student.c.student_no, school_class.c.name.label("class_name")
).join(school_class, school_class.c.id == student.c.school_class_id)

REPLACE = (
    update(mark)
    .where(mark.c.id == bindparam("old_id"), mark.c.version == bindparam("old_version"))
    .values(score=bindparam("score"), version=mark.c.version + 1, updated_at=bindparam("at"))
)


def create_floor(url: str) -> Flask:
    """A Flask that reads and writes the tables of this database."""
    app, engine = Flask("floor"), create_engine(url)
    app.extensions["engine"] = engine
    event.listen(engine, "before_cursor_execute", _count)

    @app.get("/accounts/sign-in")
    def sign_in() -> str:
        return render_template_string(SIGN_IN)

    @app.get("/students")
    def students() -> str:
        found = listed.order_by(student.c.student_no).limit(50)
        if q := request.args.get("q", ""):
            found = found.where(
                student.c.name.contains(q) | student.c.pinyin.contains(q) | student.c.initials.contains(q)
            )
        with engine.connect() as connection:
            return render_template_string(LIST, rows=connection.execute(found).all())

    @app.get("/students/<int:student_id>")
    def show(student_id: int) -> str:
        with engine.connect() as connection:
            rows = connection.execute(listed.where(student.c.id == student_id)).all()
        return render_template_string(LIST, rows=rows)

    @app.get("/coursework/sheets/<int:sheet_id>")
    def grid(sheet_id: int) -> str:
        with engine.connect() as connection:
            members, columns, marks = _sheet(connection, sheet_id)
        return render_template_string(GRID, students=members, columns=columns, marks=marks)

    @app.put("/coursework/sheets/<int:sheet_id>/marks")
    def save(sheet_id: int) -> dict[str, int]:
        with engine.begin() as connection:
            return {"saved": _save(connection, sheet_id, request.get_json()["cells"])}

    @app.post("/students/export")
    def export() -> Response:
        text = StringIO()
        with engine.connect() as connection:
            csv.writer(text).writerows(connection.execute(listed.order_by(student.c.student_no)).all())
        return Response(text.getvalue(), mimetype="text/csv")

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Query-Count"] = str(g.get("query_count", 0))
        return response

    return app


def _sheet(connection: Connection, sheet_id: int) -> tuple:
    opened = connection.execute(select(sheet.c.school_class_id).where(sheet.c.id == sheet_id)).scalar_one()
    columns = connection.execute(
        select(assessment.c.id, assessment.c.name).where(assessment.c.sheet_id == sheet_id)
    ).all()
    members = connection.execute(select(student.c.id, student.c.name).where(student.c.school_class_id == opened)).all()
    return members, columns, _marks(connection, [column.id for column in columns])


def _marks(connection: Connection, assessments: list[int]) -> dict:
    found = select(mark.c.id, mark.c.student_id, mark.c.assessment_id, mark.c.score, mark.c.version)
    rows = connection.execute(found.where(mark.c.assessment_id.in_(assessments)))
    return {(row.student_id, row.assessment_id): row for row in rows}


def _save(connection: Connection, sheet_id: int, cells: list[dict]) -> int:
    """Overwrite what has not changed since; no conflict is told and no history kept."""
    stored = _sheet(connection, sheet_id)[2]
    changed = [(cell, stored[cell["student"], cell["assessment"]]) for cell in cells]
    rows = [
        {"old_id": old.id, "old_version": old.version, "score": Decimal(cell["value"]), "at": datetime.now(UTC)}
        for cell, old in changed
    ]
    connection.execute(REPLACE, rows)
    return len(rows)


def _count(*_arguments: object) -> None:
    if has_request_context():
        g.query_count = g.get("query_count", 0) + 1
