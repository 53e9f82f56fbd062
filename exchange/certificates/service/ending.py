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
    """Declare a paper void; it stays in the register for ever. Raises ``AlreadyRevoked``.

    A replacement that was printed and never took its place, because the machine stopped, goes with it.
    """
    _end(certificate, CertificateStatus.REVOKED, reason)
    record(CertificateEvent.REVOKED, certificate, by=by, reason=reason, number=certificate.number)
    if begun := queries.batch_of_request(_request_key(certificate)):
        for replacement in queries.certificates_of_batch(begun):
            _withdraw(replacement, certificate, by=by)


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
    key = _request_key(certificate)
    batch = request_batch(kind=kind, students=[certificate.student], settings=settings, request_key=key, by=by)
    lock(batch)
    if batch.status == BatchStatus.REQUESTED:
        approve(batch, by=approved_by)
    issue_batch(batch)
    replacement = queries.certificates_of_batch(batch)
    if not replacement:
        batch.request_key = None  # so that it can be tried again
        db.session.commit()
        raise NotAllowed(_("新证书没有印出来，原因见这批申请的页面。旧证书仍然有效。"))
    try:
        _end(certificate, CertificateStatus.REPLACED, reason)
    except AlreadyRevoked:  # while the new one was being printed
        _withdraw(replacement[0], certificate, by=by)
        db.session.commit()
        raise
    replacement[0].replaces_id = certificate.id
    record(CertificateEvent.REPLACED, certificate, by=by, reason=reason, number=certificate.number)
    record(CertificateEvent.REPLACES, replacement[0], by=by, reason=reason, replaced=certificate.number)
    db.session.commit()
    return replacement[0]


def _request_key(certificate: Certificate) -> str:
    return f"{REISSUE}{certificate.id}"


def _withdraw(replacement: Certificate, old: Certificate, *, by: User | None) -> None:
    """A paper that was to replace another one cannot outlive it; one that has taken its place stays."""
    lock(replacement)
    if replacement.replaces_id is None and replacement.status == CertificateStatus.VALID:
        because = str(_("原证书 %(number)s 在补办时已作废，新证书随之作废。", number=old.number))
        _end(replacement, CertificateStatus.REVOKED, because)
        record(CertificateEvent.REVOKED, replacement, by=by, reason=because, number=replacement.number)


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
