"""What families have agreed to: a class at a glance, a student in full, and recording an answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_by_subject
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.students import forms, policy, queries, service
from exchange.students.consents import SILENCE_IS_NO, TEXTS
from exchange.students.forms.consents import STUDENT
from exchange.students.models import ConsentKind, ConsentRecord
from exchange.students.views.records import bp, offered_classes


@bp.get("/students/consents")
@requires(Permission.STUDENT_CONSENT)
def consents():
    class_name = request.args.get("class", "").strip()
    rows = queries.listed(policy.in_charge_of(current_user), class_name=class_name, sort="class")
    page = paginate(rows)
    return render_template(
        "students/consents.html",
        page=page,
        missing=queries.missing_in(page.items),
        kinds=[kind for kind in TEXTS if kind not in SILENCE_IS_NO],
        classes=offered_classes(),
    )


@bp.get("/students/<int:student_id>/consents")
@requires(Permission.STUDENT_CONSENT)
def consents_of(student_id):
    student = student_in_charge(student_id)
    answers, states = queries.answers_of(student), queries.states_of(student)
    links = list(db.session.scalars(queries.links_about(student)).unique())
    return render_template(
        "students/consents_of.html",
        student=student,
        states=states,
        answers=answers,
        scans=attachments_by_subject(answers),
        links={state.kind: [each for each in links if each.about == state.kind.value] for state in states},
        moment=now(),
        sendable=[kind for kind in TEXTS if kind not in SILENCE_IS_NO],
    )


@bp.route("/students/<int:student_id>/consents/<consent_kind>/record", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONSENT)
def record_consent(student_id, consent_kind):
    student, kind = student_in_charge(student_id), kind_or_404(consent_kind)
    bonds = [bond for bond in student.guardianships if bond.until is None]
    form = forms.ConsentForm(student=student, guardianships=bonds)

    if form.validate_on_submit():
        values = form.values
        giver, scans = values.pop("giver"), values.pop("scans")
        bond = next((each for each in bonds if str(each.id) == giver and giver != STUDENT), None)
        try:
            service.record_answer(
                student, kind=kind, guardianship=bond, scans=read_files(scans), by=current_user, **values
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记。"))
            return redirect(url_for(".consents_of", student_id=student.id))

    page = render_template("students/consent_form.html", student=student, kind=kind, text=TEXTS[kind], form=form)
    return page, form.status_code


@bp.route("/students/<int:student_id>/consents/<int:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONSENT)
def withdraw_consent(student_id, consent_id):
    student = student_in_charge(student_id)
    scope = policy.consents_visible_to(current_user).where(ConsentRecord.student_id == student.id)
    consent = get_or_404(scope, consent_id)
    form = forms.WithdrawForm(data={"withdrawn_by": consent.given_by})

    if form.validate_on_submit():
        try:
            service.withdraw(consent, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已撤回。"))
            return redirect(url_for(".consents_of", student_id=student.id))

    return render_template("students/consent_withdraw.html", student=student, consent=consent, form=form), (
        form.status_code
    )


def read_files(uploads):
    """The uploaded files as a service takes them."""
    return [service.File(upload.filename, upload.read()) for upload in uploads or []]


def student_in_charge(student_id):
    """The student, if this person keeps the consents."""
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    authorize(policy.may_keep_consents(current_user, student))
    return student


def kind_or_404(value):
    """The kind of consent that an address names."""
    return ConsentKind(value) if value in set(ConsentKind) else abort(404)
