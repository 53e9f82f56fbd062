"""Mark sheets and transcripts."""

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.forms import ActionForm, sent_json
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.core.templating import format_moment
from exchange.coursework import policy, queries, service
from exchange.coursework.forms import ReopenForm, SheetForm
from exchange.coursework.models import SHOWN, MarkSheet, SheetStatus
from exchange.coursework.notation import level_words
from exchange.coursework.workflow import NEEDS_REASON, SHEET_WORKFLOW
from exchange.programmes import queries as programmes
from exchange.students import policy as students_policy

bp = Blueprint("coursework", __name__, url_prefix="/coursework")
LONGEST_REASON = 300
LONGEST_NUMBER = 20  # digits; Python refuses to read some thousands with an error


@bp.get("")
@requires(Permission.COURSEWORK_VIEW)
def index():
    if current_user.roles <= {Role.STUDENT, Role.GUARDIAN}:
        return _own_transcripts()
    found = paginate(queries.sheets(policy.visible_to(current_user), user=current_user), per_page=25)
    lines = queries.lines(found.items)
    return render_template("coursework/index.html", page=found, lines=lines, may_create=policy.may_open(current_user))


def _own_transcripts():
    """A student's only transcript is the page itself; guardians of several children choose."""
    students = db.session.scalars(students_policy.visible_to(current_user).limit(20)).all()
    if len(students) == 1:
        return redirect(url_for(".transcript", student_id=students[0].id))
    return render_template("coursework/children.html", students=students)


@bp.get("/sheets/<int:sheet_id>")
@requires(Permission.COURSEWORK_VIEW)
def sheet(sheet_id):
    found = load_sheet(sheet_id)
    return _show(found, queries.grid(found))


def load_sheet(sheet_id):
    """The sheet with what its pages say about it."""
    related = (MarkSheet.course, MarkSheet.school_class, MarkSheet.term)
    scope = policy.visible_to(current_user).options(*(joinedload(each) for each in related))
    return get_or_404(scope.options(joinedload(MarkSheet.teacher).options(lazyload(User.assignments))), sheet_id)


def _show(found, grid, unsaved=(), reason=""):
    """The grid; ``unsaved`` are cells of a form sent without script that were not taken."""
    steps = [step for step in SHEET_WORKFLOW if found.status in step.sources]
    return render_template(
        "coursework/sheet.html",
        sheet=found,
        grid=grid,
        measure=grid.measure,
        unsaved={cell.asked.place: cell for cell in unsaved},
        may_record=found.status == SheetStatus.DRAFT and policy.may_record(current_user, found),
        steps=[step for step in steps if policy.may_take(current_user, found, step)],
        needs_reason=NEEDS_REASON,
        is_maker=policy.is_maker(current_user, found),
        reason=reason,
        levels=level_words(grid.measure),
    )


@bp.put("/sheets/<int:sheet_id>/marks")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def save_marks(sheet_id):
    found = get_or_404(policy.visible_to(current_user).options(joinedload(MarkSheet.term)), sheet_id)
    authorize(policy.may_record(current_user, found))
    document = sent_json()
    if isinstance(document, dict) and document.get("user", current_user.id) != current_user.id:
        return jsonify(message=str(_("登录的是另一个账号。"))), 401
    try:
        outcome = service.record_marks(found, service.read_cells(document), by=current_user, reason=_reason(document))
    except UsageProblem as problem:
        return jsonify(message=str(problem)), 400
    return jsonify(_answer(outcome))


def _reason(document):
    reason = document.get("reason") if isinstance(document, dict) else None
    return reason[:LONGEST_REASON] if isinstance(reason, str) else ""


def _answer(outcome):
    return {
        "cells": [
            {
                "student": cell.asked.student,
                "assessment": cell.asked.assessment,
                "status": cell.status,
                "value": cell.value,
                "version": cell.version,
                "by": cell.by,
                "at": format_moment(cell.at),
                "message": cell.message,
            }
            for cell in outcome.cells
        ],
        "results": {student: shown or "–" for student, shown in outcome.results.items()},
        "missing": outcome.missing,
        "average": "" if outcome.average is None else str(outcome.average),
    }


@bp.post("/sheets/<int:sheet_id>/marks")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def send_marks(sheet_id):
    """The same without script: the whole form is sent, the good cells are saved, the others come back."""
    found = load_sheet(sheet_id)
    authorize(policy.may_record(current_user, found))
    if not ActionForm().validate():
        abort(400)
    reason = request.form.get("reason", "")[:LONGEST_REASON]
    outcome = service.record_marks(found, typed_cells(), by=current_user, reason=reason)
    unsaved = [cell for cell in outcome.cells if cell.status != "saved"]
    if unsaved:
        return _show(found, outcome.grid, unsaved, reason)
    flash(_("成绩已保存。"))
    return redirect(url_for(".sheet", sheet_id=found.id))


def typed_cells():
    """The cells of a form; their fields are named ``m.<student>.<assessment>.<version>``."""
    cells = []
    for name, value in request.form.items():
        prefix, *numbers = name.split(".")
        if prefix == "m" and len(numbers) == 3 and all(map(_is_number, numbers)):
            student, assessment, version = map(int, numbers)
            cells.append({"student": student, "assessment": assessment, "version": version, "value": value})
    return service.read_cells({"cells": cells})


def _is_number(text):
    return text.isdecimal() and len(text) < LONGEST_NUMBER


@bp.post("/sheets/<int:sheet_id>/transitions/<name>")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH, Permission.COURSEWORK_CONFIRM)
def transition(sheet_id, name):
    found = load_sheet(sheet_id)
    step = SHEET_WORKFLOW.transitions.get(name)
    authorize(step is not None and name not in NEEDS_REASON and policy.may_take(current_user, found, step))
    if ActionForm().validate_on_submit():
        try:
            service.change_status(found, name, by=current_user)
        except (service.MarksMissing, service.SamePerson) as error:
            flash(str(error), "error")
        else:
            flash(found.status.label)
    return redirect(url_for(".sheet", sheet_id=found.id))


@bp.route("/sheets/<int:sheet_id>/reopen", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_CONFIRM, Permission.COURSEWORK_REOPEN)
def reopen(sheet_id):
    """Back to the teacher: sent back before the results are published, opened again afterwards."""
    found = load_sheet(sheet_id)
    step = SHEET_WORKFLOW.transitions["reopen" if found.status in SHOWN else "return"]
    authorize(policy.may_take(current_user, found, step))
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            service.change_status(found, step.name, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("任课教师可以修改成绩了，每次修改都要写理由。"))
            return redirect(url_for(".sheet", sheet_id=found.id))

    return render_template("coursework/reopen.html", sheet=found, form=form, step=step), form.status_code


@bp.get("/sheets/<int:sheet_id>/students/<int:student_id>")
@requires(Permission.COURSEWORK_VIEW)
def student(sheet_id, student_id):
    """How a result comes about: the formula with its figures, and the history of every mark."""
    found = load_sheet(sheet_id)
    grid = queries.grid(found)
    row = grid.row(student_id)
    if row is None:
        abort(404)
    page = {"sheet": found, "row": row, "measure": grid.measure, "tell": queries.tell}
    page["history"] = queries.history_of(grid.assessments, student_id)
    page["attempts"] = [each for each in queries.attempts_on(found) if each.student_id == student_id]
    page["ends"] = queries.outcomes_of([student_id], courses=[found.course_id])[student_id]
    return render_template("coursework/student.html", **page)


@bp.get("/sheets/<int:sheet_id>/history")
@requires(Permission.COURSEWORK_VIEW)
def history(sheet_id):
    """Every mark that was changed, and the steps of the sheet."""
    found = load_sheet(sheet_id)
    page = paginate(queries.changes_on(found))
    changes = queries.tell_changes(page.items)
    return render_template("coursework/history.html", sheet=found, page=page, changes=changes, steps=timeline(found))


@bp.get("/sheets/new")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def choose_class():
    found = paginate(programmes.classes(request.args.get("q", "").strip()), per_page=20)
    return render_template("coursework/choose_class.html", page=found)


@bp.route("/classes/<int:class_id>/sheets/new", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def create(class_id):
    school_class = get_or_404(programmes.classes(), class_id)
    courses = {course.id: course for course in programmes.courses_of(school_class.programme_id)}
    terms = {term.id: term for term in programmes.terms()}
    chosen = courses.get(request.args.get("course", type=int))
    if request.method == "GET" and (chosen is None or not terms):
        return _choose_course(school_class, courses.values(), terms)
    teachers = {teacher.id: teacher for teacher in _teachers()}
    choices = {"courses": courses.values(), "terms": terms.values(), "teachers": teachers.values()}
    form = SheetForm(**choices, term=programmes.current_term(), course=chosen)
    if form.validate_on_submit():
        try:
            opened = service.open_sheet(
                course=courses[form.course_id.data],
                school_class=school_class,
                term=terms[form.term_id.data],
                teacher=teachers[form.teacher_id.data],
                assessments=form.columns,
                scale=form.scale.data,
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("成绩单已建立，可以录入了。"))
            return redirect(url_for(".sheet", sheet_id=opened.id))

    page = {"school_class": school_class, "course": courses.get(form.course_id.data), "form": form}
    return render_template("coursework/create.html", **page), form.status_code


def _choose_course(school_class, courses, terms):
    """The courses of the programme, those of the present term of study first."""
    term = programmes.current_term()
    present = 2 * (term.school_year - school_class.intake_year) + term.number if term else 0
    page = {"courses": sorted(courses, key=lambda course: course.term_of_study != present), "present": present}
    page |= {"opened": queries.courses_with_sheets(school_class, term), "has_terms": bool(terms)}
    return render_template("coursework/choose_course.html", school_class=school_class, **page)


def _teachers():
    """A teacher opens sheets for oneself, the registrar for any teacher."""
    if current_user.may(Permission.COURSEWORK_PUBLISH):
        return users_with(Role.SUBJECT_TEACHER)
    return [current_user._get_current_object()]


@bp.get("/transcripts/<int:student_id>")
@requires(Permission.COURSEWORK_VIEW)
def transcript(student_id):
    found = get_or_404(students_policy.visible_to(current_user), student_id)
    sheets = policy.on_transcript_of(found, current_user)
    is_whole = policy.sees_all_of(current_user, found)
    results = queries.transcript(found, sheets=sheets, with_recognised=is_whole)
    return render_template("coursework/transcript.html", student=found, transcript=results)
