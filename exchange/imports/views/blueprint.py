"""What the pages of imports share."""

from flask import Blueprint
from flask_login import current_user

from exchange.core.database import get_or_404
from exchange.core.i18n import _
from exchange.imports import headings, policy, service

bp = Blueprint("imports", __name__, url_prefix="/imports")


def load(import_id):
    """An import that this person may see."""
    return get_or_404(policy.visible_to(current_user), import_id)


def labels():
    """Field → its words, of whatever kind of sheet."""
    fields = {name: label for importer in service.IMPORTERS.values() for name, label in importer.fields().items()}
    return {headings.IGNORED: _("不导入这一列"), **fields}


def senders(kind):
    """Whom to offer while typing: who has sent before, then who is likely to."""
    return list(dict.fromkeys([*headings.senders(kind), *service.importer_of(kind).senders()]))
