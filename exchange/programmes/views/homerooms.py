"""Naming the homeroom teacher of a class."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.programmes import forms, queries, service
from exchange.programmes.views.blueprint import bp


@bp.route("/classes/<int:class_id>/homeroom", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def name_homeroom(class_id):
    school_class = get_or_404(queries.listed_classes(), class_id)
    teachers = {teacher.id: teacher for teacher in users_with(Role.HOMEROOM_TEACHER)}
    form = forms.HomeroomForm(teachers=teachers.values())

    if form.validate_on_submit():
        try:
            service.name_homeroom_teacher(
                school_class, teachers.get(form.teacher_id.data), begins_on=form.begins_on.data, by=current_user
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show_class", class_id=class_id))

    page = {"school_class": school_class, "form": form, "has_teachers": bool(teachers)}
    return render_template("programmes/homeroom_form.html", **page), form.status_code


@bp.post("/classes/<int:class_id>/homeroom/withdrawal")
@requires(Permission.PROGRAMME_MANAGE)
def take_back_homeroom(class_id):
    school_class = get_or_404(queries.listed_classes(), class_id)
    if ActionForm().validate_on_submit():
        service.take_back_homeroom(school_class, by=current_user)
        flash(_("任命已撤回。"))
    return redirect(url_for(".show_class", class_id=class_id))
