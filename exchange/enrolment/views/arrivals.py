"""The board of the day of arrival, made for the phone: who has come, and whose parents know."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.enrolment import policy, queries, service
from exchange.enrolment.limits import last_day_to_arrive
from exchange.enrolment.views.blueprint import bp
from exchange.reference.areas import bare_name

TAPS = {
    "arrived": lambda applicant: service.change_status(applicant, "arrive", by=current_user),
    "not-arrived": lambda applicant: service.change_status(applicant, "undo-arrival", by=current_user),
    "parents-told": lambda applicant: service.tell_parents(applicant, by=current_user),
    "parents-not-told": lambda applicant: service.take_back_word(applicant, by=current_user),
}
"""What one tap says, and its way back."""


@bp.get("/arrivals")
@requires(Permission.ENROLMENT_RECEIVE)
def arrivals():
    return _board()


@bp.post("/arrivals/<int:applicant_id>")
@requires(Permission.ENROLMENT_RECEIVE)
def tap(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    if not ActionForm().validate_on_submit():
        return _board(refusal=_("页面打开太久了。再点一次。")), 422

    says = request.form.get("says", "")
    try:
        TAPS[says](applicant)
    except KeyError:
        return _board(refusal=_("看不懂这一步。再点一次。")), 422
    except DomainError as refusal:
        return _board(refusal=refusal), 409
    if says == "arrived" and not applicant.parents_told_at:
        flash(_("%(name)s已登记到校。现在给家长报平安。", name=applicant.name))
    return redirect(url_for(".arrivals", day=applicant.expected_on, _anchor=f"applicant-{applicant.id}"))


def _board(*, refusal=None):
    board = queries.board(current_user, day=_asked_day(), today=today())
    return render_template(
        "enrolment/arrivals.html",
        board=board,
        county_name=bare_name,
        last_day=last_day_to_arrive,
        refusal=refusal,
    )


def _asked_day():
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
