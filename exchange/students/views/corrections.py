"""The queue of requests to correct a record, and the decision on one."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.students import comparing, forms, policy, service
from exchange.students.models import Correction, CorrectionStatus, Student
from exchange.students.queries import corrections as queries
from exchange.students.views.records import bp, note_look


@bp.get("/students/corrections")
@requires(Permission.STUDENT_CORRECT)
def corrections():
    show = request.args.get("show", "")
    page = paginate(queries.listed(policy.corrections_visible_to(current_user), show))
    views = [(label, url_for(".corrections", show=name or None), name == show) for name, label in queries.VIEWS.items()]
    return render_template("students/corrections.html", page=page, views=views, compared=comparing.compared)


@bp.get("/students/corrections/<int:correction_id>")
@requires(Permission.STUDENT_CORRECT)
def correction(correction_id):
    request_ = _load(correction_id)
    note_look(request_.student_id)
    return _page(request_)


@bp.post("/students/corrections/<int:correction_id>/reveal")
@requires(Permission.STUDENT_CORRECT)
def reveal_correction(correction_id):
    """Both values whole, once, for whoever decides; the look is recorded."""
    request_, form = _load(correction_id), forms.CompareForm()
    authorize(policy.may_see_identity(current_user))

    if form.validate_on_submit():
        try:
            service.reveal_request(request_, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _page(request_, whole=True)

    return _page(request_, reveal=form), form.status_code


@bp.post("/students/corrections/<int:correction_id>/approve")
@requires(Permission.STUDENT_CORRECT)
def approve_correction(correction_id):
    request_, form = _load(correction_id), forms.ApproveForm()

    if form.validate_on_submit():
        try:
            service.approve(request_, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已更正，申请人会看到。"))
            return redirect(url_for(".corrections"))

    return _page(request_, approve=form), form.status_code


@bp.post("/students/corrections/<int:correction_id>/refuse")
@requires(Permission.STUDENT_CORRECT)
def refuse_correction(correction_id):
    request_, form = _load(correction_id), forms.RefuseForm()

    if form.validate_on_submit():
        try:
            service.refuse(request_, reason=form.refusal.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已答复，申请人会看到理由。"))
            return redirect(url_for(".corrections"))

    return _page(request_, refuse=form), form.status_code


@bp.post("/students/corrections/<int:correction_id>/filing")
@requires(Permission.STUDENT_CORRECT)
def file_correction(correction_id):
    request_, form = _load(correction_id), forms.FilingForm()

    if form.validate_on_submit():
        try:
            service.file(request_, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记报备。"))
            return redirect(url_for(".corrections"))

    return _page(request_, filing=form), form.status_code


def _load(correction_id):
    scope = policy.corrections_visible_to(current_user).options(
        joinedload(Correction.student).joinedload(Student.school_class),
        joinedload(Correction.asked_by),
        joinedload(Correction.decided_by),
        joinedload(Correction.guardian),
    )
    return get_or_404(scope, correction_id)


def _page(request_, approve=None, refuse=None, filing=None, reveal=None, *, whole=False):
    hides = not whole and request_.field not in comparing.OPEN and policy.may_see_identity(current_user)
    page = render_template(
        "students/correction.html",
        correction=request_,
        compared=comparing.compared(request_, whole=whole),
        is_whole=whole,
        reveal=(reveal or forms.CompareForm(formdata=None)) if hides else None,
        is_pending=request_.status is CorrectionStatus.PENDING,
        proofs=attachments_of(request_),
        approve=approve or forms.ApproveForm(formdata=None),
        refuse=refuse or forms.RefuseForm(formdata=None),
        filing=filing or forms.FilingForm(formdata=None),
        events=timeline(request_),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
