"""Registering the newcomers of a class: the papers of each are seen, then all go onto the register at once."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.i18n import _
from exchange.enrolment import forms, policy, queries, service
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.rules import REGISTRATION
from exchange.enrolment.views.answers import show_outcome
from exchange.enrolment.views.blueprint import bp
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import bare_name
from exchange.reference.registration import registration_batch

ONLY_PAPERS = "papers"


@bp.get("/registration")
@requires(Permission.ENROLMENT_MANAGE)
def registration():
    return render_template(
        "enrolment/registration.html",
        classes=queries.arrived_by_class(),
        without_class=list(db.session.scalars(_arrived().where(Applicant.school_class_id.is_(None)))),
        county_name=bare_name,
        batch=registration_batch(today()),
    )


@bp.route("/registration/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_MANAGE)
def register_class(class_id):
    school_class = get_or_404(select(SchoolClass), class_id)
    newcomers = list(db.session.scalars(_arrived().where(Applicant.school_class_id == school_class.id)))
    form = forms.registration_form(newcomers, on=today())

    if form.validate_on_submit():
        for applicant in newcomers:
            service.record_documents(applicant, form.documents_of(applicant), by=current_user)
        if request.form.get("only") == ONLY_PAPERS:
            flash(_("查验结果已保存。"))
        else:
            _register(form, newcomers)
        return redirect(url_for(".register_class", class_id=school_class.id))

    facts = queries.newcomers(newcomers)
    page = render_template(
        "enrolment/register_class.html",
        form=form,
        school_class=school_class,
        newcomers=newcomers,
        findings={each.id: REGISTRATION.findings(facts[each.id]) for each in newcomers},
        registered=queries.registered_in(school_class),
        county_name=bare_name,
        batch=registration_batch(min(form.on.data or today(), today())),
    )
    return page, form.status_code


def _register(form, newcomers):
    chosen = [each for each in newcomers if each.id in set(form.members.data)]
    outcome = service.change_all(chosen, "register", by=current_user, on=form.on.data)
    show_outcome(outcome, _("已注册 %(count)s 人，学号已编好。", count=len(outcome.done)))


def _arrived():
    arrived = policy.visible_to(current_user).where(Applicant.status == ApplicantStatus.ARRIVED)
    return arrived.options(*queries.with_people()).order_by(Applicant.county, Applicant.id)
