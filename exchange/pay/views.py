"""The pages of pay: what the student received, and the watch of the internship office."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.pay import forms, policy, queries, service
from exchange.pay.months import add_months
from exchange.placements.queries import with_people

bp = Blueprint("pay", __name__)
MOST_WATCHED = 500


@bp.get("/pay")
@requires(Permission.PAY_VIEW)
def index():
    rows = queries.board(policy.readable_by(current_user))
    if request.args.get("show") == "open":
        placements = list(db.session.scalars(rows.limit(MOST_WATCHED)))
        states = queries.states(placements)
        found = [each for each in placements if not states[each.id].is_fine]
        return render_template("pay/index.html", page=None, placements=found, states=states)
    page = paginate(rows)
    return render_template("pay/index.html", page=page, placements=page.items, states=queries.states(page.items))


@bp.get("/pay/placements/<int:placement_id>")
@requires(Permission.PAY_VIEW)
def show(placement_id):
    placement = get_or_404(policy.readable_by(current_user).options(*with_people()), placement_id)
    return render_template("pay/show.html", placement=placement, state=queries.states([placement])[placement.id])


@bp.get("/pay/mine")
@requires(Permission.PAY_MINE)
def mine():
    placements = queries.own(current_user)
    return render_template(
        "pay/mine.html",
        placements=placements,
        states=queries.states(placements),
        own={each.id for each in placements if each.student.user_id == current_user.id},
        is_own=all(each.student.user_id == current_user.id for each in placements),
    )


@bp.route("/pay/placements/<int:placement_id>/new", methods=["GET", "POST"])
@requires(Permission.PAY_MINE)
def report(placement_id):
    placement = get_or_404(policy.reported_by(current_user).options(*with_people()), placement_id)
    form = forms.PaymentForm(data=_usual(placement))
    if form.validate_on_submit():
        try:
            payment = service.report_payment(placement, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            _thank(placement, payment)
            return redirect(url_for(".mine"))
    return render_template("pay/report.html", form=form, placement=placement), form.status_code


def _usual(placement):
    """The month after what is paid already, as far as it is over."""
    paid = queries.standing([placement.id])[placement.id]
    first = paid[0].covers_to + timedelta(days=1) if paid else placement.starts_on
    last = min(add_months(first, 1) - timedelta(days=1), placement.ends_on, today())
    return {"covers_from": min(first, placement.ends_on), "covers_to": max(first, last)}


def _thank(placement, payment):
    judged = next(each for each in queries.states([placement])[placement.id].payments if each.payment is payment)
    if judged.is_forbidden:
        flash(_("记下了。这样发报酬不合规定，学校会去找单位，你不用怕。"), "warning")
    elif judged.findings:
        flash(_("记下了。金额或时间看起来不对，学校会去问单位。"), "warning")
    else:
        flash(_("记下了。"))


@bp.post("/pay/receipts/<int:pay_receipt_id>/withdraw")
@requires(Permission.PAY_MINE)
def withdraw(pay_receipt_id):
    payment = get_or_404(policy.withdrawable_by(current_user), pay_receipt_id)
    if ActionForm().validate_on_submit():
        service.withdraw_payment(payment, by=current_user)
        flash(_("撤回了。"))
    return redirect(url_for(".mine"))
