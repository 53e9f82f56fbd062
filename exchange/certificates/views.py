"""The register, batches with their second signature, and single papers. The public check stands in ``verify``."""

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.certificates import policy, queries, service, verification
from exchange.certificates.forms import FileForm, ReasonForm, RequestForm, VerifyForm, settings_form
from exchange.certificates.kinds import KINDS, kind_named, read_settings
from exchange.certificates.models import Certificate, CertificateBatch, CertificateKind
from exchange.certificates.preflight import preflight as check_batch
from exchange.core.access import public, requires
from exchange.core.database import db, get_or_404, today, unlocked
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.limits import limited
from exchange.core.pagination import paginate
from exchange.core.storage import store
from exchange.jobs.models import Job
from exchange.students import policy as students_policy

bp = Blueprint("certificates", __name__)

KIND_CHOICES = [(kind.value, kind.label) for kind in CertificateKind]
MAKERS = (Permission.CERTIFICATE_PREPARE, Permission.CERTIFICATE_APPROVE)


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
    return _pdf(certificate.pdf_key, certificate.number)


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
    return render_template("certificates/of_student.html", student=student, page=paginate(queries.searched(papers)))


@bp.route("/certificates/new", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_PREPARE)
def create():
    form = RequestForm(kinds=KIND_CHOICES)
    if form.validate_on_submit():
        try:
            queries.class_named(form.school_class.data.strip())
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            chosen = {"kind": form.kind.data, "school_class": form.school_class.data.strip()}
            return redirect(url_for(".preflight", **chosen))

    return render_template("certificates/create.html", form=form, classes=queries.class_names()), form.status_code


@bp.route("/certificates/preflight", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_PREPARE)
def preflight():
    """Everybody checked, nothing spent; sent, it becomes a request that somebody else approves."""
    kind = kind_named(request.args.get("kind", ""))
    school_class = queries.class_named(request.args.get("school_class", ""))
    form = settings_form(kind)(request.values if request.method == "POST" else None)
    is_sound = request.method != "POST" or form.validate()
    settings, checked = _checked(kind, school_class, form) if is_sound else ({}, None)

    if checked and request.method == "POST" and "request" in request.form:
        batch = service.request_batch(
            kind=kind,
            students=checked.ready,
            settings=settings,
            school_class=school_class,
            request_key=request.form.get("request") or None,
            blocked=len(checked.blocked),
            by=current_user,
        )
        flash(_("已提交，等另一位同事批准。"))
        return redirect(url_for(".batch", batch_id=batch.id))

    page = render_template(
        "certificates/preflight.html",
        kind=kind,
        school_class=school_class,
        form=form,
        checked=checked,
        request_key=service.new_request_key(),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _checked(kind, school_class, form):
    """The settings and what the press says of everybody with them; None where the form has to be mended first."""
    try:
        settings = _settings(kind, form)
        with unlocked():  # trial papers take their time, and nothing is written yet
            return settings, check_batch(kind, queries.students_of_class(school_class), settings, officer=current_user)
    except DomainError as error:
        if request.method == "POST":
            form.form_errors.append(str(error))
        return {}, None


def _settings(kind, form) -> dict[str, str]:
    given = [(setting.name, getattr(form, setting.name).data or "") for setting in kind.settings]
    return read_settings(kind, [(name, value) for name, value in given if value])


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
    return _pdf(record.merged_key, f"{record.kind.value}-{record.id}")


@bp.get("/certificates/batches/<int:batch_id>.zip")
@requires(*MAKERS)
def archive(batch_id):
    record = get_or_404(policy.batches_visible_to(current_user), batch_id)
    content = service.zip_of(record)
    name = f"{record.kind.value}-{record.id}.zip"
    return send_file(BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name)


@bp.route("/verify", methods=["GET", "POST"])
@public
@limited("60 per minute")
def verify():
    """By number as ``/verify?number=…``, or by dropping the file."""
    number_form, form = VerifyForm(request.args), FileForm()
    if request.method == "GET" and "number" in request.args and number_form.validate():
        return redirect(url_for(".verify_number", number=number_form.number.data, lang=request.args.get("lang")))
    if form.validate_on_submit():
        try:
            verdict = verification.verify_file(form.file.data.read())
        except UsageProblem as problem:
            form.file.errors = [*form.file.errors, str(problem)]
        else:
            return render_template("certificates/verdict.html", verdict=verdict, today=today())
    page = render_template("certificates/verify.html", form=form, number_form=number_form)
    return page, 422 if form.errors or number_form.errors else 200


@bp.get("/verify/<number>")
@public
@limited("60 per minute")
def verify_number(number):
    verdict = verification.verify_number(number)
    status = 200 if verdict.certificate else 404
    return render_template("certificates/verdict.html", verdict=verdict, today=today()), status


def _pdf(key: str | None, name: str):
    if key is None:
        abort(404)
    content = BytesIO(store().get(key))
    return send_file(content, mimetype="application/pdf", download_name=f"{name}.pdf", max_age=0)
