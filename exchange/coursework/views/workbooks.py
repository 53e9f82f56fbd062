"""Marks by workbook: download, upload with a preview, and the confirmation that writes."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, unlocked
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.forms import ActionForm
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import read
from exchange.coursework import policy, queries, service
from exchange.coursework.forms import TakeForm, UploadForm
from exchange.coursework.views.sheets import bp, typed_cells

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 5 * 1024**2
SHOWN = 5


@bp.post("/sheets/<int:sheet_id>/workbook")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def download(sheet_id):
    found = _sheet(sheet_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".sheet", sheet_id=sheet_id))
    content = service.download(found, by=current_user)
    name = f"{found.school_class.name}-{found.course.name}.xlsx".replace("/", "_")
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


@bp.route("/sheets/<int:sheet_id>/upload", methods=["GET", "POST"])
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def upload(sheet_id):
    """Choose a file; sent, it is compared and shown, and nothing is written."""
    found = _sheet(sheet_id)
    form = UploadForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            with unlocked():  # whoever saves marks meanwhile does not wait
                sheets = read(content_of(file), file.filename)
            preview = service.preview(found, sheets)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _show(found, preview, file.filename)

    assessments = queries.assessments_of(found)
    return render_template("coursework/upload.html", sheet=found, form=form, assessments=assessments), form.status_code


def _show(found, preview, filename):
    form = TakeForm(formdata=None, data={"filename": filename, "choice": service.Choice.KEEP.value})
    form.choice.choices = [
        (choice.value, _("%(choice)s：写入 %(count)s 格", choice=choice.label, count=preview.writes(choice)))
        for choice in service.Choice
    ]
    shown = {"choices": list(service.Choice), "form": form}
    return render_template("coursework/preview.html", sheet=found, preview=preview, **shown)


@bp.post("/sheets/<int:sheet_id>/upload/take")
@requires(Permission.COURSEWORK_RECORD, Permission.COURSEWORK_PUBLISH)
def take(sheet_id):
    """Write what the preview has shown."""
    found = _sheet(sheet_id)
    form = TakeForm()
    if not form.validate_on_submit():
        flash(_("没有写入。重新上传一次，再选怎么处理。"), "error")
        return redirect(url_for(".upload", sheet_id=sheet_id))
    choice = service.Choice(form.choice.data)
    outcome = service.take(
        found, typed_cells(), choice, filename=form.filename.data, reason=form.reason.data, by=current_user
    )
    refused = [cell for cell in outcome.cells if cell.status != "saved"]
    flash(_("已写入 %(count)s 格成绩。", count=len(outcome.cells) - len(refused)))
    if refused:
        names = {row.student.id: row.student.name for row in outcome.grid.rows}
        told = listed(f"{names.get(cell.asked.student, '')} {cell.message}" for cell in refused[:SHOWN])
        flash(_("没有写入 %(count)s 格：%(cells)s", count=len(refused), cells=told), "error")
    return redirect(url_for(".sheet", sheet_id=sheet_id))


def _sheet(sheet_id):
    found = get_or_404(policy.visible_to(current_user), sheet_id)
    authorize(policy.may_record(current_user, found))
    return found


def content_of(file):
    """The bytes of an upload. Raises ``UsageProblem`` for one that is too large."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UsageProblem(_("成绩表最大 5 MB，这个文件太大。"))
    return content
