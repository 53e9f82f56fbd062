"""Leave at the homeroom teacher's desk: what waits, one request, and the decision."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attendance import forms, policy, service
from exchange.attendance.models import LeaveStatus
from exchange.attendance.queries import leave as queries
from exchange.attendance.views.blueprint import bp
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.students.queries import for_page


@bp.get("/attendance/leave")
@requires(Permission.ATTENDANCE_APPROVE)
def leave():
    show = request.args.get("show", "")
    rows = queries.listed(policy.requests_decidable_by(current_user), show=show)
    return render_template("attendance/leave.html", page=paginate(rows), show=show)


@bp.get("/attendance/leave/<int:leave_id>")
@requires(Permission.ATTENDANCE_APPROVE)
def show_leave(leave_id):
    return _page(_found(leave_id))


@bp.post("/attendance/leave/<int:leave_id>/approve")
@requires(Permission.ATTENDANCE_APPROVE)
def approve(leave_id):
    return _step(leave_id, ActionForm(), service.approve, _("已批准。点名时会自动记成请假。"))


@bp.post("/attendance/leave/<int:leave_id>/return")
@requires(Permission.ATTENDANCE_APPROVE)
def come_back(leave_id):
    return _step(leave_id, ActionForm(), service.come_back, _("已销假。从现在起照常点名。"))


@bp.post("/attendance/leave/<int:leave_id>/refuse")
@requires(Permission.ATTENDANCE_APPROVE)
def refuse(leave_id):
    form = forms.RefuseForm()
    return _step(leave_id, form, service.refuse, _("已答复：不批准。"), reason=form.reason.data or "")


@bp.post("/attendance/leave/<int:leave_id>/call")
@requires(Permission.ATTENDANCE_APPROVE)
def note_call(leave_id):
    form = forms.CallForm()
    words = _("已记下监护人的同意。现在可以批准。")
    return _step(leave_id, form, service.note_call, words, spoken_to=form.spoken_to.data or "")


def _step(leave_id, form, verb, words, **values):
    request_for_leave = _found(leave_id)
    if not form.validate_on_submit():
        return _page(request_for_leave, form), 422
    try:
        verb(request_for_leave, by=current_user, **values)
    except DomainError as error:
        flash(str(error), "warning")
    else:
        flash(words)
    return redirect(url_for(".show_leave", leave_id=leave_id))


def _found(leave_id):
    return get_or_404(policy.requests_decidable_by(current_user).options(*queries.with_people()), leave_id)


def _page(found, sent=None):
    """The request with its forms; one that was sent and refused keeps what was typed."""
    student = get_or_404(for_page(policy.students_asked_for_by(current_user)), found.student_id)
    return render_template(
        "attendance/leave_request.html",
        leave=found,
        student=student,
        refusal=sent if isinstance(sent, forms.RefuseForm) else forms.RefuseForm(formdata=None),
        call=sent if isinstance(sent, forms.CallForm) else forms.CallForm(formdata=None),
        states=LeaveStatus,
        events=timeline(found),
    )
