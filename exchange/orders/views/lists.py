"""Orders in lists: all of them, those of a student, and how many students there were on a day."""

from flask import render_template, request
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.navigation import day_of
from exchange.core.pagination import paginate
from exchange.orders import policy, queries
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import OrderStatus
from exchange.orders.views.blueprint import bp
from exchange.programmes.queries import classes
from exchange.students import history
from exchange.students.models import ON_ROLL, StudentStatus


@bp.get("/orders")
@requires(Permission.ORDER_VIEW)
def index():
    asked = {name: request.args.get(name, "") for name in ("q", "kind", "status", "sort")}
    return render_template(
        "orders/index.html",
        orders=paginate(queries.listed(policy.visible_to(current_user), **asked)),
        kinds=[(kind.value, kind.label) for kind in OrderKind],
        statuses=[(status.value, status.label) for status in OrderStatus],
        KINDS=KINDS,
    )


@bp.get("/students/<int:student_id>/orders")
@requires(Permission.ORDER_VIEW)
def of_student(student_id):
    student = get_or_404(policy.students_of(current_user), student_id)
    visible = set(db.session.scalars(policy.visible_to(current_user).with_only_columns(queries.StatusOrder.id)))
    members = queries.orders_of(student)
    return render_template(
        "orders/of_student.html",
        student=student,
        members=members,
        visible=visible,
        periods=history.periods_with_class(student),
    )


@bp.get("/orders/counts")
@requires(Permission.ORDER_VIEW)
def counts():
    """How many students there were on a day, class by class."""
    day = day_of(request.args.get("day", "")) or today()
    page = paginate(classes(request.args.get("q", "").strip()))
    school = history.head_counts(day)
    return render_template(
        "orders/counts.html",
        day=day,
        page=page,
        counted=history.head_counts_of([school_class.id for school_class in page.items], day),
        on_roll=sum(school.get(status, 0) for status in ON_ROLL),
        statuses=list(StudentStatus),
    )
