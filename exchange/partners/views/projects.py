"""The pages of cooperation projects: what is agreed, and how many students of each county a year."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.partners import forms, queries, service
from exchange.partners.models import CooperationProject
from exchange.partners.views.blueprint import bp
from exchange.reference.areas import area_name
from exchange.reference.names import named_areas

AHEAD = 2
MOST_YEARS = 8


@bp.get("/projects")
@requires(Permission.PARTNER_VIEW, Permission.PARTNER_PROJECTS)
def projects():
    return render_template("partners/projects.html", projects=paginate(queries.projects()), named_areas=named_areas)


@bp.route("/projects/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_PROJECTS)
def create_project():
    form = forms.ProjectForm()

    if form.validate_on_submit():
        try:
            project = service.create_project(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已建立。现在设定各县的招生名额。"))
            return redirect(url_for(".quotas", project_id=project.id))

    return render_template("partners/project_form.html", form=form, project=None), form.status_code


@bp.get("/projects/<int:project_id>")
@requires(Permission.PARTNER_VIEW, Permission.PARTNER_PROJECTS)
def project(project_id):
    project = get_or_404(select(CooperationProject), project_id)
    quotas = queries.quotas_of(project)
    return render_template(
        "partners/project.html",
        project=project,
        named_areas=named_areas,
        years=sorted({quota.year for quota in quotas}),
        rows=_rows(project, quotas),
        events=timeline(project),
    )


@bp.route("/projects/<int:project_id>/edit", methods=["GET", "POST"])
@requires(Permission.PARTNER_PROJECTS)
def edit_project(project_id):
    project = get_or_404(select(CooperationProject), project_id)
    form = forms.ProjectForm(obj=project)

    if form.validate_on_submit():
        try:
            service.change_project(project, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".project", project_id=project.id))

    return render_template("partners/project_form.html", form=form, project=project), form.status_code


@bp.route("/projects/<int:project_id>/quotas", methods=["GET", "POST"])
@requires(Permission.PARTNER_PROJECTS)
def quotas(project_id):
    project = get_or_404(select(CooperationProject), project_id)
    present = {(quota.year, quota.area): quota.places for quota in queries.quotas_of(project)}
    counties, years = queries.counties_of(project), _years(project, present)
    form = forms.quota_form(years=years, counties=counties, data=present)

    if form.validate_on_submit():
        try:
            service.set_quotas(project, form.places, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("名额已保存。"))
            return redirect(url_for(".project", project_id=project.id))

    page = render_template("partners/quotas.html", form=form, project=project, counties=counties, years=years)
    return page, form.status_code


def _years(project, present):
    """From last year to the end of the project, and former years that have quotas; at most eight."""
    first = max(project.starts_on.year, today().year - 1)
    last = project.ends_on.year if project.ends_on else max(project.starts_on.year, today().year) + AHEAD
    years = sorted({*range(first, last + 1), *(year for year, _area in present)})
    return years[-MOST_YEARS:]


def _rows(project, quotas):
    """County by county, also one that no longer sends but has a quota of former years."""
    places = {(quota.area, quota.year): quota.places for quota in quotas}
    names = {county.code: county.name for county in queries.counties_of(project)}
    names |= {area: area_name(area) for area, _year in places if area not in names}
    return [
        (name, {year: places[area, year] for area_, year in places if area_ == area})
        for area, name in names.items()
        if any(area_ == area for area_, _year in places)
    ]
