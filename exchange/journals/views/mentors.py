"""Sending a mentor the standing link: make it, show it once, take it back."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.journals import policy, service
from exchange.journals.queries import mentors as queries
from exchange.journals.views.blueprint import bp
from exchange.links import service as links
from exchange.links.views import address_of, code_of
from exchange.placements.queries import with_people


@bp.route("/journals/placements/<int:placement_id>/mentor-link", methods=["GET", "POST"])
@requires(Permission.JOURNAL_REVIEW)
def mentor_link(placement_id):
    placement, form = _found(placement_id), ActionForm()
    if form.validate_on_submit():
        try:
            token = service.make_mentor_link(placement, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _shown_once(placement, token)
    page = render_template(
        "journals/mentor_link.html",
        placement=placement,
        form=form,
        link=queries.open_link(placement.host, placement.mentor_name),
        students=queries.students_of(placement.host, placement.mentor_name),
        moment=now(),
    )
    return page, form.status_code


@bp.post("/journals/placements/<int:placement_id>/mentor-link/revoke")
@requires(Permission.JOURNAL_REVIEW)
def revoke_mentor_link(placement_id):
    placement = _found(placement_id)
    link = queries.open_link(placement.host, placement.mentor_name)
    if ActionForm().validate_on_submit() and link:
        links.revoke(link, by=current_user)
        flash(_("已收回，这个链接打不开了。"))
    return redirect(url_for(".mentor_link", placement_id=placement_id))


def _found(placement_id):
    return get_or_404(policy.reviewable_by(current_user).options(*with_people()), placement_id)


def _shown_once(placement, token):
    side, path = code_of(token)
    return render_template(
        "journals/mentor_link_made.html",
        placement=placement,
        address=address_of(token),
        side=side,
        path=path,
        link=queries.open_link(placement.host, placement.mentor_name),
    )
