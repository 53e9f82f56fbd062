"""How papers end: revoked, or replaced by a new one."""

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.certificates import queries
from exchange.certificates.eligibility import no_longer_entitled
from exchange.certificates.events import CertificateEvent
from exchange.certificates.kinds import KINDS
from exchange.certificates.models import REISSUE, BatchStatus, Certificate, CertificateStatus
from exchange.certificates.service.batches import approve, request_batch
from exchange.certificates.service.issuing import issue_batch
from exchange.certificates.service.refusals import AlreadyRevoked, NotAllowed
from exchange.core.database import db, lock, today
from exchange.core.i18n import _


def revoke(certificate: Certificate, *, reason: str, by: User | None) -> None:
    """Declare a paper void; it stays in the register for ever. Raises ``AlreadyRevoked``."""
    _end(certificate, CertificateStatus.REVOKED, reason)
    record(CertificateEvent.REVOKED, certificate, by=by, reason=reason, number=certificate.number)


def reissue(certificate: Certificate, *, reason: str, by: User, approved_by: User) -> Certificate:
    """A new paper with a new number for one that is lost or wrong; commits. Raises as ``revoke`` does.

    The old paper is replaced only when the new one is printed, so nobody is left without; a second call goes on where
    the first was cut off.
    """
    if by.id == approved_by.id:
        raise NotAllowed(_("制作人和批准人不能是同一个人，请另一位同事批准。"))
    _check_can_end(certificate, reason)
    kind = KINDS[certificate.kind]
    settings = {setting.name: str(certificate.snapshot.get(setting.name, "")) for setting in kind.settings}
    if sentence := no_longer_entitled(certificate.student, certificate.kind, settings):
        raise NotAllowed(sentence)
    key = f"{REISSUE}{certificate.id}"
    batch = request_batch(kind=kind, students=[certificate.student], settings=settings, request_key=key, by=by)
    if batch.status == BatchStatus.REQUESTED:
        approve(batch, by=approved_by)
    issue_batch(batch)
    replacement = queries.certificates_of_batch(batch)
    if not replacement:
        batch.request_key = None  # so that it can be tried again
        db.session.commit()
        raise NotAllowed(_("新证书没有印出来，原因见这批申请的页面。旧证书仍然有效。"))
    _end(certificate, CertificateStatus.REPLACED, reason)
    replacement[0].replaces_id = certificate.id
    record(CertificateEvent.REPLACED, certificate, by=by, reason=reason, number=certificate.number)
    record(CertificateEvent.REPLACES, replacement[0], by=by, reason=reason, replaced=certificate.number)
    db.session.commit()
    return replacement[0]


def _end(certificate: Certificate, status: CertificateStatus, reason: str) -> None:
    lock(certificate)
    _check_can_end(certificate, reason)
    certificate.status, certificate.revoked_on, certificate.revoked_because = status, today(), reason


def _check_can_end(certificate: Certificate, reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("请写明原因。"))
    if certificate.status != CertificateStatus.VALID:
        raise AlreadyRevoked(
            _(
                "编号 %(number)s 的状态是“%(status)s”，不能再改。",
                number=certificate.number,
                status=certificate.status.label,
            )
        )
