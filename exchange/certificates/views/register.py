"""The register, single papers, and the papers of a student."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.certificates import policy, queries, service, verification
from exchange.certificates.forms import ReasonForm
from exchange.certificates.models import Certificate
from exchange.certificates.views.blueprint import KIND_CHOICES, MAKERS, bp
from exchange.certificates.views.files import pdf_file
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.students import policy as students_policy


@bp.get("/certificates")
@requires(Permission.CERTIFICATE_VIEW)
def index():
    if (own := students_policy.only_child(current_user)) is not None:
        return redirect(url_for(".of_student", student_id=own.id))
    register = queries.searched(
        policy.visible_to(current_user),
        text=request.args.get("q", ""),
        kind=request.args.get("kind", ""),
        year=request.args.get("year", type=int),
        sort=request.args.get("sort", ""),
    )
    return render_template(
        "certificates/index.html",
        page=paginate(register),
        kinds=KIND_CHOICES,
        batches=queries.open_batches() if _handles_batches() else [],
    )


def _handles_batches() -> bool:
    return any(current_user.may(permission) for permission in MAKERS)


@bp.get("/certificates/<int:certificate_id>")
@requires(Permission.CERTIFICATE_VIEW)
def show(certificate_id):
    certificate = get_or_404(policy.visible_to(current_user), certificate_id)
    return render_template(
        "certificates/show.html",
        certificate=certificate,
        verdict=verification.verify_number(certificate.number),
        replacement=queries.replacement_of(certificate),
        may_download=current_user.may(Permission.CERTIFICATE_DOWNLOAD),
        events=timeline(certificate),
        form=ReasonForm(),
    )


@bp.get("/certificates/<int:certificate_id>.pdf")
@requires(Permission.CERTIFICATE_DOWNLOAD)
def download(certificate_id):
    certificate = get_or_404(policy.visible_to(current_user), certificate_id)
    return pdf_file(certificate.pdf_key, certificate.number)


@bp.post("/certificates/<int:certificate_id>/revocation")
@requires(Permission.CERTIFICATE_APPROVE)
def revoke(certificate_id):
    certificate = get_or_404(policy.visible_to(current_user), certificate_id)
    form = ReasonForm()
    if form.validate_on_submit():
        service.revoke(certificate, reason=form.reason.data, by=current_user)
        flash(_("编号 %(number)s 已作废。", number=certificate.number))
    else:
        flash(_("没有作废：请写明原因。"), "error")
    return redirect(url_for(".show", certificate_id=certificate.id))


@bp.get("/students/<int:student_id>/certificates")
@requires(Permission.CERTIFICATE_VIEW)
def of_student(student_id):
    student = get_or_404(students_policy.visible_to(current_user), student_id)
    papers = policy.visible_to(current_user).where(Certificate.student_id == student.id)
    page = paginate(queries.searched(papers))
    return render_template("certificates/of_student.html", student=student, page=page, kinds=KIND_CHOICES)
