"""Hardship: who has which as of a day, where the roster differs, and one student's page."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.aid import forms, policy, service
from exchange.aid.queries import awards, claims
from exchange.aid.queries import poverty as queries
from exchange.aid.views import bp
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.students import policy as student_policy
from exchange.students.queries import for_page


@bp.get("/aid/poverty")
@requires(Permission.AID_VIEW)
def poverty():
    day = _day(request.args.get("on", ""))
    students = paginate(
        queries.listed_on(
            day,
            q=request.args.get("q", ""),
            class_name=request.args.get("class", "").strip(),
            sort=request.args.get("sort", ""),
        )
    )
    recorded = queries.statuses_on(day, [student.id for student in students])
    return render_template("aid/poverty.html", students=students, recorded=recorded, day=day)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()


@bp.get("/aid/roster-differences")
@requires(Permission.AID_VIEW)
def roster_differences():
    found = queries.disagreements(today())
    return render_template("aid/roster_differences.html", found=found)


@bp.post("/students/<int:student_id>/aid/take-over")
@requires(Permission.AID_MANAGE)
def take_over(student_id):
    student = get_or_404(student_policy.visible_to(current_user), student_id)
    form = forms.TakeOverForm()
    if form.validate_on_submit():
        service.take_over(student, category=form.category.data, on=today(), by=current_user)
        flash(_("已按名册登记%(name)s。", name=student.name))
    else:
        flash(_("没有登记：请再点一次。"), "error")
    return redirect(url_for(".roster_differences"))


@bp.get("/students/<int:student_id>/aid")
@requires(Permission.AID_VIEW)
def of_student(student_id):
    student = get_or_404(for_page(student_policy.visible_to(current_user)), student_id)
    given = awards.awards_of(student)
    return render_template(
        "aid/of_student.html",
        student=student,
        statuses=queries.statuses_of(student),
        awards=given,
        findings={found.award.id: found.findings for found in claims.check(given)},
        card=awards.card_of(student),
        day=today(),
    )


@bp.route("/students/<int:student_id>/aid/statuses/new", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def record_status(student_id):
    student = get_or_404(student_policy.visible_to(current_user), student_id)
    form = forms.StatusForm()

    if form.validate_on_submit():
        try:
            status = service.record_status(student, file=form.upload, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记。"))
            return redirect(url_for(".status", poverty_status_id=status.id))

    return render_template("aid/status_form.html", form=form, student=student), form.status_code


@bp.get("/aid/statuses/<int:poverty_status_id>")
@requires(Permission.AID_VIEW)
def status(poverty_status_id):
    record = get_or_404(policy.statuses_visible_to(current_user), poverty_status_id)
    return _page(record, end=forms.EndForm(formdata=None), note=forms.NoteForm(formdata=None))


@bp.post("/aid/statuses/<int:poverty_status_id>/end")
@requires(Permission.AID_MANAGE)
def end_status(poverty_status_id):
    record = get_or_404(policy.statuses_visible_to(current_user), poverty_status_id)
    form = forms.EndForm()
    return _done(record, form, lambda: service.end_status(record, until=form.until.data, by=current_user), "end")


@bp.post("/aid/statuses/<int:poverty_status_id>/void")
@requires(Permission.AID_MANAGE)
def void_status(poverty_status_id):
    record = get_or_404(policy.statuses_visible_to(current_user), poverty_status_id)
    form = forms.NoteForm()
    return _done(record, form, lambda: service.void_status(record, note=form.reason.data, by=current_user), "note")


def _done(record, form, act, name):
    """Do it and show the record; a form that is refused comes back with what was typed."""
    if form.validate_on_submit():
        try:
            act()
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".status", poverty_status_id=record.id))
    shown = {"end": forms.EndForm(formdata=None), "note": forms.NoteForm(formdata=None), name: form}
    return _page(record, **shown), form.status_code


def _page(record, *, end, note):
    return render_template(
        "aid/status.html",
        status=record,
        end=end,
        note=note,
        files=attachments_of(record),
        events=timeline(record),
    )
