"""Term registration: class by class who is back, who is not, and who must act."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.enrolment import forms, queries, service
from exchange.enrolment.limits import term_registration_ends
from exchange.enrolment.views.answers import show_outcome
from exchange.enrolment.views.blueprint import bp
from exchange.programmes.models import SchoolClass, Term
from exchange.programmes.queries import current_term
from exchange.programmes.queries import terms as all_terms
from exchange.students import policy as student_policy
from exchange.students.models import Student, StudentStatus

OFFERED_TERMS = 12


@bp.get("/terms")
@requires(Permission.ENROLMENT_TERM)
def terms():
    offered = all_terms()[:OFFERED_TERMS]
    asked = request.args.get("term", type=int)
    term = next((each for each in offered if each.id == asked), None) or current_term()
    only_missing = request.args.get("missing") == "1"
    on = as_of()
    scope, day = student_policy.in_charge_of(current_user), on.day if on.is_past else None
    counts = term and paginate(queries.class_counts(scope, term, only_missing=only_missing, day=day), scalars=False)
    return render_template(
        "enrolment/terms.html",
        term=term,
        terms=[(each.id, each.label) for each in offered],
        counts=counts,
        as_of=on,
        last_day=term and term_registration_ends(term.starts_on),
    )


@bp.route("/terms/<int:term_id>/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_TERM)
def term_class(term_id, class_id):
    term, school_class = get_or_404(select(Term), term_id), get_or_404(select(SchoolClass), class_id)
    members = queries.members(student_policy.in_charge_of(current_user), school_class, term)
    registered = queries.registered([student.id for student in members], term)
    waiting = [each for each in members if each.id not in registered and each.status is StudentStatus.REGISTERED]
    is_over = term_registration_ends(term.starts_on) < today()
    ticked = [] if is_over else [each.id for each in waiting]  # who is not back after a month is ticked by hand
    form = forms.TermForm(students=waiting, data={"members": ticked})

    if form.validate_on_submit():
        chosen = [each for each in waiting if each.id in set(form.members.data)]
        outcome = service.register_for_term(chosen, term, by=current_user)
        show_outcome(outcome, _("已注册 %(count)s 人。", count=len(outcome.done)))
        return redirect(url_for(".term_class", term_id=term.id, class_id=school_class.id))

    page = render_template(
        "enrolment/term_class.html",
        form=form,
        term=term,
        school_class=school_class,
        waiting=waiting,
        on_leave=[each for each in members if each.id not in registered and each not in waiting],
        registered=[(each, registered[each.id]) for each in members if each.id in registered],
        last_day=term_registration_ends(term.starts_on),
        is_over=is_over,
    )
    return page, form.status_code


@bp.route("/terms/<int:term_id>/students/<int:student_id>/cancellation", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_TERM)
def take_back(term_id, student_id):
    term = get_or_404(select(Term), term_id)
    student = get_or_404(student_policy.in_charge_of(current_user).where(Student.id == student_id), student_id)
    form = forms.TakeBackForm()

    if form.validate_on_submit():
        try:
            service.take_back_registration(student, term, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已取消%(name)s的注册。", name=student.name))
            return redirect(url_for(".term_class", term_id=term.id, class_id=student.school_class_id))

    return render_template("enrolment/take_back.html", form=form, term=term, student=student), form.status_code
