"""Rounds: setting them up, and entering what came out, class by class, with the keyboard."""

from decimal import Decimal, InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.selection import policy, queries, service
from exchange.selection.forms.rounds import RoundForm
from exchange.selection.models import RoundDecision, SelectionRound
from exchange.selection.queries.sheets import sheet_of
from exchange.selection.service import Entry
from exchange.selection.views.blueprint import bp

DECISIONS = {each.value: each for each in RoundDecision}


@bp.route("/selection/batches/<int:internship_batch_id>/rounds/new", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def create_round(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    openings, rounds = queries.openings_of(batch), queries.rounds_of(batch)
    form = RoundForm(openings=openings, data={"position": len(rounds) + 1})
    return _save(form, batch, None, openings)


@bp.post("/selection/batches/<int:internship_batch_id>/rounds/usual")
@requires(Permission.SELECTION_MANAGE)
def add_usual_rounds(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    if ActionForm().validate_on_submit():
        try:
            service.add_usual_rounds(batch, by=current_user)
        except DomainError as error:
            flash(str(error), "warning")
        else:
            flash(_("已加入五个常用环节，名称、顺序和分数都可以改。"))
    return redirect(url_for(".show", internship_batch_id=batch.id))


@bp.route("/selection/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def edit_round(round_id):
    round_ = get_or_404(select(SelectionRound), round_id)
    openings = queries.openings_of(round_.batch)
    form = RoundForm(openings=openings, obj=round_, data=None)
    if not form.is_submitted():
        form.opening_id.data = round_.opening_id or 0
    return _save(form, round_.batch, round_, openings)


def _save(form, batch, round_, openings):
    if form.validate_on_submit():
        values = form.values
        opening_id = values.pop("opening_id")
        values["opening"] = next((each for each in openings if each.id == opening_id), None)
        try:
            if round_:
                service.change_round(round_, by=current_user, **values)
            else:
                service.add_round(batch, by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", internship_batch_id=batch.id))

    page = render_template(
        "selection/round_form.html", form=form, batch=batch, round=round_, events=timeline(round_) if round_ else []
    )
    return page, form.status_code


@bp.route("/selection/rounds/<int:round_id>", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def enter(round_id):
    round_ = get_or_404(select(SelectionRound), round_id)
    form, problem = ActionForm(), None

    if form.validate_on_submit():
        try:
            changed = service.enter_results(round_, _entries(), by=current_user)
        except DomainError as error:
            problem = error
        else:
            flash(_("已保存，改动 %(count)s 人。", count=changed))
            return redirect(url_for(".enter", round_id=round_.id, **request.args))

    return _sheet(round_, form, problem)


def _sheet(round_, form, problem):
    """The sheet as it stands, or with what was sent, where it could not be saved."""
    if problem:
        form.form_errors.append(str(problem))
    page = render_template(
        "selection/round.html",
        form=form,
        round=round_,
        sheet=sheet_of(round_, class_id=request.args.get("class", type=int)),
        sent=request.form if request.method == "POST" else {},
        decisions=list(RoundDecision),
        events=timeline(round_),
    )
    return page, 409 if problem else form.status_code


def _entries():
    """Student → what was entered. Raises ``NotTheseResults`` for what is no number."""
    sent = [name.removeprefix("d.") for name in request.form if name.startswith("d.")]
    ids = [int(name) for name in sent if name.isascii() and name.isdecimal()]
    return {each: Entry(_score(request.form.get(f"s.{each}", "")), _decision(each)) for each in ids}


def _decision(student_id):
    return DECISIONS.get(request.form.get(f"d.{student_id}", ""))


def _score(written):
    text = written.strip().replace("。", ".")
    if not text:
        return None
    try:
        score = Decimal(text[:20])
    except InvalidOperation:
        score = Decimal("NaN")
    if not score.is_finite() or score != round(score, 2):
        raise service.NotTheseResults(_("“%(text)s”不是分数，写成 86 或 86.5。", text=text[:20]))
    return score
