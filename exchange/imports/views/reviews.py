"""The pages of imports: list and upload, review, commit, undo."""

from functools import partial
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.imports import policy, queries, service
from exchange.imports.concealment import hidden_headings, words_of
from exchange.imports.forms import CommitForm, UndoForm, UploadForm
from exchange.imports.layout import layout_of
from exchange.imports.models import Import, ImportStatus, Outcome
from exchange.imports.places import check_outcomes, place_of
from exchange.imports.views.blueprint import bp, labels, load, senders

ROSTER = "roster"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("", methods=["GET", "POST"])
@requires(Permission.IMPORT_USE)
def index():
    kind = request.args.get("kind", ROSTER)
    if kind not in service.IMPORTERS:
        raise NotFound
    importer = service.importer_of(kind)
    form = UploadForm(importer.wording, data={"target": request.args.get("target", "")})

    if form.validate_on_submit():
        file = form.file.data
        try:
            import_ = service.upload(
                file.read(),
                filename=file.filename,
                kind=kind,
                target=form.target.data,
                sender=form.sender.data,
                by=current_user,
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            service.start(import_, "review", by=current_user)
            return redirect(url_for(".show", import_id=import_.id))

    page = paginate(queries.newest_first(policy.visible_to(current_user).where(Import.kind == kind)))
    offered = {"targets": importer.targets(), "senders": senders(kind)}
    return (
        render_template("imports/index.html", form=form, page=page, importer=importer, kinds=_kinds(kind), **offered),
        form.status_code,
    )


def _kinds(kind):
    """A tab for each kind of sheet."""
    return [(each.wording.kind, url_for(".index", kind=name), name == kind) for name, each in service.IMPORTERS.items()]


@bp.get("/<int:import_id>")
@requires(Permission.IMPORT_USE)
def show(import_id):
    import_ = load(import_id)
    importer, show = service.importer_of(import_.kind), request.args.get("show", "")
    page = None if import_.is_busy else paginate(queries.rows_to_show(import_, show))
    may_choose = import_.status is ImportStatus.REVIEWED
    return render_template(
        "imports/show.html",
        import_=import_,
        importer=importer,
        page=page,
        layout=layout_of(import_, importer),
        writable=sum(row.is_writable for row in page) if page and may_choose else 0,
        names=_names(import_, importer, page) if may_choose and page else {},
        shown=_tabs(import_, show),
        has_stopped=service.has_stopped(import_),
        speak=partial(words_of, importer=importer, hidden=hidden_headings(import_, importer, current_user)),
        labels=labels(),
        events=timeline(import_),
    )


@bp.post("/<int:import_id>/commit")
@requires(Permission.IMPORT_USE)
def commit(import_id):
    import_ = load(import_id)
    form = CommitForm()
    if form.validate_on_submit():
        service.check_unchanged(import_, form.version.data)
        chosen = queries.chosen_places(import_, set(form.ids.data)) if form.ids.data else None
        service.begin_commit(import_)
        if chosen is not None:
            check_outcomes([(row.number, row.outcome) for row in chosen])
        service.start(import_, "commit", by=current_user, **form.wanted([row.id for row in chosen or ()]))
    return redirect(url_for(".show", import_id=import_id))


@bp.route("/<int:import_id>/undo", methods=["GET", "POST"])
@requires(Permission.IMPORT_USE)
def undo(import_id):
    import_ = load(import_id)
    form = UndoForm()

    if form.validate_on_submit():
        try:
            service.begin_undo(import_, reason=form.reason.data)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            service.start(import_, "undo", by=current_user, reason=form.reason.data.strip())
            return redirect(url_for(".show", import_id=import_id))

    importer = service.importer_of(import_.kind)
    return render_template("imports/undo.html", import_=import_, importer=importer, form=form), form.status_code


@bp.post("/<int:import_id>/review")
@requires(Permission.IMPORT_USE)
def review(import_id):
    """Read the file once more, after a job was lost."""
    import_ = load(import_id)
    if ActionForm().validate_on_submit():
        service.review_again(import_)
        service.start(import_, "review", by=current_user)
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/discard")
@requires(Permission.IMPORT_USE)
def discard(import_id):
    import_ = load(import_id)
    if ActionForm().validate_on_submit():
        service.discard(import_, by=current_user)
        flash(_("已放弃“%(file)s”，什么也没有写入。", file=import_.filename))
    return redirect(url_for(".index", kind=import_.kind))


@bp.post("/<int:import_id>/rejected")
@requires(Permission.IMPORT_USE)
def rejected(import_id):
    """The rows that were not imported, as a workbook with the reasons; the download is recorded."""
    import_ = load(import_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".show", import_id=import_id))
    content = service.rejected_workbook(import_, by=current_user)
    name = _("不导入的行-%(id)s.xlsx", id=import_id)
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=str(name))


def _names(import_, importer, page):
    """Of each box: which row it chooses, and whom."""
    return {
        row.id: _("选择%(place)s %(name)s", place=place_of(import_, row), name=importer.title(row.values)[0])
        for row in page
        if row.is_writable
    }


def _tabs(import_, show):
    """What to show: everything, exceptions first, or one kind of rows."""
    kinds = [
        ("", _("全部"), import_.rows),
        (Outcome.REJECTED.value, Outcome.REJECTED.label, import_.rejected),
        ("warned", _("有提醒"), import_.warned),
        (Outcome.NEW.value, Outcome.NEW.label, import_.new),
        (Outcome.CHANGED.value, Outcome.CHANGED.label, import_.changed),
        (Outcome.UNCHANGED.value, Outcome.UNCHANGED.label, import_.unchanged),
    ]
    address = partial(url_for, ".show", import_id=import_.id)
    filled = [(kind, f"{label} {count}") for kind, label, count in kinds if count or not kind]
    return [(words, address(show=kind or None), kind == show) for kind, words in filled]
