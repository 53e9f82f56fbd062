"""The list of programmes of study, and one programme as it is taught."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes import forms, queries, service
from exchange.programmes.rules import numbers_unmet
from exchange.programmes.views.blueprint import bp
from exchange.programmes.views.versions import version_page


@bp.get("")
@requires(Permission.PROGRAMME_VIEW)
def index():
    page = paginate(queries.programmes(q=request.args.get("q", ""), intake_year=request.args.get("year", type=int)))
    ids = [programme.id for programme in page.items]
    versions = queries.shown_versions(ids)
    courses = queries.courses_by_version([version.id for version in versions.values()])
    shown = [(version, courses[version.id]) for version in versions.values()]
    return render_template(
        "programmes/index.html",
        page=page,
        versions=versions,
        courses={version.programme_id: len(planned) for version, planned in shown},
        unmet=numbers_unmet(shown),
        classes=queries.numbers_of_classes(ids),
        years=[(year, year) for year in queries.intake_years()],
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def create_programme():
    form = forms.ProgrammeForm()

    if form.validate_on_submit():
        try:
            programme = service.create_programme(**form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("专业已建立。现在登记它的课程，登记完了批准施行。"))
            return redirect(url_for(".show", programme_id=programme.id))

    return render_template("programmes/programme_form.html", form=form), form.status_code


@bp.get("/<int:programme_id>")
@requires(Permission.PROGRAMME_VIEW)
def show(programme_id):
    programme = get_or_404(queries.programmes(), programme_id)
    version = queries.shown_versions([programme_id])[programme_id]
    return version_page(version, events=timeline(programme))
