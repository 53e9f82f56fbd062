"""A batch: its second signature, its progress, and its files."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.certificates import policy, queries, service
from exchange.certificates.forms import ReasonForm
from exchange.certificates.kinds import KINDS
from exchange.certificates.models import CertificateBatch
from exchange.certificates.views.blueprint import MAKERS, bp
from exchange.certificates.views.files import pdf_file
from exchange.core.access import requires
from exchange.core.database import db, get_or_404
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.jobs.models import Job


@bp.get("/certificates/batches/<int:batch_id>")
@requires(*MAKERS)
def batch(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    return render_template(
        "certificates/batch.html",
        batch=record,
        members=queries.members(record),
        job=db.session.get(Job, record.job_id) if record.job_id else None,
        may_approve=policy.can_approve(current_user, record),
        settings=_settings_in_words(record),
        events=timeline(record),
        form=ReasonForm(),
    )


def _settings_in_words(record: CertificateBatch) -> list[tuple[str, str]]:
    return [(setting.label, record.settings.get(setting.name, "")) for setting in KINDS[record.kind].settings]


@bp.post("/certificates/batches/<int:batch_id>/approval")
@requires(Permission.CERTIFICATE_APPROVE)
def approve(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    if ActionForm().validate_on_submit():
        service.approve_batch(record, by=current_user)
        return redirect(url_for(".batch", batch_id=record.id))
    abort(400)


@bp.post("/certificates/batches/<int:batch_id>/resumption")
@requires(Permission.CERTIFICATE_APPROVE)
def resume(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    if ActionForm().validate_on_submit():
        service.resume_batch(record, by=current_user)
        return redirect(url_for(".batch", batch_id=record.id))
    abort(400)


@bp.post("/certificates/batches/<int:batch_id>/refusal")
@requires(Permission.CERTIFICATE_APPROVE)
def decline(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    form = ReasonForm()
    if form.validate_on_submit():
        service.decline_batch(record, reason=form.reason.data, by=current_user)
        flash(_("已退回。"))
    else:
        flash(_("没有退回：请写明原因。"), "error")
    return redirect(url_for(".batch", batch_id=record.id))


@bp.get("/certificates/batches/<int:batch_id>/specimen.pdf")
@requires(*MAKERS)
def specimen(batch_id):
    """The first paper of the batch as it will look, without a number."""
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    content = service.specimen(record)
    return send_file(BytesIO(content), mimetype="application/pdf", download_name="specimen.pdf")


@bp.get("/certificates/batches/<int:batch_id>.pdf")
@requires(*MAKERS)
def merged(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    return pdf_file(record.merged_key, f"{record.kind.value}-{record.id}")


@bp.get("/certificates/batches/<int:batch_id>.zip")
@requires(*MAKERS)
def archive(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    content = service.zip_of(record)
    name = f"{record.kind.value}-{record.id}.zip"
    return send_file(BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name)
