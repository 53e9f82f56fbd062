"""The pages of one version of a programme: its courses, its checks, and the way from draft to in force."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.programmes import forms, policy, queries, service
from exchange.programmes.comparison import compare
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import PlannedCourse, ProgrammeVersion, VersionStatus
from exchange.programmes.rules import State, checks_of, plan_of
from exchange.programmes.views.blueprint import bp

COURSE_EVENTS = (ProgrammeEvent.COURSE_PLANNED, ProgrammeEvent.PLAN_CHANGED, ProgrammeEvent.PLAN_REMOVED)
"""Each course of a draft; the difference before the approval tells them."""


def load_version(version_id):
    """The version with its programme."""
    return get_or_404(policy.versions_visible_to(current_user), version_id)


def version_page(version, *, events):
    """A version with its courses; the page of a programme shows the one that counts."""
    courses = queries.planned_courses(version)
    versions = queries.versions_of(version.programme_id)
    checks = checks_of(plan_of(version, courses)) if courses else []
    return render_template(
        "programmes/show.html",
        version=version,
        programme=version.programme,
        versions=versions,
        has_draft=any(each.status is VersionStatus.DRAFT for each in versions),
        is_draft=version.status is VersionStatus.DRAFT,
        courses=courses,
        unmet=sum(check.state is State.UNMET for check in checks),
        classes=queries.numbers_of_classes([version.programme_id]).get(version.programme_id, 0),
        files=attachments_of(version),
        events=sorted([*events, *timeline(version, without=COURSE_EVENTS)], key=lambda event: event.id, reverse=True),
    )


@bp.get("/versions/<int:version_id>")
@requires(Permission.PROGRAMME_VIEW)
def show_version(version_id):
    return version_page(load_version(version_id), events=[])


@bp.get("/versions/<int:version_id>/checks")
@requires(Permission.PROGRAMME_VIEW)
def checks(version_id):
    version = load_version(version_id)
    courses = queries.planned_courses(version)
    found = checks_of(plan_of(version, courses)) if courses else []
    unmet = sum(check.state is State.UNMET for check in found)
    return render_template(
        "programmes/checks.html", version=version, programme=version.programme, checks=found, unmet=unmet
    )


@bp.post("/<int:programme_id>/versions")
@requires(Permission.PROGRAMME_MANAGE)
def draft(programme_id):
    programme = get_or_404(queries.programmes(), programme_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".show", programme_id=programme_id))
    version = service.draft_version(programme, by=current_user)
    flash(_("草稿已经建好，课程是照现在的版本抄的。改完以后批准施行。"))
    return redirect(url_for(".show_version", version_id=version.id))


@bp.post("/versions/<int:version_id>/discarding")
@requires(Permission.PROGRAMME_MANAGE)
def discard(version_id):
    version = load_version(version_id)
    if ActionForm().validate_on_submit():
        service.discard_version(version, by=current_user)
        flash(_("草稿已放弃。"))
    return redirect(url_for(".show", programme_id=version.programme_id))


@bp.route("/versions/<int:version_id>/approval", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def approve(version_id):
    """What the draft changes, course by course, and the words of its approval."""
    version = load_version(version_id)
    courses, form = queries.planned_courses(version), forms.ApprovalForm()
    found = checks_of(plan_of(version, courses)) if courses else []
    unmet = [check for check in found if check.state is State.UNMET]
    if not unmet:
        del form.reason

    if form.validate_on_submit():
        try:
            service.put_in_force(version, **form.approval, by=current_user)
        except DomainError as error:
            form.form_errors += str(error).splitlines()
        else:
            flash(_("第 %(number)s 版已经施行。", number=version.number))
            return redirect(url_for(".show", programme_id=version.programme_id))

    in_force = queries.version_in_force(version.programme_id)
    page = {"version": version, "programme": version.programme, "form": form, "unmet": unmet, "in_force": in_force}
    before = queries.planned_courses(in_force) if in_force else []
    page |= {"difference": compare(before, courses), "courses": courses}
    return render_template("programmes/approval.html", **page), form.status_code


@bp.route("/versions/<int:version_id>/courses/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def plan_course(version_id):
    version = load_version(version_id)
    form = forms.CourseForm()

    if form.validate_on_submit():
        try:
            service.plan_course(version, **form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("课程已加入草稿。"))
            return redirect(url_for(".show_version", version_id=version_id))

    return _course_page(version, form)


@bp.route("/planned/<int:planned_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def edit_planned(planned_id):
    planned = _load_planned(planned_id)
    form = forms.CourseForm(obj=planned)
    course = queries.courses_by_code(planned.version.programme_id).get(planned.code)
    is_marked = course is not None and bool(queries.courses_in_use([course.id]))
    if course is not None:
        del form.code
    if is_marked:
        del form.hours, form.credits, form.pass_score

    if form.validate_on_submit():
        try:
            service.change_planned(planned, **form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show_version", version_id=planned.version_id))

    return _course_page(planned.version, form, planned=planned, is_marked=is_marked)


@bp.post("/planned/<int:planned_id>/removal")
@requires(Permission.PROGRAMME_MANAGE)
def remove_planned(planned_id):
    planned = _load_planned(planned_id)
    if ActionForm().validate_on_submit():
        service.remove_planned(planned, by=current_user)
        flash(_("%(name)s不在草稿里了。", name=planned.name))
    return redirect(url_for(".show_version", version_id=planned.version_id))


def _load_planned(planned_id):
    loaded = joinedload(PlannedCourse.version).joinedload(ProgrammeVersion.programme)
    return get_or_404(select(PlannedCourse).options(loaded), planned_id)


def _course_page(version, form, *, planned=None, is_marked=False):
    page = {"form": form, "version": version, "programme": version.programme, "planned": planned}
    return render_template("programmes/course_form.html", **page, is_marked=is_marked), form.status_code
