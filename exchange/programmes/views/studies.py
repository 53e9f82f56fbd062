"""The pages of programmes of study and their courses."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes import forms, queries, service
from exchange.programmes.models import Course
from exchange.programmes.views.blueprint import bp


@bp.get("")
@requires(Permission.PROGRAMME_VIEW)
def index():
    page = paginate(queries.programmes(q=request.args.get("q", ""), intake_year=request.args.get("year", type=int)))
    ids = [programme.id for programme in page.items]
    return render_template(
        "programmes/index.html",
        page=page,
        courses=queries.numbers_of_courses(ids),
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
            flash(_("专业已建立。现在登记它的课程。"))
            return redirect(url_for(".show", programme_id=programme.id))

    return render_template("programmes/programme_form.html", form=form), form.status_code


@bp.get("/<int:programme_id>")
@requires(Permission.PROGRAMME_VIEW)
def show(programme_id):
    programme = get_or_404(queries.programmes(), programme_id)
    return render_template(
        "programmes/show.html",
        programme=programme,
        courses=queries.courses_of(programme_id),
        classes=queries.numbers_of_classes([programme_id]).get(programme_id, 0),
        events=timeline(programme),
    )


@bp.route("/<int:programme_id>/courses/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def create_course(programme_id):
    programme = get_or_404(queries.programmes(), programme_id)
    form = forms.CourseForm()

    if form.validate_on_submit():
        try:
            service.create_course(programme=programme, **form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("课程已建立。"))
            return redirect(url_for(".show", programme_id=programme_id))

    page = {"form": form, "programme": programme, "course": None, "events": []}
    return render_template("programmes/course_form.html", **page), form.status_code


@bp.route("/courses/<int:course_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def edit_course(course_id):
    course = get_or_404(select(Course).options(joinedload(Course.programme)), course_id)
    form = forms.CourseForm(obj=course)
    is_in_use = queries.is_in_use(course)
    if is_in_use:
        del form.code, form.credits, form.pass_score

    if form.validate_on_submit():
        try:
            service.change_course(course, **form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", programme_id=course.programme_id))

    page = {"form": form, "programme": course.programme, "course": course, "events": timeline(course)}
    return render_template("programmes/course_form.html", **page, is_in_use=is_in_use), form.status_code
