"""The blueprint that the pages of agreements share, and the file that they hand out."""

from collections.abc import Sequence
from io import BytesIO

from flask import Blueprint, Response, send_file

from exchange.agreements.models import AgreementDocument
from exchange.agreements.printing import print_documents

bp = Blueprint("agreements", __name__)


def paper_file(documents: Sequence[AgreementDocument], name: str) -> Response:
    """The documents as one PDF, made now: it shows the signatures so far."""
    content = BytesIO(print_documents(documents))
    return send_file(content, mimetype="application/pdf", download_name=f"{name}.pdf", max_age=0)
