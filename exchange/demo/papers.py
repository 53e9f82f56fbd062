"""The papers of the year: letters for a class, certificates of those who came back, honours, one void, one waiting."""

from exchange.accounts.models import User
from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.certificates import queries, service
from exchange.certificates.kinds import KINDS, read_settings
from exchange.certificates.models import CertificateKind, CertificateStatus
from exchange.core.database import db
from exchange.students.models import Student

LETTER = CertificateKind.ENROLMENT_LETTER
HONOUR = {"title": "三好学生", "event": "学习和生活", "school_year": "2025—2026"}


def issue(*, older: str, younger: str) -> None:
    """Issue what the story tells; each request has a key, so a second telling changes nothing."""
    maker = actor("registrar", Permission.CERTIFICATE_PREPARE)
    approver = actor("registrar2", Permission.CERTIFICATE_APPROVE)
    if maker is None or approver is None or queries.batch_of_request("demo-waiting"):
        return
    older_class, younger_class = queries.class_named(older), queries.class_named(younger)
    group = queries.students_of_class(older_class)
    wanted: tuple[tuple[str, CertificateKind, list[Student], dict[str, str]], ...] = (
        ("letters", LETTER, group, {"purpose": "申领雨露计划补助"}),
        ("internships", CertificateKind.INTERNSHIP_CERTIFICATE, group[:12], {}),
        ("honours", CertificateKind.HONOUR_CERTIFICATE, group[:3], HONOUR),
        ("transcripts", CertificateKind.TRANSCRIPT, group[:2], {}),
    )
    for name, kind, students, settings in wanted:
        if not students:
            continue
        service.issue_at_once(
            kind=KINDS[kind],
            students=students,
            settings=read_settings(KINDS[kind], list(settings.items())),
            school_class=older_class,
            request_key=f"demo-{name}",
            by=maker,
            approved_by=approver,
        )
    _void_one(approver)
    waiting = queries.students_of_class(younger_class)
    if waiting:
        service.request_batch(
            kind=KINDS[LETTER],
            students=waiting,
            settings=read_settings(KINDS[LETTER], []),
            school_class=younger_class,
            request_key="demo-waiting",
            by=maker,
        )
    db.session.flush()


def _void_one(approver: User) -> None:
    """The second honour had the wrong title."""
    batch = queries.batch_of_request("demo-honours")
    honours = queries.certificates_of_batch(batch) if batch else []
    if len(honours) > 1 and honours[1].status == CertificateStatus.VALID:
        service.revoke(honours[1], reason="称号写错，另行颁发", by=approver)
