"""Who travels together: planning a group, and the list with which the escort hands it over."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.enrolment import forms, policy, queries, service
from exchange.enrolment.models import ApplicantStatus, ArrivalGroup
from exchange.enrolment.views.blueprint import bp, intake_or_404
from exchange.reference.areas import bare_name
from exchange.students.values import GROUP_NAMES


@bp.route("/intakes/<int:project_id>/<int:year>/groups/new", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_MANAGE)
def plan_group(project_id, year):
    project = intake_or_404(project_id, year)
    candidates = queries.without_group(policy.visible_to(current_user), project, year)
    form = forms.GroupForm(
        candidates=candidates, county_name=bare_name, data={"members": [each.id for each in candidates]}
    )
    if form.validate_on_submit():
        try:
            group = service.plan_group(project=project, year=year, by=current_user, **_values(form, candidates))
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排。"))
            return redirect(url_for(".group", group_id=group.id))

    page = render_template("enrolment/group_form.html", form=form, project=project, year=year, group=None)
    return page, form.status_code


@bp.get("/groups/<int:group_id>")
@requires(Permission.ENROLMENT_RECEIVE)
def group(group_id):
    group = get_or_404(select(ArrivalGroup), group_id)
    return render_template(
        "enrolment/group.html",
        group=group,
        members=queries.group_members(group, policy.visible_to(current_user)),
        county_name=bare_name,
        ethnic_groups=GROUP_NAMES,
        events=timeline(group),
    )


@bp.route("/groups/<int:group_id>/edit", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_MANAGE)
def edit_group(group_id):
    group = get_or_404(select(ArrivalGroup), group_id)
    scope = policy.visible_to(current_user)
    candidates = queries.without_group(scope, group.project, group.intake_year, beside=group)
    members = [each.id for each in queries.group_members(group, scope) if each.status is ApplicantStatus.ADMITTED]
    form = forms.GroupForm(obj=group, candidates=candidates, county_name=bare_name, data={"members": members})

    if form.validate_on_submit():
        try:
            service.change_group(group, by=current_user, **_values(form, candidates))
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".group", group_id=group.id))

    page = render_template(
        "enrolment/group_form.html", form=form, project=group.project, year=group.intake_year, group=group
    )
    return page, form.status_code


def _values(form, candidates):
    values = form.values
    chosen = set(values.pop("members"))
    values["escort_phone"] = values["escort_phone"] or None
    return {**values, "members": [each for each in candidates if each.id in chosen]}
