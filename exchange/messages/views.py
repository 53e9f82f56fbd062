"""The inbox of whoever is signed in, the own addresses, and the delivery log of the machine's administrator."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import requires, signed_in
from exchange.core.database import get_or_404, write_apart
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.messages import policy, queries, service
from exchange.messages.channels import channels
from exchange.messages.forms import address_form
from exchange.messages.models import Delivery, DeliveryState

bp = Blueprint("messages", __name__, url_prefix="/messages")


@bp.get("")
@signed_in
def index():
    return render_template(
        "messages/index.html", messages=paginate(policy.visible_to(current_user)), has_channels=bool(channels())
    )


@bp.get("/<int:message_id>")
@signed_in
def show(message_id):
    message = get_or_404(policy.visible_to(current_user), message_id)
    if message.read_at is None:
        write_apart(lambda: service.note_reading(message_id))
    return render_template("messages/show.html", message=message)


@bp.post("/read")
@signed_in
def read_all():
    if ActionForm().validate_on_submit():
        service.read_all(current_user)
        flash(_("都标为已读了。"))
    return redirect(url_for(".index"))


@bp.route("/addresses", methods=["GET", "POST"])
@signed_in
def addresses():
    user = current_user._get_current_object()
    form = address_form(channels(), queries.addresses_of(user))
    if form.validate_on_submit():
        try:
            for name, address in form.values.items():
                service.set_address(user, name=name, address=address or "")
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".index"))
    return render_template("messages/addresses.html", form=form, channels=channels()), form.status_code


@bp.get("/deliveries")
@requires(Permission.MESSAGE_LOG)
def deliveries():
    return render_template(
        "messages/deliveries.html",
        deliveries=paginate(queries.deliveries(state=request.args.get("state", ""))),
        channels=channels(),
        labels={each.name: each.label for each in channels()},
        states=[(state.value, state.label) for state in DeliveryState],
    )


@bp.post("/deliveries/<int:delivery_id>/retry")
@requires(Permission.MESSAGE_LOG)
def retry(delivery_id):
    delivery = get_or_404(select(Delivery), delivery_id)
    if ActionForm().validate_on_submit():
        try:
            service.retry(delivery, by=current_user)
        except DomainError as error:
            flash(str(error), "error")
        else:
            flash(_("又排上队了。"))
    return redirect(url_for(".deliveries"))
