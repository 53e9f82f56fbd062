"""The page on which something is recorded of a host."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.i18n import _
from exchange.partners.models import HostOrganisation
from exchange.partners.recording import KINDS
from exchange.partners.views.blueprint import bp


@bp.route("/<int:host_id>/records/<kind>", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def record(host_id, kind):
    host = get_or_404(select(HostOrganisation), host_id)
    record_kind = KINDS.get(kind) or abort(404)
    form = record_kind.form(data=record_kind.defaults(host))

    if form.validate_on_submit():
        record_kind.write(host, by=current_user, **form.record)
        flash(_("%(what)s已登记。", what=record_kind.label))
        return redirect(url_for(".show", host_id=host.id))

    return render_template("partners/record.html", form=form, host=host, kind=record_kind), form.status_code
