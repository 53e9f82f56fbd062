"""The pages of students: list, finder, record, whole values on demand, export."""

from io import BytesIO

from flask import Blueprint, jsonify, make_response, render_template, request, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.navigation import day_of
from exchange.core.pagination import paginate
from exchange.programmes.queries import classes, find_class
from exchange.reference.areas import area_name
from exchange.students import history, policy, queries, service
from exchange.students.forms import ExportForm, RevealForm
from exchange.students.values import GROUP_NAMES

bp = Blueprint("students", __name__)
OFFERED_CLASSES = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/students")
@requires(Permission.STUDENT_VIEW)
def index():
    scope = policy.visible_to(current_user)
    q, class_name = request.args.get("q", ""), request.args.get("class", "").strip()
    as_of = day_of(request.args.get("as_of", ""))
    students = queries.listed(scope, q=q, class_name=class_name, sort=request.args.get("sort", ""), as_of=as_of)
    page = paginate(students, most=queries.FEW) if q.strip() else paginate(students)
    return render_template(
        "students/index.html",
        page=page,
        shared=queries.shared_names(page),
        classes=_offered_classes(),
        as_of=as_of,
        states=history.states_on(page.items, as_of) if as_of else {},
    )


@bp.get("/finder")
@requires(Permission.STUDENT_VIEW)
def finder():
    found = queries.find_few(policy.visible_to(current_user), request.args.get("q", ""))
    return jsonify(
        [
            {
                "label": student.name,
                "detail": " · ".join((student.student_no, student.school_class.name, f"{student.birth_date:%Y-%m}")),
                "url": url_for(".show", student_id=student.id),
            }
            for student in found
        ]
    )


@bp.get("/students/<int:student_id>")
@requires(Permission.STUDENT_VIEW)
def show(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    return _page(student, _reveal_form(student))


@bp.post("/students/<int:student_id>/reveal")
@requires(Permission.STUDENT_REVEAL)
def reveal(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    authorize(policy.may_see_identity(current_user))
    form = _reveal_form(student)

    if form.validate_on_submit():
        try:
            value = service.reveal(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            label = queries.revealable(student)[form.field.data].label
            return _page(student, _reveal_form(student, fresh=True), revealed=(label, value))

    return _page(student, form), form.status_code


@bp.route("/students/export", methods=["GET", "POST"])
@requires(Permission.STUDENT_EXPORT)
def export():
    form = ExportForm(data={"class_name": request.args.get("class", "")})

    if form.validate_on_submit():
        wanted = form.class_name.data.strip()
        school_class = find_class(wanted) if wanted else None
        if wanted and school_class is None:
            form.class_name.errors = [_("没有名为“%(name)s”的班级。", name=wanted)]
        else:
            made = service.export(school_class=school_class, as_of=form.as_of.data, by=current_user)
            name = f"{wanted or _('全部学生')}-{today():%Y%m%d}.xlsx"
            return send_file(BytesIO(made.content), mimetype=XLSX, as_attachment=True, download_name=name)

    return render_template("students/export.html", form=form, classes=_offered_classes()), form.status_code


def _page(student, form, revealed=None):
    page = render_template(
        "students/show.html",
        student=student,
        form=form,
        revealed=revealed,
        sees_poverty=policy.may_see_poverty(current_user),
        ethnicity=GROUP_NAMES.get(student.ethnicity, ""),
        county=area_name(student.county_of_origin) if student.county_of_origin else "",
        events=timeline(student),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _reveal_form(student, *, fresh=False):
    """None for people who may not look."""
    if not policy.may_see_identity(current_user):
        return None
    return RevealForm(fields=queries.revealable(student), **({"formdata": None} if fresh else {}))


def _offered_classes():
    """A few to offer while typing: a school may have a thousand."""
    return [school_class.name for school_class in db.session.scalars(classes().limit(OFFERED_CLASSES))]
