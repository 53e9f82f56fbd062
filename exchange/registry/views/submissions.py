"""Files for the national system: ask for one, download it, note that it was sent; who has changed since."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes.queries import find_class
from exchange.reference.registration import batch_with
from exchange.registry.forms import SubmissionForm, SubmittedForm
from exchange.registry.queries import board, corrections
from exchange.registry.service import submissions as service
from exchange.registry.values import SubmissionStatus
from exchange.registry.views.blueprint import bp, offered_classes, workbook


@bp.route("/registry/submissions", methods=["GET", "POST"])
@requires(Permission.REGISTRY_MANAGE)
def submissions():
    batches = [(row.batch.key, row.batch.title) for row in board.batches(current_user)]
    form = SubmissionForm(batches=batches, data={"batch": request.args.get("batch"), "only_complete": True})

    if form.validate_on_submit():
        try:
            submission = service.request_submission(
                batch=batch_with(form.batch.data),
                school_class=corrections.find_class_of(form.class_name.data, find_class),
                only_complete=form.only_complete.data,
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            service.start(submission, by=current_user)
            return redirect(url_for(".submission", submission_id=submission.id))

    page = paginate(corrections.submissions())
    return (
        render_template("registry/submissions.html", form=form, page=page, classes=offered_classes()),
        form.status_code,
    )


@bp.get("/registry/submissions/<int:submission_id>")
@requires(Permission.REGISTRY_MANAGE)
def submission(submission_id):
    submission = get_or_404(corrections.submissions(), submission_id)
    return _page(submission, SubmittedForm(data={"on": today()}))


@bp.post("/registry/submissions/<int:submission_id>/submit")
@requires(Permission.REGISTRY_MANAGE)
def submit(submission_id):
    submission = get_or_404(corrections.submissions(), submission_id)
    form = SubmittedForm()

    if form.validate_on_submit():
        try:
            service.mark_submitted(submission, on=form.on.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记。以后改过的记录会列在这里。"))
            return redirect(url_for(".submission", submission_id=submission_id))

    return _page(submission, form), form.status_code


@bp.post("/registry/submissions/<int:submission_id>/download")
@requires(Permission.REGISTRY_MANAGE)
def download(submission_id):
    """The workbook in the national order; the download is recorded."""
    submission = get_or_404(corrections.submissions(), submission_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".submission", submission_id=submission_id))
    content = service.hand_out(submission, by=current_user)
    return workbook(content, f"{submission.scope_label}-{submission.created_at:%Y%m%d}.xlsx".replace(" ", ""))


@bp.post("/registry/submissions/<int:submission_id>/discard")
@requires(Permission.REGISTRY_MANAGE)
def discard(submission_id):
    submission = get_or_404(corrections.submissions(), submission_id)
    if ActionForm().validate_on_submit():
        service.discard(submission, by=current_user)
        flash(_("已放弃，文件和其中的记录已删除。"))
    return redirect(url_for(".submissions"))


def _page(submission, form):
    was_sent = submission.status is SubmissionStatus.SUBMITTED
    return render_template(
        "registry/submission.html",
        submission=submission,
        form=form,
        page=paginate(corrections.changed_since(submission)) if was_sent else None,
        confirmed=corrections.confirmed_in(submission) if was_sent else 0,
        events=timeline(submission),
    )
