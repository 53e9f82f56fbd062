"""Sending a question to a guardian's phone: make the link, show it once, take it back."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, now, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.links import service as links
from exchange.links.views import address_of, code_of
from exchange.students import forms, queries, service
from exchange.students.consents import TEXTS
from exchange.students.views.consents import kind_or_404, student_in_charge
from exchange.students.views.records import bp


@bp.route("/students/<int:student_id>/consents/<consent_kind>/link", methods=["GET", "POST"])
@requires(Permission.STUDENT_CONSENT)
def send_link(student_id, consent_kind):
    student, kind = student_in_charge(student_id), kind_or_404(consent_kind)
    bonds = [bond for bond in student.guardianships if bond.has_authority(today()) and bond.may_sign]
    form = forms.LinkForm(guardianships=bonds, data={"guardianship": bonds[0].id if len(bonds) == 1 else None})

    if form.validate_on_submit():
        bond = next(each for each in bonds if each.id == form.guardianship.data)
        try:
            days = timedelta(days=form.days.data)
            token = service.make_link(kind, bond, valid_for=days, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _shown_once(student, kind, bond, token, until=now() + days)

    page = render_template("students/link_form.html", student=student, kind=kind, text=TEXTS[kind], form=form)
    return page, form.status_code


@bp.post("/students/<int:student_id>/consents/links/<int:link_id>/revoke")
@requires(Permission.STUDENT_CONSENT)
def revoke_link(student_id, link_id):
    student = student_in_charge(student_id)
    link = get_or_404(queries.links_about(student), link_id)
    if ActionForm().validate_on_submit():
        links.revoke(link, by=current_user)
        flash(_("已收回，这个链接打不开了。"))
    return redirect(url_for(".consents_of", student_id=student.id))


def _shown_once(student, kind, bond, token, *, until):
    side, path = code_of(token)
    return render_template(
        "students/link_made.html",
        student=student,
        kind=kind,
        bond=bond,
        until=until,
        address=address_of(token),
        side=side,
        path=path,
    )
