"""Home visits: planning, printing, writing down with and without network."""

from uuid import uuid4

from flask import abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.attachments.service import LARGEST, attach
from exchange.core.access import requires
from exchange.core.database import get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm, sent_json
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.press import qr
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students import history
from exchange.students.models import Student
from exchange.welfare import policy, service
from exchange.welfare.forms import visits as forms
from exchange.welfare.models import VisitReport, VisitSheet
from exchange.welfare.queries import visits as queries
from exchange.welfare.views.blueprint import bp
from exchange.welfare.views.choosing import on_roll_in, ticked_of

MOST_TAKEN_ALONG = 200


@bp.get("/welfare/visits")
@requires(Permission.WELFARE_VIEW)
def visits():
    sheets, asked = policy.sheets_of(current_user), as_of()
    rows = queries.listed(
        sheets,
        occasion=request.args.get("occasion", ""),
        state=request.args.get("state", ""),
        day=asked.day if asked.is_past else None,
    )
    page = paginate(rows)
    return render_template(
        "welfare/visits.html",
        page=page,
        as_of=asked,
        classes=history.classes_on([sheet.student for sheet in page.items], asked.day) if asked.is_past else {},
        occasions=[(each, each) for each in queries.occasions(sheets)],
        may_record=current_user.may(Permission.WELFARE_RECORD) and not asked.is_past,
    )


@bp.route("/welfare/visits/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def plan_visits(class_id):
    school_class = get_or_404(policy.classes_of(current_user), class_id)
    students = on_roll_in(class_id)
    form = forms.PlanForm()

    if form.validate_on_submit():
        try:
            sheets = service.plan_visits(ticked_of(students), occasion=form.occasion.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排 %(count)s 家。现在可以打印，或在手机上打开“离线填写”。", count=len(sheets)))
            return redirect(url_for(".visits", occasion=form.occasion.data))

    page = render_template("welfare/plan_visits.html", form=form, school_class=school_class, students=students)
    return page, form.status_code


@bp.get("/welfare/visits/<int:visit_id>")
@requires(Permission.WELFARE_VIEW)
def show_visit(visit_id):
    people = joinedload(VisitSheet.student).joinedload(Student.school_class)
    reports = selectinload(VisitSheet.reports).joinedload(VisitReport.written_by)
    sheet = get_or_404(policy.sheets_of(current_user).options(people, reports), visit_id)
    return render_template(
        "welfare/visit.html",
        sheet=sheet,
        photos={report.id: attachments_of(report) for report in sheet.reports},
    )


@bp.route("/welfare/visits/<int:visit_id>/fill", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def fill_visit(visit_id):
    sheet = get_or_404(policy.sheets_recordable_by(current_user), visit_id)
    form = forms.ReportForm(data={"visitors": current_user.name})

    if form.validate_on_submit():
        try:
            _fill(sheet, form)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("家访表已填好。"))
            return redirect(url_for(".show_visit", visit_id=sheet.id))

    return render_template("welfare/fill_visit.html", form=form, sheet=sheet), form.status_code


def _fill(sheet, form):
    values = form.values
    photos = values.pop("photos") or []
    write = service.supplement_sheet if sheet.reports else service.fill_sheet
    report = write(sheet, key=str(uuid4()), by=current_user, **values)
    for photo in photos:
        attach(report, filename=photo.filename, content=photo.read(), by=current_user)


@bp.post("/welfare/visits/print")
@requires(Permission.WELFARE_RECORD)
def print_visits():
    ids = request.form.getlist("ids", type=int)
    if not ids or not ActionForm().validate_on_submit():
        flash(_("先勾选要打印的家访表。"), "warning")
        return redirect(url_for(".visits"))
    sheets = service.print_sheets(ids, by=current_user)
    return render_template("welfare/visit_sheets.html", sheets=sheets, code=_code, group=find_ethnic_group)


def _code(sheet):
    """Side and path of the code that leads a clerk back to the sheet."""
    return qr.path(current_app.config["PUBLIC_URL"].rstrip("/") + url_for(".show_visit", visit_id=sheet.id))


@bp.get("/welfare/visits/offline")
@requires(Permission.WELFARE_RECORD)
def offline_visits():
    return render_template(
        "welfare/offline_visits.html",
        sheets=queries.open_sheets(policy.sheets_recordable_by(current_user), most=MOST_TAKEN_ALONG),
        form=forms.SentReportForm(formdata=None, data={"visitors": current_user.name}),
        seen_at=now(),
    )


@bp.put("/welfare/visits/<int:visit_id>/reports/<uuid:key>")
@requires(Permission.WELFARE_RECORD)
def send_report(visit_id, key):
    """What a phone has kept. Sent twice it is taken once; the answer says what became of it."""
    sheet = get_or_404(policy.sheets_recordable_by(current_user), visit_id)
    document = sent_json()
    if not _is_report(document):
        abort(400)
    form = forms.SentReportForm(formdata=MultiDict(document))
    if not form.validate():
        problems = [f"{form[name].label.text}：{errors[0]}" for name, errors in form.errors.items() if name]
        return jsonify(state="refused", message=" ".join(problems)), 422
    values = form.values
    write = service.supplement_sheet if values.pop("is_supplement") else service.fill_sheet
    try:
        report = write(sheet, key=str(key), by=current_user, **values)
    except service.AlreadyFilled as error:
        return jsonify(state="conflict", message=str(error), url=url_for(".show_visit", visit_id=sheet.id)), 409
    except DomainError as error:
        return jsonify(state="refused", message=str(error)), 422
    return jsonify(state="sent", report=report.id, url=url_for(".show_visit", visit_id=sheet.id))


def _is_report(document):
    """Whether a form could have sent it: names with texts that can be stored, and the box that is ticked or not."""
    if not isinstance(document, dict):
        return False
    texts = [value for value in document.values() if not isinstance(value, bool)]
    return all(isinstance(text, str) and text == text.encode(errors="replace").decode() for text in texts)


@bp.put("/welfare/visits/reports/<int:report_id>/photos/<uuid:key>")
@requires(Permission.WELFARE_RECORD)
def send_photo(report_id, key):
    """One photo as the body of the request; sent twice it is kept once."""
    report = get_or_404(policy.reports_of(current_user), report_id)
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge
    try:
        service.add_photo(report, key=str(key), content=request.get_data(), by=current_user)
    except DomainError as error:
        return jsonify(state="refused", message=str(error)), 422
    return jsonify(state="sent")
