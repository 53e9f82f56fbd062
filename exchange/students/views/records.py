"""The pages of students: list, finder, record, what needs no decision, whole values on demand, export."""

from io import BytesIO
from operator import attrgetter

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user

from exchange.accounts.roles import Permission, Role
from exchange.audit.events import told
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, today, write_apart
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.masking import mask_name
from exchange.core.navigation import day_of
from exchange.core.pagination import paginate
from exchange.core.storage import store
from exchange.partners.queries import counties_to_offer, regions_of
from exchange.programmes.queries import classes, find_class
from exchange.reference.areas import area_name, counties_within
from exchange.students import history, policy, queries, service
from exchange.students.authority import is_of_age
from exchange.students.events import StudentEvent
from exchange.students.forms import DetailsForm, ExportForm, RevealForm
from exchange.students.models import ConsentKind, ContactKind, StudentStatus
from exchange.students.outline import outline_of
from exchange.students.values import GROUP_NAMES

bp = Blueprint("students", __name__)
OFFERED_CLASSES = 60
KINDS = {kind.value: kind.label for kind in (*ConsentKind, *ContactKind)}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/students")
@requires(Permission.STUDENT_VIEW)
def index():
    scope = policy.listed_for(current_user)
    asked = {name: request.args.get(name, "").strip() for name in ("q", "status", "county", "sort")}
    as_of = day_of(request.args.get("as_of", ""))
    found = queries.searched(scope, class_name=request.args.get("class", "").strip(), as_of=as_of, **asked)
    page = paginate(found.students, most=queries.FEW if asked["q"] else None, total=found.total)
    return render_template(
        "students/index.html",
        page=page,
        shared=queries.shared_names(page, scope),
        classes=offered_classes(),
        statuses=[(status.value, status.label) for status in StudentStatus],
        counties=[(county.code, county.name) for county in counties_for(current_user)],
        name_of=_name_of(current_user),
        as_of=as_of,
        states=history.states_on(page.items, as_of) if as_of else {},
    )


@bp.get("/finder")
@requires(Permission.STUDENT_VIEW)
def finder():
    found = queries.find_few(policy.listed_for(current_user), request.args.get("q", ""))
    name_of = _name_of(current_user)
    return jsonify(
        [
            {
                "label": name_of(student),
                "detail": " · ".join((student.student_no, student.school_class.name, f"{student.birth_date:%Y-%m}")),
                "url": url_for(".show", student_id=student.id),
            }
            for student in found
        ]
    )


@bp.get("/students/<int:student_id>")
@requires(Permission.STUDENT_VIEW)
def show(student_id):
    student = get_or_404(queries.for_page(policy.listed_for(current_user)), student_id)
    note_look(student.id)
    if policy.sees_outline_only(current_user, student):
        return _outline(student)
    contacts = queries.contacts_of(student)
    return _page(student, _reveal_form(student, contacts), contacts)


@bp.route("/students/<int:student_id>/edit", methods=["GET", "POST"])
@requires(Permission.STUDENT_EDIT)
def edit(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    open_fields = {name: getattr(student, name) for name in service.DETAILS if name not in DetailsForm.SEALED}
    form = DetailsForm(data=open_fields)
    form.hint_at(student)

    if form.validate_on_submit():
        try:
            service.change_details(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", student_id=student.id))

    page = render_template("students/edit.html", student=student, form=form, counties=counties_to_offer())
    return page, form.status_code


@bp.get("/students/<int:student_id>/photo")
@requires(Permission.STUDENT_VIEW, Permission.STUDENT_MINE)
def photo(student_id):
    student = get_or_404(policy.visible_to(current_user), student_id)
    portrait = queries.photo_of(student) or abort(404)
    return send_file(BytesIO(store().get(portrait.key)), mimetype="image/jpeg")


@bp.post("/students/<int:student_id>/reveal")
@requires(Permission.STUDENT_REVEAL)
def reveal(student_id):
    student = get_or_404(queries.for_page(policy.visible_to(current_user)), student_id)
    authorize(policy.may_see_identity(current_user))
    contacts = queries.contacts_of(student)
    form = _reveal_form(student, contacts)

    if form.validate_on_submit():
        try:
            value = service.reveal(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            label = queries.revealable(student, contacts)[form.field.data].label
            return _page(student, _reveal_form(student, contacts, fresh=True), contacts, revealed=(label, value))

    return _page(student, form, contacts), form.status_code


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

    return render_template("students/export.html", form=form, classes=offered_classes()), form.status_code


def note_look(student_id):
    """Count that somebody of the school opens the record; the family can read how often, by role."""
    if policy.is_staff(current_user):
        user_id = current_user.id
        write_apart(lambda: service.note_look(student_id, user_id))


def offered_classes():
    """A few to offer while typing: a school may have a thousand."""
    return [school_class.name for school_class in db.session.scalars(classes().limit(OFFERED_CLASSES))]


def counties_for(user):
    """The counties among which somebody of a bureau chooses; with one there is nothing to choose."""
    regions = regions_of(user) if user.has(Role.PARTNER) else []
    counties = [county for region in regions for county in counties_within(region)]
    return counties if len(counties) > 1 else []


def _name_of(user):
    """How students are called before this user."""
    return attrgetter("name") if policy.may_see_names(user) else lambda student: mask_name(student.name)


def _outline(student):
    page = render_template(
        "students/outline.html",
        student=student,
        name=_name_of(current_user)(student),
        outline=outline_of(student),
        county=_county_of(student),
    )
    return _private(page)


def _private(page):
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _county_of(student):
    return area_name(student.county_of_origin) if student.county_of_origin else ""


def _page(student, form, contacts, revealed=None):
    page = render_template(
        "students/show.html",
        student=student,
        form=form,
        revealed=revealed,
        coming=history.coming_periods(student),
        sees_poverty=policy.may_see_poverty(current_user),
        keeps_contacts=policy.may_keep_contacts(current_user, student),
        keeps_consents=policy.may_keep_consents(current_user, student),
        reads_consents=policy.may_read_consents(current_user, student),
        ethnicity=GROUP_NAMES.get(student.ethnicity, ""),
        county=_county_of(student),
        bonds=sorted(student.guardianships, key=lambda bond: (bond.until is not None, bond.call_order, bond.id)),
        siblings=queries.siblings_of(student, policy.visible_to(current_user)),
        contacts=contacts,
        consents=queries.states_of(student) if policy.may_read_consents(current_user, student) else [],
        photo=queries.photo_of(student),
        is_of_age=is_of_age(student.birth_date, on=today()),
        events=_told(timeline(student, without=(StudentEvent.OPENED,))),
    )
    return _private(page)


def _told(events):
    """With what a line is about: as its feature tells it, else guardian, contact or consent; codes are not shown."""
    for event in events:
        changes = event.changes or {}
        event.details = told(event.action, changes, reader=current_user) or _about(changes)
    return events


def _about(changes):
    about = [changes[name] for name in ("guardian", "name") if isinstance(changes.get(name), str)]
    kind = KINDS.get(str(changes.get("kind")))
    return " ".join(map(str, [kind, *about] if kind else about))


def _reveal_form(student, contacts, *, fresh=False):
    """None for people who may not look."""
    if not policy.may_see_identity(current_user):
        return None
    return RevealForm(fields=queries.revealable(student, contacts), **({"formdata": None} if fresh else {}))
