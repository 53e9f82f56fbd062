"""What a family sees: the batches of the student, the choices, and the own result."""

from flask import render_template, request
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db
from exchange.selection.queries.family import own_batches
from exchange.selection.views.blueprint import bp
from exchange.students import policy as students
from exchange.students.models import Student


@bp.get("/selection/mine")
@requires(Permission.SELECTION_MINE)
def mine():
    found = (
        students.own(current_user).options(joinedload(Student.school_class)).order_by(Student.birth_date, Student.id)
    )
    family = list(db.session.scalars(found))
    chosen = request.args.get("student", type=int)
    student = next((each for each in family if each.id == chosen), None) or next(iter(family), None)
    is_own = student is not None and student.user_id == current_user.id
    return render_template(
        "selection/mine.html",
        family=family,
        student=student,
        is_own=is_own,
        own=own_batches(current_user, student) if student else [],
    )
