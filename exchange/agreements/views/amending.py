"""Changing what was agreed, and ending a placement early."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.agreements import documents, forms, policy, queries, service
from exchange.agreements.forms.amending import PLAN
from exchange.agreements.values import TerminationReason
from exchange.agreements.views.blueprint import bp
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners.queries import all_posts
from exchange.placements import policy as placement_policy
from exchange.placements.models import PlacementStatus


@bp.route("/placements/<int:placement_id>/amendment", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def amend(placement_id):
    placement = _open_placement(placement_id)
    versions = queries.versions_of(placement)
    kept = max(versions, key=lambda each: each.id).terms if versions else {}
    posts = [post for post in all_posts() if post.host_organisation_id == placement.post.host_organisation_id]
    data = documents.terms_for_form(kept) | {name: getattr(placement, name) for name in PLAN}
    form = forms.AmendmentForm(posts=posts, data=data)

    if versions and form.validate_on_submit():
        said = {"reason": form.reason.data, "decided_by": form.decided_by.data}
        try:
            service.amend(placement, plan=form.plan, terms=form.terms, **said, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已变更，出了新的文本。原来的签字作废，请各方重新签。"))
            return redirect(url_for(".of_placement", placement_id=placement.id))

    page = render_template("agreements/amend.html", form=form, placement=placement, has_text=bool(versions))
    return page, form.status_code


@bp.route("/placements/<int:placement_id>/termination", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def terminate(placement_id):
    placement = _open_placement(placement_id)
    has_begun = placement.status is PlacementStatus.ACTIVE
    form = forms.TerminationForm(data={"last_day": today()} if has_begun else None)

    if form.validate_on_submit():
        values = form.values
        try:
            service.terminate(placement, code=TerminationReason(values.pop("code")), **values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已提前终止。"))
            return redirect(url_for(".of_placement", placement_id=placement.id))

    page = render_template("agreements/terminate.html", form=form, placement=placement, has_begun=has_begun)
    return page, form.status_code


def _open_placement(placement_id):
    placement = get_or_404(placement_policy.visible_to(current_user), placement_id)
    authorize(policy.can_issue(current_user, placement))
    return placement
