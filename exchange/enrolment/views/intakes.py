"""The pages of intakes: all of them, one with its board and applicants, admission of many, letters."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.enrolment import forms, policy, queries, service
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.views.answers import show_outcome
from exchange.enrolment.views.blueprint import bp, intake_or_404
from exchange.enrolment.workflow import TAKING_A_PLACE
from exchange.partners.queries import projects
from exchange.reference.areas import bare_name

MOST_LETTERS = 300
OFFERED_PROJECTS = 60


@bp.get("")
@requires(Permission.ENROLMENT_VIEW)
def index():
    asked = as_of()
    day = asked.day if asked.is_past else None
    return render_template("enrolment/index.html", intakes=queries.intakes(current_user, day=day), as_of=asked)


@bp.route("/intakes/new", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_APPLY)
def open_intake():
    """A year begins with its first applicant: this page only leads there."""
    offered = [
        project
        for project in db.session.scalars(projects().limit(OFFERED_PROJECTS))
        if policy.counties_to_enter(current_user, project)
    ]
    form = forms.IntakeForm(projects=offered, data={"year": today().year})

    if form.validate_on_submit():
        return redirect(url_for(".create", project_id=form.project_id.data, year=form.year.data))

    return render_template("enrolment/open_intake.html", form=form), form.status_code


@bp.get("/intakes/<int:project_id>/<int:year>")
@requires(Permission.ENROLMENT_VIEW)
def intake(project_id, year):
    project = intake_or_404(project_id, year)
    own_counties = policy.counties_to_enter(current_user, project)
    asked = as_of()
    day = asked.day if asked.is_past else None
    rows = queries.listed(
        policy.visible_to(current_user),
        project=project,
        year=year,
        q=request.args.get("q", ""),
        status=request.args.get("status", ""),
        county=request.args.get("county", ""),
        sort=request.args.get("sort", ""),
        day=day,
    )
    seats = _seats(project, year, own_counties, day)
    applicants = paginate(rows)
    return render_template(
        "enrolment/intake.html",
        project=project,
        year=year,
        seats=seats,
        applicants=applicants,
        as_of=asked,
        states=queries.statuses_on(applicants.items, day) if day else {},
        statuses=[(status.value, status.label) for status in ApplicantStatus],
        counties=[(seat.county, seat.name) for seat in seats],
        county_name=bare_name,
        may_enter=bool(own_counties),
        may_plan=current_user.may(Permission.ENROLMENT_MANAGE),
        groups=queries.groups_of(project, year) if policy.sees_all(current_user) else [],
    )


def _seats(project, year, own_counties, day):
    """The whole board for the school, the own counties for a bureau; a homeroom teacher has none."""
    seats = queries.seats_of(project, year, day=day)
    if policy.sees_all(current_user):
        return list(seats.values())
    return [seats[county.code] for county in own_counties]


@bp.post("/intakes/<int:project_id>/<int:year>/admissions")
@requires(Permission.ENROLMENT_ADMIT)
def admit(project_id, year):
    project = intake_or_404(project_id, year)
    form = forms.AdmissionForm()
    back = redirect(url_for(".intake", project_id=project.id, year=year))
    if not form.validate_on_submit():
        flash(_("页面打开太久了。再点一次。"), "error")
        return back

    chosen = set(request.form.getlist("applicant", type=int))
    rows = queries.listed(policy.visible_to(current_user), project=project, year=year)
    undecided = rows.where(Applicant.status == ApplicantStatus.APPLIED)
    applicants = [each for each in db.session.scalars(undecided) if each.id in chosen]
    if not applicants:
        flash(_("没有勾选还没有决定的报名者。"), "warning")
    outcome = service.change_all(applicants, "admit", by=current_user, reason=form.reason.data)
    show_outcome(outcome, _("已录取 %(count)s 人。", count=len(outcome.done)))
    return back


@bp.get("/intakes/<int:project_id>/<int:year>/letters")
@requires(Permission.ENROLMENT_ADMIT, Permission.ENROLMENT_MANAGE)
def letters(project_id, year):
    project = intake_or_404(project_id, year)
    rows = queries.listed(
        policy.visible_to(current_user), project=project, year=year, county=request.args.get("county", "")
    )
    rows = rows.where(queries.is_taken())
    return _letters(list(db.session.scalars(rows.limit(MOST_LETTERS))), project, year)


@bp.get("/applicants/<int:applicant_id>/letter")
@requires(Permission.ENROLMENT_ADMIT, Permission.ENROLMENT_MANAGE)
def letter(applicant_id):
    applicant = get_or_404(policy.visible_to(current_user), applicant_id)
    taken = [applicant] if applicant.status in TAKING_A_PLACE else []
    return _letters(taken, applicant.project, applicant.intake_year)


def _letters(applicants, project, year):
    return render_template(
        "enrolment/letters.html", applicants=applicants, project=project, year=year, county_name=bare_name
    )
