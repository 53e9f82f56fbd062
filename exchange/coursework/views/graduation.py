"""The graduation audit on screen: a class with what each student lacks, and one student rule by rule."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.coursework import policy, service
from exchange.coursework.forms import GraduationNoteForm
from exchange.coursework.graduation.audit import audit
from exchange.coursework.graduation.members import note_of, on_roll
from exchange.coursework.views.sheets import bp
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import classes
from exchange.students.models import Student


@bp.get("/graduation")
@requires(Permission.COURSEWORK_AUDIT)
def graduation_classes():
    own = policy.audited_by(current_user).with_only_columns(SchoolClass.id)
    page = paginate(classes(request.args.get("q", "")).where(SchoolClass.id.in_(own)))
    return render_template("coursework/graduation_classes.html", page=page)


@bp.get("/graduation/classes/<int:class_id>")
@requires(Permission.COURSEWORK_AUDIT)
def graduation_class(class_id):
    school_class = get_or_404(policy.audited_by(current_user), class_id)
    audits = audit(on_roll(school_class), day=today())
    return render_template(
        "coursework/graduation_class.html",
        school_class=school_class,
        audits=audits,
        ready=sum(each.eligible for each in audits),
    )


@bp.route("/graduation/students/<int:student_id>", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_AUDIT)
def graduation_student(student_id):
    scope = policy.audited_students(current_user)
    student = get_or_404(scope.options(joinedload(Student.school_class).joinedload(SchoolClass.programme)), student_id)
    may_note = current_user.may(Permission.COURSEWORK_PUBLISH)
    form = GraduationNoteForm(obj=note_of(student)) if may_note else None

    if request.method == "POST" and form and form.validate_on_submit():
        service.note_for_graduation(student, by=current_user, **form.values)
        flash(_("已保存。"))
        return redirect(url_for(".graduation_student", student_id=student.id))

    (found,) = audit([student], day=today())
    page = render_template("coursework/graduation_student.html", audit=found, student=student, form=form)
    return page, form.status_code if form else 200
