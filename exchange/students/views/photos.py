"""Portraits in bulk: upload a ZIP, look at what it holds, write it or drop it."""

from functools import partial
from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.core.storage import store
from exchange.programmes.queries import find_class
from exchange.students import forms, service
from exchange.students.models import PhotoItem, PhotoOutcome
from exchange.students.queries import photos as queries
from exchange.students.views.records import bp, offered_classes


@bp.route("/students/photos", methods=["GET", "POST"])
@requires(Permission.STUDENT_EDIT)
def photo_batches():
    form = forms.PhotoUploadForm()

    if form.validate_on_submit():
        wanted = form.school_class.data
        school_class = find_class(wanted) if wanted else None
        if wanted and school_class is None:
            form.school_class.errors = [_("没有名为“%(name)s”的班级。", name=wanted)]
        else:
            file = form.file.data
            try:
                batch = service.upload_photos(
                    file.read(), filename=file.filename, school_class=school_class, by=current_user
                )
            except DomainError as error:
                form.form_errors.append(str(error))
            else:
                return redirect(url_for(".photo_batch", photo_batch_id=batch.id))

    page = paginate(queries.batches())
    return render_template("students/photos.html", form=form, page=page, classes=offered_classes()), form.status_code


@bp.get("/students/photos/<int:photo_batch_id>")
@requires(Permission.STUDENT_EDIT)
def photo_batch(photo_batch_id):
    batch = _load(photo_batch_id)
    show, counts = request.args.get("show", ""), queries.counts_of(batch)
    address = partial(url_for, ".photo_batch", photo_batch_id=batch.id)
    kinds = [("", _("全部"), sum(counts.values()))] + [(each.value, each.label, counts[each]) for each in counts]
    return render_template(
        "students/photo_batch.html",
        batch=batch,
        page=paginate(queries.items_of(batch, show)),
        matched=counts.get(PhotoOutcome.MATCHED, 0),
        replaced=queries.replaced_by(batch),
        views=[(f"{label} {count}", address(show=name or None), name == show) for name, label, count in kinds],
        events=timeline(batch),
    )


@bp.get("/students/photos/<int:photo_batch_id>/items/<int:photo_item_id>")
@requires(Permission.STUDENT_EDIT)
def photo_item(photo_batch_id, photo_item_id):
    item = get_or_404(select(PhotoItem).where(PhotoItem.batch_id == photo_batch_id), photo_item_id)
    if not item.key:
        abort(404)
    return send_file(BytesIO(store().get(item.key)), mimetype="image/jpeg")


@bp.post("/students/photos/<int:photo_batch_id>/commit")
@requires(Permission.STUDENT_EDIT)
def commit_photos(photo_batch_id):
    batch = _load(photo_batch_id)
    if ActionForm().validate_on_submit():
        written = service.commit_photos(batch, by=current_user)
        flash(_("已写入 %(count)s 张照片。", count=written))
    return redirect(url_for(".photo_batch", photo_batch_id=batch.id))


@bp.post("/students/photos/<int:photo_batch_id>/cancel")
@requires(Permission.STUDENT_EDIT)
def cancel_photos(photo_batch_id):
    batch = _load(photo_batch_id)
    if ActionForm().validate_on_submit():
        service.cancel_photos(batch, by=current_user)
        flash(_("已放弃，什么也没有写入。"))
    return redirect(url_for(".photo_batches"))


def _load(photo_batch_id):
    return get_or_404(queries.batches(), photo_batch_id)
