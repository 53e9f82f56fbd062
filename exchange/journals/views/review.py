"""The instructor's desk: whose logs are missing, and one internship week by week."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.journals import forms, policy, service
from exchange.journals.queries import logs as queries
from exchange.journals.values import Mood, Review
from exchange.journals.views.blueprint import bp
from exchange.placements.models import Placement
from exchange.placements.queries import with_people
from exchange.placements.rules.limits import number


@bp.get("/journals")
@requires(Permission.JOURNAL_VIEW)
def index():
    page = paginate(queries.board(policy.readable_by(current_user)))
    return render_template("journals/index.html", page=page, tallies=queries.tallies(page.items))


@bp.get("/journals/placements/<int:placement_id>")
@requires(Permission.JOURNAL_VIEW)
def show(placement_id):
    placement = get_or_404(policy.readable_by(current_user).options(*with_people()), placement_id)
    return _page(placement)


def _page(placement, *, sent=None, about=None):
    reviewable = policy.reviewable_by(current_user).where(Placement.id == placement.id)
    return render_template(
        "journals/show.html",
        placement=placement,
        entries=queries.entries(placement),
        report=queries.report_of(placement),
        may_review=db.session.scalar(reviewable.with_only_columns(Placement.id)) is not None,
        form=sent or forms.AnswerForm(formdata=None),
        about=about,
        states=Review,
        moods=Mood,
        most_a_day=number("hours_per_day_at_most", on=placement.starts_on),
        most_a_week=number("hours_per_week_at_most", on=placement.starts_on),
    )


@bp.post("/journals/logs/<int:log_id>/read")
@requires(Permission.JOURNAL_REVIEW)
def read_log(log_id):
    return _answer(get_or_404(policy.logs_reviewable_by(current_user), log_id), service.read_log, _("已看过。"))


@bp.post("/journals/logs/<int:log_id>/return")
@requires(Permission.JOURNAL_REVIEW)
def return_log(log_id):
    found = get_or_404(policy.logs_reviewable_by(current_user), log_id)
    return _answer(found, service.return_log, _("已退回，学生会在手机上看到。"))


@bp.post("/journals/reports/<int:internship_report_id>/read")
@requires(Permission.JOURNAL_REVIEW)
def read_report(internship_report_id):
    found = get_or_404(policy.reports_reviewable_by(current_user), internship_report_id)
    return _answer(found, service.read_report, _("已看过。"))


@bp.post("/journals/reports/<int:internship_report_id>/return")
@requires(Permission.JOURNAL_REVIEW)
def return_report(internship_report_id):
    found = get_or_404(policy.reports_reviewable_by(current_user), internship_report_id)
    return _answer(found, service.return_report, _("已退回，学生会在手机上看到。"))


def _answer(found, verb, words):
    form = forms.AnswerForm()
    if form.validate():
        try:
            verb(found, answer=form.answer.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(words)
            return redirect(url_for(".show", placement_id=found.placement_id))
    return _page(found.placement, sent=form, about=found), 422
