"""Assessing conduct class by class, and reading it student by student."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.conduct import policy, queries, service
from exchange.conduct.forms import class_form
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes.models import Term
from exchange.programmes.queries import current_term
from exchange.programmes.queries import terms as all_terms

bp = Blueprint("conduct", __name__)
OFFERED_TERMS = 12


@bp.get("/conduct")
@requires(Permission.CONDUCT_VIEW)
def index():
    offered = all_terms()[:OFFERED_TERMS]
    asked = request.args.get("term", type=int)
    term = next((each for each in offered if each.id == asked), None) or current_term()
    counts = term and paginate(queries.class_counts(policy.classes_of(current_user), term), scalars=False)
    return render_template(
        "conduct/index.html", term=term, terms=[(each.id, each.label) for each in offered], counts=counts
    )


@bp.route("/conduct/terms/<int:term_id>/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.CONDUCT_VIEW)
def show_class(term_id, class_id):
    term, school_class = get_or_404(select(Term), term_id), get_or_404(policy.classes_of(current_user), class_id)
    members, stored = queries.members(school_class, term), queries.assessments_of(school_class, term)
    may_assess = current_user.may(Permission.CONDUCT_RECORD)
    form = class_form(members if may_assess else [], stored)

    status = form.status_code

    if request.method == "POST":
        get_or_404(policy.assessable_by(current_user), class_id)
        if form.validate_on_submit():
            outcome = service.assess(school_class, term, form.entries(), by=current_user)
            if not outcome.refused:
                flash(_("已保存 %(count)s 人的评定。", count=outcome.written))
                return redirect(url_for(".show_class", term_id=term.id, class_id=school_class.id))
            stored = queries.assessments_of(school_class, term)
            form.go_on(outcome, stored)
            status = 200  # the good rows are kept, the page shows the others as they were typed

    page = render_template(
        "conduct/class.html",
        form=form,
        term=term,
        school_class=school_class,
        members=members,
        stored=stored,
        may_assess=may_assess,
        missing=sum(student.id not in stored for student in members),
        unreleased=sum(each.released_at is None for each in stored.values()),
    )
    return page, status


@bp.post("/conduct/terms/<int:term_id>/classes/<int:class_id>/release")
@requires(Permission.CONDUCT_RECORD)
def release(term_id, class_id):
    term, school_class = get_or_404(select(Term), term_id), get_or_404(policy.assessable_by(current_user), class_id)
    if not ActionForm().validate_on_submit():
        abort(400)
    try:
        count = service.release(school_class, term, by=current_user)
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("已公布 %(count)s 人的评定，学生和监护人现在能看到。", count=count))
    return redirect(url_for(".show_class", term_id=term.id, class_id=school_class.id))


@bp.get("/students/<int:student_id>/conduct")
@requires(Permission.CONDUCT_READ)
def of_student(student_id):
    student = get_or_404(policy.readable_of(current_user), student_id)
    as_family = policy.reads_as_family(current_user)
    return render_template(
        "conduct/of_student.html",
        student=student,
        assessments=queries.history_of(student, only_released=as_family),
        as_family=as_family,
    )
