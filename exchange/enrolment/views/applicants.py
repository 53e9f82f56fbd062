"""The pages of one applicant: entering, looking, correcting, and every step on the way to the register."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.rules import Severity
from exchange.enrolment import forms, policy, queries, service
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.rules import ADMISSION, REGISTRATION, Candidate
from exchange.enrolment.views.blueprint import bp, intake_or_404
from exchange.enrolment.workflow import APPLICANT_WORKFLOW
from exchange.reference.areas import area_name
from exchange.reference.registration import registration_batch
from exchange.students.values import GROUP_NAMES

MAIN_STEPS = ("admit", "arrive", "register")
QUIET_STEPS = ("undo-arrival",)
SHOWN_AGAIN = (
    *("name", "sex", "birth_date", "county", "home_school", "wishes"),
    *("phone", "guardian_name", "guardian_relation", "guardian_phone"),
)


@bp.route("/intakes/<int:project_id>/<int:year>/applicants/new", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_APPLY)
def create(project_id, year):
    project = intake_or_404(project_id, year)
    counties = policy.counties_to_enter(current_user, project)
    if not counties:  # a project of other regions
        raise NotFound
    classes = queries.classes_of(project, year)
    form = forms.ApplicantForm(
        counties=counties, classes=classes, is_new=True, data={"school_class_id": _only(classes)}
    )

    if form.validate_on_submit():
        try:
            applicant, notes = service.enter_applicant(
                project=project,
                year=year,
                written=form.written(),
                school_class=_chosen(classes, form),
                by=current_user,
            )
        except service.NotReadable as unreadable:
            form.show_problems(unreadable.problems)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            _flash_notes(notes)
            flash(_("已登记%(name)s。可以接着登记下一个。", name=applicant.name))
            return redirect(url_for(".create", project_id=project.id, year=year))

    page = render_template("enrolment/applicant_form.html", form=form, project=project, year=year, applicant=None)
    return page, form.status_code


def _only(classes):
    return classes[0].id if len(classes) == 1 else 0


def _chosen(classes, form):
    return next((each for each in classes if each.id == form.school_class_id.data), None)


def _flash_notes(notes):
    for note in notes:
        flash(note, "warning")


@bp.get("/applicants/<int:applicant_id>")
@requires(Permission.ENROLMENT_VIEW)
def show(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user).options(*queries.with_people()), applicant_id)
    return page_of(applicant)


def page_of(applicant, *, refusal=None):
    """The page, also after a refusal."""
    steps = {step.name: step for step in APPLICANT_WORKFLOW.available(applicant.status, current_user)}
    findings = _findings(applicant) if set(steps) & set(MAIN_STEPS) else []
    return render_template(
        "enrolment/show.html",
        applicant=applicant,
        main=next((steps[name] for name in MAIN_STEPS if name in steps), None),
        others=[step for name, step in steps.items() if name not in MAIN_STEPS + QUIET_STEPS],
        undo=steps.get("undo-arrival"),
        findings=findings,
        hindered=_hindered(findings),
        needs_reason=any(finding.rule.severity is Severity.WARN for finding in findings),
        may_change=policy.can_change(current_user, applicant),
        may_delay=current_user.may(Permission.ENROLMENT_MANAGE) and applicant.status is ApplicantStatus.ADMITTED,
        county=area_name(applicant.county),
        ethnicity=GROUP_NAMES.get(applicant.ethnicity, ""),
        batch=registration_batch(applicant.student.enrolled_on) if applicant.student else None,
        events=timeline(applicant),
        refusal=refusal,
        proofs=_proofs(applicant),
        proof_form=forms.ProofForm(formdata=None) if current_user.may(Permission.ENROLMENT_MANAGE) else None,
    )


def _proofs(applicant):
    """The papers of a delay; none for those who may not open them, or where there was none."""
    if applicant.late_until is None or not policy.sees_all(current_user):
        return None
    return attachments_of(applicant)


def _findings(applicant):
    """What the next step still wants."""
    if applicant.status is ApplicantStatus.APPLIED:
        seats = queries.seats_of(applicant.project, applicant.intake_year)[applicant.county]
        return ADMISSION.findings(Candidate(seats.places, seats.admitted))
    if applicant.status is ApplicantStatus.ARRIVED:
        return REGISTRATION.findings(queries.newcomer_of(applicant))
    return []


def _hindered(findings):
    """Whether this person cannot take the step: something is missing, or only others may excuse a warning."""
    may_excuse = current_user.may(Permission.ENROLMENT_EXCEED)
    warned = any(finding.rule.severity is Severity.WARN for finding in findings)
    return any(finding.is_demanding for finding in findings) or (warned and not may_excuse)


@bp.route("/applicants/<int:applicant_id>/edit", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_APPLY)
def edit(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    authorize(policy.can_change(current_user, applicant))
    classes = queries.classes_of(applicant.project, applicant.intake_year)
    form = forms.ApplicantForm(
        data=_as_written(applicant),
        counties=policy.counties_to_enter(current_user, applicant.project),
        classes=classes,
    )
    if form.validate_on_submit():
        try:
            notes = service.change_applicant(
                applicant,
                written=form.written(known_id=applicant.resident_id),
                school_class=_chosen(classes, form),
                by=current_user,
            )
        except service.NotReadable as unreadable:
            form.show_problems(unreadable.problems)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            _flash_notes(notes)
            flash(_("已保存。"))
            return redirect(url_for(".show", applicant_id=applicant.id))

    page = render_template(
        "enrolment/applicant_form.html",
        form=form,
        project=applicant.project,
        year=applicant.intake_year,
        applicant=applicant,
    )
    return page, form.status_code


def _as_written(applicant: Applicant) -> dict[str, object]:
    """Everything but the number, which is not shown again: whoever corrects it types it anew."""
    return {
        **{name: getattr(applicant, name) for name in SHOWN_AGAIN},
        "ethnicity": GROUP_NAMES.get(applicant.ethnicity, ""),
        "school_class_id": applicant.school_class_id or 0,
    }


@bp.post("/applicants/<int:applicant_id>/transitions/<name>")
@requires(Permission.ENROLMENT_ADMIT, Permission.ENROLMENT_MANAGE, Permission.ENROLMENT_RECEIVE)
def transition(applicant_id, name):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    step = APPLICANT_WORKFLOW.transitions.get(name) or abort(404)
    authorize(current_user.may(step.permission))
    form = forms.TransitionForm()
    if not form.validate():
        return page_of(applicant, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.change_status(applicant, name, by=current_user, reason=form.reason.data)
    except DomainError as refusal:
        return page_of(applicant, refusal=refusal), 409
    flash(_("%(step)s：已完成。", step=step.label))
    return redirect(url_for(".show", applicant_id=applicant.id))


@bp.route("/applicants/<int:applicant_id>/delay", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_MANAGE)
def delay(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    form = forms.DelayForm(data={"until": applicant.late_until})

    if form.validate_on_submit():
        try:
            values = form.values | {"proofs": form.proofs.contents}
            service.allow_delay(applicant, by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已准许延期报到。"))
            return redirect(url_for(".show", applicant_id=applicant.id))

    return render_template("enrolment/delay.html", form=form, applicant=applicant), form.status_code


@bp.post("/applicants/<int:applicant_id>/proofs")
@requires(Permission.ENROLMENT_MANAGE)
def add_proofs(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    form = forms.ProofForm()
    if not form.validate_on_submit():
        return page_of(applicant, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.add_proofs(applicant, form.proofs.contents, by=current_user)
    except DomainError as refusal:
        return page_of(applicant, refusal=refusal), 409
    flash(_("已附上。"))
    return redirect(url_for(".show", applicant_id=applicant.id))
