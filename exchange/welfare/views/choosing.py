"""The students of a class, and those of them who were ticked in a list."""

from flask import request

from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.students import queries


def on_roll_in(class_id):
    """The students of the class who are on the roll, by name."""
    return list(db.session.scalars(queries.on_roll_in(class_id)))


def ticked_of(students):
    """Those whose box was ticked; raises ``DomainError`` where none was."""
    ids = set(request.form.getlist("ids", type=int))
    ticked = [student for student in students if student.id in ids]
    if not ticked:
        raise DomainError(_("先勾选学生。"))
    return ticked
