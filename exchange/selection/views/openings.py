"""What a batch offers."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners.queries import all_posts
from exchange.selection import policy, queries, service
from exchange.selection.forms.batches import NewOpeningForm, OpeningForm
from exchange.selection.models import Opening
from exchange.selection.views.blueprint import bp


@bp.route("/selection/batches/<int:internship_batch_id>/openings/new", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def create_opening(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    posts = all_posts()
    form = NewOpeningForm(posts=posts, classes=queries.classes_of(batch))

    if form.validate_on_submit():
        values = form.values
        post_id = values.pop("post_id")
        try:
            service.add_opening(batch, next(each for each in posts if each.id == post_id), by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已加入。"))
            return redirect(url_for(".show", internship_batch_id=batch.id))

    page = render_template("selection/opening_form.html", form=form, batch=batch, opening=None, events=[])
    return page, form.status_code


@bp.route("/selection/openings/<int:opening_id>/edit", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def edit_opening(opening_id):
    opening = get_or_404(select(Opening), opening_id)
    batch = opening.batch
    form = OpeningForm(classes=queries.classes_of(batch), obj=opening)

    if form.validate_on_submit():
        try:
            service.change_opening(opening, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", internship_batch_id=batch.id))

    page = render_template(
        "selection/opening_form.html", form=form, batch=batch, opening=opening, events=timeline(opening)
    )
    return page, form.status_code
