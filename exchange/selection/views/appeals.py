"""Appeals: made by a family, decided by the head of the school."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.selection import policy, queries, service
from exchange.selection.explanation import sentences
from exchange.selection.forms.applications import AppealForm
from exchange.selection.forms.rounds import DecisionForm
from exchange.selection.models import Appeal, AppealStatus
from exchange.selection.queries.proposals import assignment_of, listed_appeals
from exchange.selection.views.blueprint import bp
from exchange.students import policy as students


@bp.route("/selection/batches/<int:internship_batch_id>/students/<int:student_id>/appeal", methods=["GET", "POST"])
@requires(Permission.SELECTION_MINE)
def appeal(internship_batch_id, student_id):
    batch = get_or_404(policy.batches_of_family(current_user), internship_batch_id)
    student = get_or_404(students.own(current_user), student_id)
    form = AppealForm()

    if form.validate_on_submit():
        try:
            service.appeal(batch, student, because=form.because.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("申诉收到了。答复会出现在这里。"))
            return redirect(url_for(".mine", student=student.id))

    return render_template("selection/appeal.html", form=form, batch=batch, student=student), form.status_code


@bp.get("/selection/appeals")
@requires(Permission.SELECTION_DECIDE, Permission.SELECTION_MANAGE)
def appeals():
    page = paginate(listed_appeals(policy.appeals_visible_to(current_user)))
    return render_template("selection/appeals.html", page=page)


@bp.get("/selection/appeals/<int:appeal_id>")
@requires(Permission.SELECTION_DECIDE, Permission.SELECTION_MANAGE)
def show_appeal(appeal_id):
    return _page(_found(appeal_id), DecisionForm())


@bp.post("/selection/appeals/<int:appeal_id>")
@requires(Permission.SELECTION_DECIDE)
def decide(appeal_id):
    found, form = _found(appeal_id), DecisionForm()

    if form.validate_on_submit():
        try:
            service.decide_appeal(found, form.step.data, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已答复，学生和监护人能看到。"))
            return redirect(url_for(".show_appeal", appeal_id=found.id))

    return _page(found, form), form.status_code


def _found(appeal_id):
    people = joinedload(Appeal.batch), joinedload(Appeal.student)
    return get_or_404(policy.appeals_visible_to(current_user).options(*people), appeal_id)


def _page(found, form):
    assignment = assignment_of(found.batch, found.student)
    openings = {each.id: each for each in queries.openings_of(found.batch)}
    return render_template(
        "selection/decide.html",
        form=form,
        appeal=found,
        assignment=assignment,
        why=sentences(assignment.grounds, openings) if assignment else [],
        may_decide=current_user.may(Permission.SELECTION_DECIDE) and found.status is AppealStatus.PENDING,
        may_change=current_user.may(Permission.SELECTION_MANAGE),
        events=timeline(found),
    )
