"""Make-ups, deferred sittings and retakes of a sheet; courses recognised from partner schools."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.coursework import policy, queries, service
from exchange.coursework.forms import LineForm, ReasonForm, RecognitionForm, SittingsForm
from exchange.coursework.views.sheets import bp, load_sheet
from exchange.programmes import queries as programmes
from exchange.students import policy as students_policy


@bp.get("/sheets/<int:sheet_id>/attempts")
@requires(Permission.COURSEWORK_VIEW)
def attempts(sheet_id):
    found = load_sheet(sheet_id)
    return _show(found, SittingsForm(data={"taken_on": today()}), _lines(found))


@bp.post("/sheets/<int:sheet_id>/attempts")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def record_attempts(sheet_id):
    found = load_sheet(sheet_id)
    authorize(policy.may_record(current_user, found))
    form, lines = SittingsForm(), _lines(found)
    broken = [line for _due, line in lines if not line.validate()]
    valid = form.validate_on_submit() and not broken
    filled = [line.typed(due.student.id) for due, line in lines if line.value.data]
    if valid and not filled:
        form.form_errors.append(_("还没有填成绩。"))
    elif valid:
        try:
            service.record_attempts(found, filled, taken_on=form.taken_on.data, by=current_user)
        except service.LinesRefused as refused:
            form.form_errors.append(str(refused))
            for due, line in lines:
                if due.student.id in refused.problems:
                    line.value.errors = [refused.problems[due.student.id]]
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("登记了 %(count)s 人的成绩。", count=len(filled)))
            return redirect(url_for(".attempts", sheet_id=found.id))
    return _show(found, form, lines)


def _lines(found):
    """Who must sit, each with a row of the form; the names of its fields begin with the student's id."""
    formdata = request.form if request.method == "POST" else None
    return [(due, LineForm(formdata, prefix=f"s{due.student.id}-", kinds=due.choices)) for due in queries.due_on(found)]


def _show(found, form, lines):
    page = {"sheet": found, "form": form, "lines": lines, "recorded": queries.attempts_on(found), "tell": queries.tell}
    may_record = policy.may_record(current_user, found)
    return render_template("coursework/attempts.html", **page, may_record=may_record), form.status_code


@bp.route("/attempts/<int:attempt_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def withdraw(attempt_id):
    found = get_or_404(policy.attempts_visible_to(current_user), attempt_id)
    authorize(policy.may_withdraw(current_user, found))
    form, back = ReasonForm(), _home_of(found)
    if form.validate_on_submit():
        try:
            service.withdraw_attempt(found, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已撤销，记录还在，不再计入成绩。"))
            return redirect(back)

    page = {"attempt": found, "form": form, "back": back, "told": queries.tell(found)}
    return render_template("coursework/withdraw.html", **page), form.status_code


def _home_of(attempt):
    if attempt.sheet_id:
        return url_for(".attempts", sheet_id=attempt.sheet_id)
    return url_for(".recognise", student_id=attempt.student_id)


@bp.route("/transcripts/<int:student_id>/recognise", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_PUBLISH)
def recognise(student_id):
    student = get_or_404(students_policy.visible_to(current_user), student_id)
    courses = {course.id: course for course in programmes.courses_of(student.school_class.programme_id)}
    form = RecognitionForm(courses=courses.values())
    if form.validate_on_submit():
        try:
            service.recognise(student, courses[form.course_id.data], **form.recognised, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("课程已认定，学分已计入。"))
            return redirect(url_for(".recognise", student_id=student.id))

    recognised = queries.recognised_of(student)
    page = {"student": student, "form": form, "courses": courses, "recognised": recognised, "tell": queries.tell}
    files = queries.files_of_attempts(recognised)
    return render_template("coursework/recognise.html", **page, files=files), form.status_code
