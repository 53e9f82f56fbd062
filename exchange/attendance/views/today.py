"""The homeroom teacher's page on the phone: who is where, whom to call, and a talk noted in two taps."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.attendance import forms
from exchange.attendance.queries import today as queries
from exchange.attendance.queries.summary import summary_of
from exchange.attendance.views.blueprint import bp
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, now
from exchange.core.database import today as day_at_school
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.students.models import ON_ROLL, Student
from exchange.students.queries import for_page
from exchange.welfare import policy as welfare
from exchange.welfare import service as talks
from exchange.welfare.models import ContactKind

MOST_CLASSES = 12
SAID = {
    ContactKind.CALL: _("打过电话，家里知道在校的情况。"),
    ContactKind.TALK: _("谈过话，没有特别的事。"),
}
"""What two taps note; whoever has more to say writes it on the longer form."""


@bp.get("/attendance/today")
@requires(Permission.ATTENDANCE_VIEW)
def today():
    classes = _classes()
    chosen = request.args.get("class", type=int)
    school_class = next((each for each in classes if each.id == chosen), None) or next(iter(classes), None)
    people = queries.people_of(school_class.id, now()) if school_class else []
    return render_template(
        "attendance/today.html",
        classes=classes,
        school_class=school_class,
        people=people,
        counts=queries.counts_of(people),
        kinds=list(SAID),
        may_call=current_user.may(Permission.STUDENT_CONTACT),
    )


def _classes():
    """Those with students, the own ones first: a school may have a thousand."""
    filled = select(Student.id).where(Student.school_class_id == SchoolClass.id, Student.status.in_(ON_ROLL)).exists()
    own = SchoolClass.homeroom_teacher_id == current_user.id
    found = welfare.classes_of(current_user).where(filled)
    found = found.order_by(own.desc(), SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
    return list(db.session.scalars(found.limit(MOST_CLASSES)))


@bp.post("/attendance/students/<int:student_id>/talks")
@requires(Permission.WELFARE_RECORD)
def note_talk(student_id):
    student = get_or_404(for_page(welfare.recordable_by(current_user)), student_id)
    form = forms.TalkForm()
    if form.validate_on_submit() and form.kind.data in SAID:
        talks.note_contact(
            student,
            kind=form.kind.data,
            held_on=day_at_school(),
            with_whom=_with_whom(student, form.kind.data),
            agreed=str(SAID[form.kind.data]),
            by=current_user,
        )
        flash(_("已记下：今天和%(name)s%(kind)s。", name=student.name, kind=form.kind.data.label))
    else:
        flash(_("没有记下。点“打过电话”或“谈过话”再试。"), "warning")
    return redirect(url_for(".today", **{"class": student.school_class_id}) + f"#student-{student.id}")


def _with_whom(student, kind):
    bonds = sorted(student.guardianships, key=lambda bond: (bond.call_order, bond.id))
    bonds = [bond for bond in bonds if bond.holds(day_at_school())]
    return bonds[0].guardian.name if kind is ContactKind.CALL and bonds else student.name


@bp.get("/students/<int:student_id>/attendance")
@requires(Permission.ATTENDANCE_VIEW)
def of_student(student_id):
    student = get_or_404(welfare.students_of(current_user).options(joinedload(Student.school_class)), student_id)
    return render_template("attendance/of_student.html", student=student, summary=summary_of(student, day_at_school()))
