"""What a student writes on the phone, and what the family reads of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.navigation import day_of
from exchange.journals import forms, policy, service
from exchange.journals.queries import logs as queries
from exchange.journals.values import Review
from exchange.journals.views.blueprint import bp
from exchange.placements.models import PlacementStatus

LAST_DAYS = 30  # from then on the page asks for the report


@bp.get("/journals/mine")
@requires(Permission.JOURNAL_MINE)
def mine():
    placement = queries.own(policy.of_family(current_user))
    return _page(placement, wanted=day_of(request.args.get("week", "")))


@bp.route("/journals/placements/<int:placement_id>/weeks/<week>", methods=["GET", "POST"])
@requires(Permission.JOURNAL_MINE)
def write(placement_id, week):
    placement = get_or_404(policy.written_by(current_user), placement_id)
    monday = day_of(week) or abort(404)
    if request.method == "GET":
        return redirect(url_for(".mine", week=week))
    form = forms.LogForm()
    if form.validate():
        values = {"did": form.did.data, "learnt": form.learnt.data, "mood": form.mood.data, "hours": form.hours}
        try:
            service.submit_log(placement, week=monday, by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("周志交了。老师看过会给你回话。"))
            return redirect(url_for(".mine", sent=monday.isoformat()))
    return _page(placement, wanted=monday, form=form), form.status_code


@bp.route("/journals/placements/<int:placement_id>/report", methods=["GET", "POST"])
@requires(Permission.JOURNAL_MINE)
def report(placement_id):
    placement = get_or_404(policy.written_by(current_user), placement_id)
    kept = queries.report_of(placement)
    form = forms.ReportForm(obj=kept)
    if form.validate_on_submit():
        try:
            service.submit_report(placement, text=form.text.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("实习报告交了。"))
            return redirect(url_for(".mine"))
    page = render_template("journals/report.html", form=form, placement=placement, report=kept)
    return page, form.status_code


def _page(placement, *, wanted, form=None):
    if placement is None:
        return render_template("journals/mine.html", placement=None, is_own=True, seen_at=now())
    entries = queries.entries(placement)
    is_own = placement.student.user_id == current_user.id
    chosen = _chosen(entries, wanted) if is_own and placement.status is PlacementStatus.ACTIVE else None
    if chosen and form is None:
        form = forms.LogForm(data=_data_of(chosen.log))
    return render_template(
        "journals/mine.html",
        placement=placement,
        entries=entries,
        chosen=chosen,
        form=form,
        is_own=is_own,
        states=Review,
        report=queries.report_of(placement),
        report_is_open=is_own and placement.status is PlacementStatus.ACTIVE,
        is_last_month=(placement.ends_on - today()).days <= LAST_DAYS,
        seen_at=now(),
    )


def _chosen(entries, wanted):
    """The week that is asked for; else one that was sent back, the oldest that is missing, or this week."""
    open_entries = [each for each in entries if each.log is None or each.log.status is not Review.READ]
    asked = [each for each in open_entries if each.week.monday == wanted]
    returned = [each for each in open_entries if each.log and each.log.status is Review.RETURNED]
    missing = [each for each in reversed(open_entries) if each.is_missing]
    new = [each for each in open_entries[:1] if each.log is None]
    return next(iter([*asked, *returned, *missing, *new]), None)


def _data_of(log):
    if log is None:
        return {}
    hours = {f"hours_{number}": value for number, value in enumerate(log.hours_of_days)}
    return {"did": log.did, "learnt": log.learnt, "mood": log.mood, **hours}
