"""Handing out attachments, always as a download."""

from io import BytesIO

from flask import Blueprint, redirect, request, send_file
from flask_login import current_user

from exchange.attachments import policy, service
from exchange.core.access import signed_in
from exchange.core.database import get_or_404
from exchange.core.forms import ActionForm

bp = Blueprint("attachments", __name__, url_prefix="/attachments")


@bp.post("/<int:attachment_id>")
@signed_in
def download(attachment_id):
    attachment = get_or_404(policy.visible_to(current_user), attachment_id)
    if not ActionForm().validate_on_submit():
        return redirect(request.path)
    content = service.hand_out(attachment, by=current_user)
    return send_file(
        BytesIO(content), mimetype=attachment.media_type, as_attachment=True, download_name=attachment.filename
    )
