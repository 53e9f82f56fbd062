"""What a family sees about itself: what is kept, who looked, what was agreed to, what was asked for."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today, write_apart
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.reference.areas import area_name
from exchange.students import consents as texts
from exchange.students import forms, policy, queries, service
from exchange.students.models import (
    ConsentAnswer,
    ConsentChannel,
    ConsentKind,
    Correction,
    Guardian,
    Guardianship,
)
from exchange.students.queries import corrections as requests
from exchange.students.values import GROUP_NAMES
from exchange.students.views.consents import read_files
from exchange.students.views.records import bp


@bp.get("/students/mine")
@requires(Permission.STUDENT_MINE)
def mine():
    family = _family()
    student = _chosen(family)
    if student is None:
        return render_template("students/mine.html", student=None, family=[])
    asked = requests.asked_for([student])
    _note_seen(asked)
    return render_template(
        "students/mine.html",
        family=family,
        student=student,
        is_own=student.user_id == current_user.id,
        ethnicity=GROUP_NAMES.get(student.ethnicity, ""),
        county=area_name(student.county_of_origin) if student.county_of_origin else "",
        bonds=[bond for bond in student.guardianships if bond.holds(today())],
        contacts=queries.contacts_of(student),
        states=queries.states_of(student),
        asked=asked,
        photo=queries.photo_of(student),
        looks=queries.looks_by_role(student),
    )


@bp.route("/students/mine/<int:student_id>/corrections/new", methods=["GET", "POST"])
@requires(Permission.STUDENT_MINE)
def ask_correction(student_id):
    student = _own(student_id)
    guardians = [bond.guardian for bond in student.guardianships if bond.holds(today())]
    form = forms.AskForm(guardians=guardians)

    if form.validate_on_submit():
        field, guardian_id = form.chosen
        try:
            service.ask(
                student,
                field=field,
                guardian=next((each for each in guardians if each.id == guardian_id), None),
                new_value=form.new_value.data,
                reason=form.reason.data,
                proofs=read_files(form.proofs.data),
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已提交，等学校答复。答复会出现在这里。"))
            return redirect(url_for(".mine", student=student.id))

    return render_template("students/ask.html", student=student, form=form), form.status_code


@bp.post("/students/mine/corrections/<int:correction_id>/withdraw")
@requires(Permission.STUDENT_MINE)
def withdraw_correction(correction_id):
    scope = policy.corrections_visible_to(current_user).where(Correction.asked_by_id == current_user.id)
    correction = get_or_404(scope, correction_id)
    if ActionForm().validate_on_submit():
        service.withdraw_request(correction, by=current_user)
        flash(_("已撤回申请。"))
    return redirect(url_for(".mine", student=correction.student_id))


@bp.route("/students/mine/<int:student_id>/consents/<consent_kind>", methods=["GET", "POST"])
@requires(Permission.STUDENT_MINE)
def answer_consent(student_id, consent_kind):
    student = _own(student_id)
    kind = ConsentKind(consent_kind) if consent_kind in set(ConsentKind) else abort(404)
    form = forms.AnswerForm()

    if form.validate_on_submit():
        try:
            _answer(student, kind, form)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已记下。随时可以改变主意。"))
            return redirect(url_for(".mine", student=student.id))

    page = render_template(
        "students/answer.html",
        student=student,
        kind=kind,
        text=texts.TEXTS[kind],
        form=form,
        standing=queries.standing(student, kind),
        refusal=_why_not(student, kind),
    )
    return page, form.status_code


def _answer(student, kind, form):
    bond = _bond(student)
    _check(student, kind, bond)
    standing = queries.standing(student, kind)
    if form.withdraw.data and standing:
        service.withdraw(standing, withdrawn_by=bond.guardian.name if bond else student.name, by=current_user)
        return
    service.record_answer(
        student,
        kind=kind,
        answer=ConsentAnswer.GIVEN if form.agree.data else ConsentAnswer.REFUSED,
        guardianship=bond,
        answered_on=today(),
        channel=ConsentChannel.ACCOUNT,
        by=current_user,
    )


def _why_not(student, kind):
    """Why this person cannot answer this, or nothing."""
    try:
        _check(student, kind, _bond(student))
    except DomainError as error:
        return str(error)
    return ""


def _check(student, kind, bond):
    if bond is None:
        texts.check_student(kind, student, on=today())
    else:
        texts.check_guardian(kind, bond, on=today())


def _bond(student):
    """The guardianship of the reader; none where the record is the reader's own."""
    if student.user_id == current_user.id:
        return None
    own = queries.guardianships_of(student).join(Guardianship.guardian).where(Guardian.user_id == current_user.id)
    return db.session.scalar(own.limit(1)) or abort(404)


def _family():
    return list(db.session.scalars(queries.with_family(policy.own(current_user)).order_by("birth_date", "id")).unique())


def _chosen(family):
    wanted = request.args.get("student", type=int)
    return next((each for each in family if each.id == wanted), family[0] if family else None)


def _own(student_id):
    return get_or_404(queries.with_family(policy.own(current_user)), student_id)


def _note_seen(asked):
    """Reading the answer is all that is asked of the person; it is noted once."""
    unread = [
        each.id
        for each in asked
        if each.asked_by_id == current_user.id and each.seen_at is None and each.status in requests.ANSWERED
    ]
    if unread:
        user_id = current_user.id
        write_apart(lambda: service.mark_seen(unread, by_id=user_id))
