"""Choices: handing them in on the phone or from paper, and who has not."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.selection import policy, queries, service
from exchange.selection.eligibility import obstacles
from exchange.selection.forms.applications import ApplicationForm
from exchange.selection.queries.pipeline import progress_of
from exchange.selection.views.blueprint import bp
from exchange.students.models import Student


@bp.get("/selection/batches/<int:internship_batch_id>/applications")
@requires(Permission.SELECTION_VIEW)
def applications(internship_batch_id):
    batch = get_or_404(policy.batches_visible_to(current_user), internship_batch_id)
    scope = policy.students_visible_to(current_user)
    chosen = request.args.get("class", type=int)
    if chosen:
        scope = scope.where(Student.school_class_id == chosen)
    missing, standing = queries.students_without_application(batch, scope), queries.standing_of(batch)
    visible = set(db.session.scalars(scope.with_only_columns(Student.id)))
    shown = [each for each in standing.applications if each.student_id in visible]
    with_sensitive = policy.sees_sensitive(current_user)
    return render_template(
        "selection/applications.html",
        batch=batch,
        classes=queries.classes_of(batch),
        applications=shown,
        missing=missing,
        openings={each.id: each for each in queries.openings_of(batch)},
        progress={each.student_id: progress_of(each, standing, with_sensitive=with_sensitive) for each in shown},
        is_open=batch.takes_applications(today()),
        sees_pipeline=policy.sees_pipeline(current_user),
    )


@bp.route("/selection/batches/<int:internship_batch_id>/students/<int:student_id>/application", methods=["GET", "POST"])
@requires(Permission.SELECTION_APPLY)
def apply(internship_batch_id, student_id):
    batch = get_or_404(policy.batches_applied_for_by(current_user), internship_batch_id)
    student = get_or_404(_with_class(policy.students_applied_for_by(current_user)), student_id)
    application, openings = queries.application_of(batch, student), queries.openings_of(batch)
    blocked = obstacles(batch, [(student, opening) for opening in openings])
    classmates = queries.classmates_of(student)
    form = ApplicationForm(
        openings=[each for each in openings if (student.id, each.id) not in blocked],
        classmates=classmates,
        most=batch.most_choices,
        data=_filled(application),
    )

    if form.validate_on_submit():
        try:
            _hand_in(form, batch, student, application, classmates)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("志愿收到了。截止以前还可以改。") if form.opening_ids else _("志愿已收回。截止以前还可以再交。"))
            return redirect(_after(batch))

    page = render_template(
        "selection/apply.html",
        form=form,
        batch=batch,
        student=student,
        application=application,
        openings=openings,
        blocked={opening_id: each for (_student, opening_id), each in blocked.items()},
        is_own=student.user_id == current_user.id,
        is_open=batch.takes_applications(today()),
        back=_after(batch),
        events=timeline(application) if application else [],
    )
    return page, form.status_code


def _hand_in(form, batch, student, application, classmates):
    if application and not form.opening_ids:
        service.withdraw(application, by=current_user)
        return
    companion = next((each for each in classmates if each.id == form.companion_id.data), None)
    service.apply(
        batch,
        student,
        opening_ids=form.opening_ids,
        companion=companion,
        wishes=form.wishes.data or "",
        by=current_user,
    )


def _filled(application):
    if application is None:
        return None
    return {
        "choices": application.opening_ids,
        "companion_id": application.companion_id or 0,
        "wishes": application.wishes,
    }


def _with_class(scope):
    return scope.options(joinedload(Student.school_class).joinedload(SchoolClass.programme))


def _after(batch):
    """The family goes back to its page, who enters paper to the list."""
    if current_user.may(Permission.SELECTION_VIEW):
        return url_for(".applications", internship_batch_id=batch.id)
    return url_for(".mine")
