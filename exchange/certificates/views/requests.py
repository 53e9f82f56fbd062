"""Asking for papers: of whom, what stands in the way, and the request that somebody else approves."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.certificates import queries, service
from exchange.certificates.forms import CLASS, COUNTY, RequestForm, settings_form
from exchange.certificates.kinds import kind_named, read_settings
from exchange.certificates.models import CertificateKind
from exchange.certificates.preflight import preflight as check_batch
from exchange.certificates.views.blueprint import KIND_CHOICES, bp
from exchange.core.access import requires
from exchange.core.database import today, unlocked
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import current_term
from exchange.reference.areas import area_name
from exchange.students.models import Student


class Whom(NamedTuple):
    """For whom papers are asked: a class, everybody from a county, or one student."""

    label: str
    school_class: SchoolClass | None = None
    county: str = ""
    student: Student | None = None

    def people(self) -> list[Student]:
        """In the order in which the papers are printed."""
        if self.student:
            return [self.student]
        if self.school_class:
            return queries.students_of_class(self.school_class)
        return queries.students_of_county(self.county)


@bp.route("/certificates/new", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_PREPARE)
def create():
    form = RequestForm(kinds=KIND_CHOICES, counties=queries.counties(), data=_asked_for())
    if form.validate_on_submit():
        try:
            _whom(form.chosen)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return redirect(url_for(".preflight", **form.chosen))

    return render_template("certificates/create.html", form=form, classes=queries.class_names()), form.status_code


def _asked_for() -> dict[str, str]:
    """What a link to the form has chosen already."""
    names = ("kind", "school_class", "county")
    asked = {name: request.args[name] for name in names if request.args.get(name)}
    return asked | {"of": COUNTY if asked.get("county") else CLASS}


@bp.get("/certificates/counties")
@requires(Permission.CERTIFICATE_PREPARE, Permission.AID_VIEW)
def counties():
    """Who needs a letter for the claim at home, county by county."""
    term = current_term()
    since = term.starts_on if term else today().replace(month=1, day=1)
    return render_template(
        "certificates/counties.html",
        lines=queries.letters_by_county(since),
        term=term,
        kind=CertificateKind.ENROLMENT_LETTER,
    )


@bp.route("/certificates/preflight", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_PREPARE)
def preflight():
    """Everybody checked, nothing spent; sent, it becomes a request that somebody else approves."""
    kind = kind_named(request.args.get("kind", ""))
    whom = _whom(request.args)
    form = settings_form(kind, county=whom.county)(request.values if request.method == "POST" else None)
    is_sound = request.method != "POST" or form.validate()
    settings, checked = _checked(kind, whom.people, form) if is_sound else ({}, None)

    if checked and request.method == "POST" and "request" in request.form:
        batch = service.request_batch(
            kind=kind,
            students=checked.ready,
            settings=settings,
            school_class=whom.school_class,
            county=whom.county,
            request_key=request.form.get("request") or None,
            blocked=len(checked.blocked),
            by=current_user,
        )
        flash(_("已提交，等另一位同事批准。"))
        return redirect(url_for(".batch", batch_id=batch.id))

    page = render_template(
        "certificates/preflight.html",
        kind=kind,
        whom=whom,
        form=form,
        checked=checked,
        request_key=service.new_request_key(),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _whom(asked) -> Whom:
    """The class, the county or the student that is asked for. Raises ``UsageProblem``."""
    if student_no := asked.get("student", ""):
        (student,) = queries.students_numbered([student_no])
        return Whom(f"{student.name} · {student.school_class.name}", student=student)
    if county := asked.get("county", ""):
        county = queries.county_named(county)
        return Whom(area_name(county), county=county)
    school_class = queries.class_named(asked.get("school_class", ""))
    return Whom(school_class.name, school_class)


def _checked(kind, people, form):
    """The settings and what the press says of everybody with them; None where the form has to be mended first."""
    try:
        settings = _settings(kind, form)
        with unlocked():  # trial papers take their time, and nothing is written yet
            return settings, check_batch(kind, people(), settings, officer=current_user)
    except DomainError as error:
        if request.method == "POST":
            form.form_errors.append(str(error))
        return {}, None


def _settings(kind, form) -> dict[str, str]:
    given = [(setting.name, getattr(form, setting.name).data or "") for setting in kind.settings]
    return read_settings(kind, [(name, value) for name, value in given if value])
