"""The board of early warning, the class on the phone, absences and talks."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import classes
from exchange.students.models import Student, StudentStatus
from exchange.students.queries import for_page
from exchange.welfare import policy, service
from exchange.welfare.forms import care as forms
from exchange.welfare.queries import absences, attrition, contacts, dormitory, visits
from exchange.welfare.rules.attrition import ATTRITION, Facts
from exchange.welfare.rules.limits import limit
from exchange.welfare.views.blueprint import bp
from exchange.welfare.views.choosing import on_roll_in

PER_PAGE = 100


@bp.get("/welfare")
@requires(Permission.WELFARE_VIEW)
def index():
    lines = attrition.board(policy.students_of(current_user), today())
    return render_template(
        "welfare/index.html",
        lines=lines[:PER_PAGE],
        hidden=max(len(lines) - PER_PAGE, 0),
        candidates=sum(line.is_candidate for line in lines),
        regulation=ATTRITION.regulation.quoted(),
    )


@bp.get("/welfare/classes")
@requires(Permission.WELFARE_VIEW)
def choose_class():
    own = policy.classes_of(current_user).with_only_columns(SchoolClass.id)
    page = paginate(classes(request.args.get("q", "")).where(SchoolClass.id.in_(own)))
    if len(page.items) == 1 and not request.args:
        return redirect(url_for(".show_class", class_id=page.items[0].id))
    return render_template("welfare/classes.html", page=page)


@bp.get("/welfare/classes/<int:class_id>")
@requires(Permission.WELFARE_VIEW)
def show_class(class_id):
    school_class = get_or_404(policy.classes_of(current_user), class_id)
    members = policy.students_of(current_user).where(Student.school_class_id == class_id)
    students = on_roll_in(class_id)
    return render_template(
        "welfare/class.html",
        school_class=school_class,
        students=students,
        worst=attrition.worst_of(members, today()),
        spoken=contacts.last_family_contacts([student.id for student in students], today()),
    )


@bp.get("/students/<int:student_id>/welfare")
@requires(Permission.WELFARE_VIEW)
def of_student(student_id):
    student = get_or_404(policy.students_of(current_user), student_id)
    facts = attrition.facts_of(policy.students_of(current_user).where(Student.id == student.id), today())
    known = facts.get(student.id) or Facts(day=today())
    notes = contacts.notes_of(student)
    line = attrition.line_of(student, known, notes)
    return render_template(
        "welfare/of_student.html",
        student=student,
        lines=[line] if line else [],
        hours=known.hours,
        absences=absences.absences_of(student),
        notes=notes,
        stays=dormitory.stays_of(student),
        visits=visits.visits_of(student),
        is_registered=student.status is StudentStatus.REGISTERED,
    )


@bp.route("/welfare/students/<int:student_id>/absences/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def note_absence(student_id):
    student = get_or_404(policy.recordable_by(current_user), student_id)
    form = forms.AbsenceForm(data={"hours": limit("class_hours_of_a_day", today())})

    if form.validate_on_submit():
        try:
            service.note_absence(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已记%(name)s：%(kind)s。", name=student.name, kind=form.kind.data.label))
            return redirect(url_for(".show_class", class_id=student.school_class_id))

    return render_template("welfare/note_absence.html", form=form, student=student), form.status_code


@bp.route("/welfare/absences/<int:absence_id>/return", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def end_absence(absence_id):
    absence = get_or_404(policy.absences_recordable_by(current_user), absence_id)
    form = forms.ReturnForm()

    if form.validate_on_submit():
        try:
            service.end_absence(absence, last_day=form.last_day.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记返校。"))
            return redirect(url_for(".of_student", student_id=absence.student_id))

    page = render_template("welfare/end_absence.html", form=form, absence=absence, student=absence.student)
    return page, form.status_code


@bp.route("/welfare/absences/<int:absence_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def withdraw_absence(absence_id):
    absence = get_or_404(policy.absences_recordable_by(current_user), absence_id)
    form = forms.WithdrawForm()

    if form.validate_on_submit():
        try:
            service.withdraw_absence(absence, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已撤回，不再计入。"))
            return redirect(url_for(".of_student", student_id=absence.student_id))

    page = render_template("welfare/withdraw_absence.html", form=form, absence=absence, student=absence.student)
    return page, form.status_code


@bp.route("/welfare/students/<int:student_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def note_contact(student_id):
    student = get_or_404(for_page(policy.recordable_by(current_user)), student_id)
    form = forms.ContactForm()

    if form.validate_on_submit():
        try:
            service.note_contact(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已记下。"))
            return redirect(url_for(".of_student", student_id=student.id))

    return render_template("welfare/note_contact.html", form=form, student=student), form.status_code
