"""Courses of a partner school for several students of a class at once: typed into a table, or taken from a workbook."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_by_subject
from exchange.core.access import requires
from exchange.core.database import get_or_404, unlocked
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.spreadsheets import read
from exchange.coursework import policy, queries, service
from exchange.coursework.forms import ClassRecognitionForm, UploadForm
from exchange.coursework.models import Scale
from exchange.coursework.views.sheets import LONGEST_NUMBER, bp
from exchange.coursework.views.workbooks import XLSX, content_of
from exchange.programmes import queries as programmes

MOST_COURSES = 6


@bp.get("/classes/<int:class_id>/recognise")
@requires(Permission.COURSEWORK_PUBLISH)
def recognise_class(class_id):
    """First the courses are chosen, then the marks are typed in a table of students and courses."""
    school_class, courses = _load(class_id)
    chosen = _chosen(courses)
    if not chosen:
        return _choose(school_class, courses)
    return _show(school_class, chosen, ClassRecognitionForm(), {})


@bp.post("/classes/<int:class_id>/recognise")
@requires(Permission.COURSEWORK_PUBLISH)
def record_recognition(class_id):
    school_class, courses = _load(class_id)
    chosen, form, values = _chosen(courses), ClassRecognitionForm(), _typed()
    problems = {}
    if form.validate_on_submit():
        try:
            service.recognise_class(school_class, values, form.decided, files=form.files.contents, by=current_user)
        except service.PlacesRefused as refused:
            form.form_errors.append(str(refused))
            problems = refused.problems
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("认定了 %(count)s 个成绩，学分已计入。", count=sum(bool(value) for value in values.values())))
            return redirect(url_for(".recognise_class", class_id=class_id))
    return _show(school_class, chosen, form, values, problems=problems)


@bp.post("/classes/<int:class_id>/recognise/table")
@requires(Permission.COURSEWORK_PUBLISH)
def recognition_table(class_id):
    """The table to fill in with Excel or WPS."""
    school_class, courses = _load(class_id)
    chosen = _chosen(courses)
    if not ActionForm().validate_on_submit() or not chosen:
        return redirect(url_for(".recognise_class", class_id=class_id))
    content = service.table_for(school_class, chosen, Scale.HUNDRED, by=current_user)
    name = str(_("%(name)s认定外校课程.xlsx", name=school_class.name)).replace("/", "_")
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


@bp.post("/classes/<int:class_id>/recognise/upload")
@requires(Permission.COURSEWORK_PUBLISH)
def upload_recognition(class_id):
    """Fill the table from a workbook; nothing is written before it is looked at and sent."""
    school_class, courses = _load(class_id)
    chosen, upload = _chosen(courses), UploadForm()
    if upload.validate_on_submit():
        try:
            with unlocked():
                sheets = read(content_of(upload.file.data), upload.file.data.filename)
            found = service.read_table(sheets, chosen, queries.members_of(school_class))
        except DomainError as error:
            upload.form_errors.append(str(error))
        else:
            fresh = ClassRecognitionForm(formdata=None)
            return _show(school_class, chosen, fresh, found.values, findings=found.findings, status=200)
    return _show(school_class, chosen, ClassRecognitionForm(formdata=None), {}, upload=upload)


def _load(class_id):
    school_class = get_or_404(policy.audited_by(current_user), class_id)
    return school_class, programmes.courses_of(school_class.programme_id)


def _chosen(courses):
    wanted = set(request.args.getlist("course", type=int))
    return [course for course in courses if course.id in wanted][:MOST_COURSES]


def _choose(school_class, courses):
    decisions = queries.recognitions_of(school_class)
    page = {"school_class": school_class, "courses": courses, "decisions": decisions, "most": MOST_COURSES}
    files = attachments_by_subject(decisions)
    return render_template("coursework/recognise_choose.html", **page, files=files)


def _show(school_class, courses, form, values, *, problems=None, findings=(), upload=None, status=None):
    students = queries.members_of(school_class)
    page = {"school_class": school_class, "courses": courses, "students": students, "form": form, "values": values}
    page |= {"problems": problems or {}, "findings": findings, "upload": upload or UploadForm(formdata=None)}
    page["passed"] = queries.passed_places([each.id for each in students], [each.id for each in courses])
    page["chosen"] = [course.id for course in courses]
    page["left_out"] = max(0, len(set(request.args.getlist("course"))) - len(courses))
    return render_template("coursework/recognise_class.html", **page), status or form.status_code


def _typed():
    """The marks of the form by student and course; their fields are named ``r.<student>.<course>``."""
    values = {}
    for name, value in request.form.items():
        prefix, *numbers = name.split(".")
        if prefix == "r" and len(numbers) == 2 and all(map(_is_number, numbers)):
            student, course = map(int, numbers)
            values[student, course] = value.strip()
    return values


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
