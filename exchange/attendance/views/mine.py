"""What a family sees of attendance, and how it asks for leave."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from exchange.accounts.roles import Permission
from exchange.attendance import forms, policy, service
from exchange.attendance.models import LeaveStatus
from exchange.attendance.queries.summary import summary_of
from exchange.attendance.views.blueprint import bp
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.students import policy as students
from exchange.students.authority import is_of_age
from exchange.students.models import Guardianship, Student
from exchange.welfare.rules.limits import limit, steps


@bp.get("/attendance/mine")
@requires(Permission.ATTENDANCE_MINE)
def mine():
    found = students.own(current_user).options(*_families()).order_by(Student.birth_date, Student.id)
    family = list(db.session.scalars(found))
    chosen = request.args.get("student", type=int)
    student = next((each for each in family if each.id == chosen), None) or next(iter(family), None)
    return render_template(
        "attendance/mine.html",
        family=family,
        student=student,
        is_own=student is not None and student.user_id == current_user.id,
        may_agree=student is not None and policy.answers_for(current_user, student),
        summary=summary_of(student, today()) if student else None,
        states=LeaveStatus,
        many_hours=min(steps("unexcused_hours_warned", today())),
        most_hours=limit("unexcused_hours_candidate", today()),
    )


@bp.route("/attendance/students/<int:student_id>/leave/new", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_MINE, Permission.ATTENDANCE_APPROVE)
def ask(student_id):
    student = get_or_404(policy.students_asked_for_by(current_user).options(*_families()), student_id)
    form = forms.LeaveForm()

    if form.validate_on_submit():
        try:
            leave = service.ask_leave(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_asked(leave))
            return redirect(_after_asking(leave))

    page = render_template(
        "attendance/ask.html",
        form=form,
        student=student,
        is_own=student.user_id == current_user.id,
        needs_guardian=not is_of_age(student.birth_date, on=today()) and not policy.answers_for(current_user, student),
    )
    return page, form.status_code


@bp.post("/attendance/mine/leave/<int:leave_id>/agree")
@requires(Permission.ATTENDANCE_MINE)
def agree(leave_id):
    return _step(policy.requests_of_family(current_user), leave_id, service.agree, _("已同意。等班主任批准。"))


@bp.post("/attendance/mine/leave/<int:leave_id>/decline")
@requires(Permission.ATTENDANCE_MINE)
def decline(leave_id):
    return _step(policy.requests_of_family(current_user), leave_id, service.decline, _("已答复：不同意请假。"))


@bp.post("/attendance/mine/leave/<int:leave_id>/withdraw")
@requires(Permission.ATTENDANCE_MINE)
def withdraw(leave_id):
    return _step(policy.requests_withdrawable_by(current_user), leave_id, service.withdraw, _("已撤回。"))


def _step(scope, leave_id, verb, words):
    leave = get_or_404(scope, leave_id)
    if ActionForm().validate_on_submit():
        try:
            verb(leave, by=current_user)
        except DomainError as error:
            flash(str(error), "warning")
        else:
            flash(words)
    return redirect(url_for(".mine", student=leave.student_id))


def _asked(leave):
    if leave.status is LeaveStatus.AWAITING_GUARDIAN:
        return _("已提交。先等监护人同意，再由班主任批。")
    return _("已提交，等班主任批。")


def _after_asking(leave):
    """The family goes back to its page, the homeroom teacher to the request."""
    if current_user.may(Permission.ATTENDANCE_APPROVE):
        return url_for(".show_leave", leave_id=leave.id)
    return url_for(".mine", student=leave.student_id)


def _families():
    bonds = selectinload(Student.guardianships)
    return joinedload(Student.school_class), bonds.joinedload(Guardianship.guardian)
