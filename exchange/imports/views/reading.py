"""How a file is read, which of its sheets and as what each column: changed by hand before anything is written."""

from flask import redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.errors import DomainError
from exchange.imports import service
from exchange.imports.forms import SheetsForm, columns_form
from exchange.imports.layout import layout_of
from exchange.imports.views.blueprint import bp, load, senders


@bp.route("/<int:import_id>/columns", methods=["GET", "POST"])
@requires(Permission.IMPORT_USE)
def columns(import_id):
    """Say as what each column is read, and read the file once more."""
    import_ = load(import_id)
    importer = service.importer_of(import_.kind)
    form = columns_form(import_, layout_of(import_, importer), importer.fields())

    if form.validate_on_submit() and _read_again(import_, form, mapping=form.mapping, sender=form.sender.data):
        return redirect(url_for(".show", import_id=import_id))

    return _page(import_, importer, form, SheetsForm.of(import_, filled=False)), form.status_code


@bp.post("/<int:import_id>/sheets")
@requires(Permission.IMPORT_USE)
def sheets(import_id):
    """Read other sheets of the workbook."""
    import_ = load(import_id)
    importer = service.importer_of(import_.kind)
    form = SheetsForm.of(import_)

    if form.validate_on_submit() and _read_again(import_, form, sheets=form.names.data):
        return redirect(url_for(".show", import_id=import_id))

    fields = columns_form(import_, layout_of(import_, importer), importer.fields(), filled=False)
    return _page(import_, importer, fields, form), form.status_code


def _read_again(import_, form, **decided):
    """Whether it is read again; a refusal comes back with the form."""
    try:
        service.check_unchanged(import_, form.version.data)
        service.review_again(import_, **decided)
    except DomainError as error:
        form.form_errors.append(str(error))
        return False
    service.start(import_, "review", by=current_user)
    return True


def _page(import_, importer, form, sheets_form):
    return render_template(
        "imports/columns.html",
        import_=import_,
        importer=importer,
        form=form,
        sheets_form=sheets_form,
        senders=senders(import_.kind),
    )
