"""Batches: the list, one batch as a pipeline, and setting it up."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.placements.checklist import missing_words
from exchange.programmes.queries import current_term
from exchange.selection import policy, queries, service
from exchange.selection.forms.batches import BatchForm
from exchange.selection.limits import limit
from exchange.selection.models import BatchStatus
from exchange.selection.queries import pipeline as pipelines
from exchange.selection.queries.proposals import placements_from
from exchange.selection.views.blueprint import bp


@bp.get("/selection")
@requires(Permission.SELECTION_VIEW)
def index():
    page = paginate(queries.batches(policy.batches_visible_to(current_user)))
    return render_template(
        "selection/index.html",
        page=page,
        applied=queries.numbers_of_applications([batch.id for batch in page.items]),
    )


@bp.route("/selection/batches/new", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def create():
    form = BatchForm(classes=queries.classes_to_offer(), data=_suggested())

    if form.validate_on_submit():
        try:
            batch = service.create_batch(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已建立。现在加入岗位和名额。"))
            return redirect(url_for(".show", internship_batch_id=batch.id))

    return render_template("selection/batch_form.html", form=form, batch=None), form.status_code


@bp.route("/selection/batches/<int:internship_batch_id>/edit", methods=["GET", "POST"])
@requires(Permission.SELECTION_MANAGE)
def edit(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    form = BatchForm(classes=queries.classes_to_offer(batch.class_ids), obj=batch)

    if form.validate_on_submit():
        try:
            service.change_batch(batch, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", internship_batch_id=batch.id))

    return render_template("selection/batch_form.html", form=form, batch=batch), form.status_code


@bp.get("/selection/batches/<int:internship_batch_id>")
@requires(Permission.SELECTION_VIEW)
def show(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    if not policy.sees_pipeline(current_user):
        return redirect(url_for(".applications", internship_batch_id=batch.id))
    openings, standing = queries.openings_of(batch), queries.standing_of(batch)
    placements = placements_from(batch)
    return render_template(
        "selection/show.html",
        batch=batch,
        classes=queries.classes_of(batch),
        openings=openings,
        pipeline=pipelines.pipeline_of(batch, standing, openings),
        placements=placements,
        missing=missing_words(placements),
        may_manage=current_user.may(Permission.SELECTION_MANAGE),
        is_closed=today() > batch.applications_until,
        statuses=BatchStatus,
        events=timeline(batch),
    )


@bp.post("/selection/batches/<int:internship_batch_id>/announce")
@requires(Permission.SELECTION_MANAGE)
def announce(internship_batch_id):
    return _step(internship_batch_id, service.announce, _("已发布。学生和监护人现在能看到，到日子就能交志愿。"))


@bp.post("/selection/batches/<int:internship_batch_id>/publish")
@requires(Permission.SELECTION_MANAGE)
def publish(internship_batch_id):
    return _step(internship_batch_id, service.publish, _("已公布。每名学生和监护人只看到自己的去向。"))


@bp.post("/selection/batches/<int:internship_batch_id>/take-over")
@requires(Permission.SELECTION_MANAGE)
def take_over(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    if ActionForm().validate_on_submit():
        try:
            taken = service.take_over(batch, by=current_user)
        except DomainError as error:
            flash(str(error), "warning")
        else:
            _tell(taken)
    return redirect(url_for(".show", internship_batch_id=batch.id))


def _step(batch_id, verb, words):
    batch = get_or_404(policy.batches_visible_to(current_user), batch_id)
    if ActionForm().validate_on_submit():
        try:
            verb(batch, by=current_user)
        except DomainError as error:
            flash(str(error), "warning")
        else:
            flash(words)
    return redirect(url_for(".show", internship_batch_id=batch.id))


def _tell(taken):
    if taken.drafted:
        flash(_("已转成 %(count)s 份实习安排，等校领导批准。", count=taken.drafted))
    for refusal in taken.refusals:
        flash(_("没有转成：%(why)s", why=refusal), "warning")
    if not taken.drafted and not taken.refusals:
        flash(_("没有要转的：都转过了，或没有人有去处。"))


def _suggested():
    term = current_term()
    return {
        "school_year": term.school_year if term else today().year,
        "term_number": term.number if term else 1,
        "most_choices": limit("choices_of_a_student", today()),
        "appeal_days": limit("days_to_appeal", today()),
    }
