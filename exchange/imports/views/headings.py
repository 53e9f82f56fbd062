"""What is remembered of each sender's headings."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.imports import headings, policy
from exchange.imports.views.blueprint import bp, labels


@bp.get("/headings")
@requires(Permission.IMPORT_USE)
def remembered():
    """What is kept of each sender's headings."""
    page = paginate(headings.all_remembered())
    return render_template("imports/remembered.html", page=page, labels=labels())


@bp.post("/headings/<int:mapping_id>/forget")
@requires(Permission.IMPORT_USE)
def forget(mapping_id):
    """Ask again about this heading the next time."""
    decision = get_or_404(policy.mappings_visible_to(current_user), mapping_id)
    if ActionForm().validate_on_submit():
        headings.forget(decision, by=current_user)
        flash(_("“%(heading)s”不再自动对应。", heading=decision.heading))
    return redirect(url_for(".remembered"))
