"""The pages of classes."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.partners.queries import projects
from exchange.programmes import forms, policy, queries, roll, service
from exchange.programmes.views.blueprint import bp

OFFERED = 200


@bp.get("/classes")
@requires(Permission.PROGRAMME_VIEW)
def classes():
    found = queries.listed_classes(
        q=request.args.get("q", ""),
        intake_year=request.args.get("year", type=int),
        programme_id=request.args.get("programme", type=int),
    )
    page, asked = paginate(found), as_of()
    return render_template(
        "programmes/classes.html",
        page=page,
        as_of=asked,
        rolls=roll.rolls_of([school_class.id for school_class in page.items], asked.day),
        teachers=queries.homeroom_teachers_on(page.items, asked.day),
        years=[(year, year) for year in queries.intake_years()],
    )


@bp.route("/classes/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def create_class():
    offered, agreed = _choices()
    if not offered:
        flash(_("先建立专业，再建班级。"), "warning")
        return redirect(url_for(".create_programme"))
    teachers = {teacher.id: teacher for teacher in users_with(Role.HOMEROOM_TEACHER)}
    first = offered.get(request.args.get("programme", type=int)) or next(iter(offered.values()))
    form = forms.NewClassForm(
        programmes=list(offered.values()),
        projects=agreed.values(),
        teachers=teachers.values(),
        data={
            "programme_id": first.id,
            "number": queries.next_class_number(first.intake_year),
            "homeroom_from": today(),
        },
    )

    if form.validate_on_submit():
        try:
            school_class = service.create_class(
                name=form.name.data,
                programme=offered[form.programme_id.data],
                number=form.number.data,
                project=agreed.get(form.project_id.data),
                homeroom_teacher=teachers.get(form.homeroom_teacher_id.data),
                homeroom_from=form.homeroom_from.data,
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("班级已建立。"))
            return redirect(url_for(".show_class", class_id=school_class.id))

    return render_template("programmes/class_form.html", form=form, school_class=None), form.status_code


@bp.get("/classes/<int:class_id>")
@requires(Permission.PROGRAMME_VIEW)
def show_class(class_id):
    school_class, asked = get_or_404(queries.listed_classes(), class_id), as_of()
    return render_template(
        "programmes/class.html",
        school_class=school_class,
        as_of=asked,
        teacher=queries.homeroom_teachers_on([school_class], asked.day)[class_id],
        looks_after=policy.looks_after(current_user, school_class),
        homerooms=queries.homerooms_of(school_class)[::-1],
        numbers=roll.rolls_of([class_id], asked.day)[class_id],
        term=queries.current_term(),
        events=timeline(school_class),
    )


@bp.route("/classes/<int:class_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def edit_class(class_id):
    school_class = get_or_404(queries.listed_classes(), class_id)
    is_in_use = queries.is_in_use(school_class)
    offered, agreed = _choices()
    form = forms.ClassForm(obj=school_class, programmes=list(offered.values()), projects=agreed.values())
    if is_in_use:
        del form.programme_id, form.number

    if form.validate_on_submit():
        try:
            service.change_class(
                school_class,
                name=form.name.data,
                project=agreed.get(form.project_id.data),
                programme=None if is_in_use else offered[form.programme_id.data],
                number=None if is_in_use else form.number.data,
                reason=form.reason.data,
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show_class", class_id=class_id))

    return render_template("programmes/class_form.html", form=form, school_class=school_class), form.status_code


def _choices():
    """The programmes and the projects to choose from, by id."""
    found = (queries.programmes(), projects())
    return [{record.id: record for record in db.session.scalars(each.limit(OFFERED))} for each in found]
