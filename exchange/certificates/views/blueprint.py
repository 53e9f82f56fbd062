"""What the pages of certificates share: their blueprint, the kinds to choose from, and who makes papers."""

from flask import Blueprint

from exchange.accounts.roles import Permission
from exchange.certificates.models import CertificateKind

bp = Blueprint("certificates", __name__)

KIND_CHOICES = [(kind.value, kind.label) for kind in CertificateKind]
MAKERS = (Permission.CERTIFICATE_PREPARE, Permission.CERTIFICATE_APPROVE)
