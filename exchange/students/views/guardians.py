"""The pages of guardians and of other people to call."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.students import forms, policy, queries, service
from exchange.students.forms.guardians import LANGUAGES
from exchange.students.models import Contact
from exchange.students.views.records import bp


@bp.get("/students/guardians/<int:guardian_id>")
@requires(Permission.STUDENT_VIEW)
def guardian(guardian_id):
    person = get_or_404(policy.guardians_visible_to(current_user), guardian_id)
    return render_template(
        "students/guardian.html",
        guardian=person,
        children=queries.children_for_page(person, policy.visible_to(current_user)),
        day=today(),
    )


@bp.route("/students/<int:student_id>/guardians/new", methods=["GET", "POST"])
@requires(Permission.STUDENT_EDIT)
def add_guardian(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    form = forms.GuardianForm(data={"call_order": len(student.guardianships) + 1, "is_legal_guardian": True})

    if form.validate_on_submit():
        try:
            service.add_guardian(student, by=current_user, **form.values)
        except service.GuardianKnown as known:
            form.form_errors.append(str(known))
            form.offer(known.people, queries.wards_of(known.people), is_certain=known.is_certain)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记监护人。"))
            return redirect(url_for(".show", student_id=student.id))

    page = render_template("students/guardian_form.html", student=student, form=form, bond=None, languages=LANGUAGES)
    return page, form.status_code


@bp.route("/students/<int:student_id>/guardians/<int:guardianship_id>/edit", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONTACT)
def edit_guardian(student_id, guardianship_id):
    student, bond = _load(student_id, guardianship_id)
    authorize(policy.may_keep_contacts(current_user, student))
    is_whole = current_user.may(Permission.STUDENT_EDIT)
    form = _guardian_form(bond) if is_whole else _contact_data_form(bond)

    if form.validate_on_submit():
        try:
            _change(bond, form, is_whole=is_whole)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", student_id=student_id))

    page = render_template("students/guardian_form.html", student=student, form=form, bond=bond, languages=LANGUAGES)
    return page, form.status_code


@bp.route("/students/<int:student_id>/guardians/<int:guardianship_id>/end", methods=["GET", "POST"])
@requires(Permission.STUDENT_EDIT)
def end_guardian(student_id, guardianship_id):
    student, bond = _load(student_id, guardianship_id)
    form = forms.EndForm()

    if form.validate_on_submit():
        try:
            service.end_guardianship(bond, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("监护关系已结束，记录还在。"))
            return redirect(url_for(".show", student_id=student_id))

    return render_template("students/guardian_end.html", student=student, form=form, bond=bond), form.status_code


@bp.route("/students/<int:student_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONTACT)
def add_contact(student_id):
    student = _in_charge(student_id)
    form = forms.ContactForm()

    if form.validate_on_submit():
        try:
            service.add_contact(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记联系人。"))
            return redirect(url_for(".show", student_id=student_id))

    page = render_template("students/contact.html", student=student, form=form, contact=None, languages=LANGUAGES)
    return page, form.status_code


@bp.route("/students/<int:student_id>/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONTACT)
def edit_contact(student_id, contact_id):
    student = _in_charge(student_id)
    contact = get_or_404(select(Contact).where(Contact.student_id == student_id), contact_id)
    form = forms.ContactForm(data={name: getattr(contact, name) for name in ("kind", "name", "position", "language")})
    form.hint_at(contact)

    if form.validate_on_submit():
        try:
            service.change_contact(contact, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", student_id=student_id))

    page = render_template("students/contact.html", student=student, form=form, contact=contact, languages=LANGUAGES)
    return page, form.status_code


@bp.post("/students/<int:student_id>/contacts/<int:contact_id>/remove")
@requires(Permission.STUDENT_CONTACT)
def remove_contact(student_id, contact_id):
    _in_charge(student_id)
    contact = get_or_404(select(Contact).where(Contact.student_id == student_id), contact_id)
    if ActionForm().validate_on_submit():
        service.remove_contact(contact, by=current_user)
        flash(_("已删除联系人。"))
    return redirect(url_for(".show", student_id=student_id))


def _in_charge(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    authorize(policy.may_keep_contacts(current_user, student))
    return student


def _load(student_id, guardianship_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    return student, get_or_404(queries.guardianships_of(student), guardianship_id)


def _guardian_form(bond):
    person = bond.guardian
    own = {"name": person.name, "language": person.language, "reads_mandarin": forms.GuardianForm.reads(person)}
    relation = {name: getattr(bond, name) for name in ("relation", "call_order", "begins_on")}
    form = forms.GuardianForm(relation_now=bond.relation, data={**own, **relation, **_rights(bond)})
    form.hint_at(person)
    return form


def _rights(bond):
    return {"is_legal_guardian": bond.is_legal_guardian, "may_sign": bond.may_sign}


def _contact_data_form(bond):
    person = bond.guardian
    form = forms.GuardianContactForm(
        data={"language": person.language, "reads_mandarin": forms.GuardianForm.reads(person)}
    )
    form.hint_at(person)
    return form


def _change(bond, form, *, is_whole):
    values = form.values
    values.pop("same_as", None)
    if is_whole:
        service.change_guardianship(bond, by=current_user, **values)
    else:
        service.change_contact_data(bond, by=current_user, **values)
