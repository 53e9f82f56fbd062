"""The proposal: making it, reading why, and overriding it."""

from secrets import randbelow

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.selection import policy, queries, service
from exchange.selection.explanation import sentences
from exchange.selection.forms.rounds import OverrideForm, ProposeForm
from exchange.selection.models import Assignment, Proposal
from exchange.selection.queries.proposals import assignments_of, newest_proposal
from exchange.selection.service.publication import lonely
from exchange.selection.views.blueprint import bp


@bp.get("/selection/batches/<int:internship_batch_id>/proposal")
@requires(Permission.SELECTION_MANAGE, Permission.SELECTION_DECIDE)
def proposal(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    return _page(batch, ProposeForm(data={"seed": randbelow(service.LARGEST_SEED)}))


@bp.post("/selection/batches/<int:internship_batch_id>/proposal")
@requires(Permission.SELECTION_MANAGE)
def propose(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    form = ProposeForm()

    if form.validate_on_submit():
        try:
            made = service.propose(batch, seed=form.seed.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已生成，种子 %(seed)s。看过以后，可以改动，再公布。", seed=made.seed))
            return redirect(url_for(".proposal", internship_batch_id=batch.id))

    return _page(batch, form), form.status_code


def _page(batch, form):
    newest, openings = newest_proposal(batch), {each.id: each for each in queries.openings_of(batch)}
    assignments = assignments_of(newest) if newest else []
    return render_template(
        "selection/proposal.html",
        batch=batch,
        form=form,
        proposal=newest,
        assignments=assignments,
        why={each.id: sentences(each.grounds, openings) for each in assignments},
        lonely={each.id for each in lonely(assignments)},
        may_manage=current_user.may(Permission.SELECTION_MANAGE),
    )


@bp.route("/selection/assignments/<int:assignment_id>/edit", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def override(assignment_id):
    assignment = get_or_404(_with_batch(), assignment_id)
    batch = assignment.proposal.batch
    openings = queries.openings_of(batch)
    form = OverrideForm(openings=openings, data={"opening_id": assignment.opening_id or 0})

    if form.validate_on_submit():
        wanted = next((each for each in openings if each.id == form.opening_id.data), None)
        try:
            service.override(assignment, wanted, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已改动，理由已记下。"))
            return redirect(url_for(".proposal", internship_batch_id=batch.id))

    page = render_template(
        "selection/override.html",
        form=form,
        batch=batch,
        assignment=assignment,
        why=sentences(assignment.grounds, {each.id: each for each in openings}),
        events=timeline(assignment),
    )
    return page, form.status_code


def _with_batch():
    return select(Assignment).options(
        joinedload(Assignment.proposal).joinedload(Proposal.batch), joinedload(Assignment.student)
    )
