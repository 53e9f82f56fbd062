"""The register of issued papers as a workbook."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from exchange.certificates.models import Certificate, CertificateKind
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.spreadsheets import DATE, TEXT, Column, write

COLUMNS = (
    (_("编号"), TEXT),
    (_("种类"), TEXT),
    (_("学号"), TEXT),
    (_("姓名"), TEXT),
    (_("开具日期"), DATE),
    (_("有效期至"), DATE),
    (_("状态"), TEXT),
    (_("作废原因"), TEXT),
    ("SHA-256", TEXT),
)


def workbook(*, kind: CertificateKind | None = None, year: int | None = None) -> tuple[bytes, int]:
    """The register, oldest first, of one kind or one year; the workbook and its number of rows."""
    rows = [_row(certificate) for certificate in db.session.scalars(_certificates(kind, year))]
    columns = [Column(str(heading), kind, width=24) for heading, kind in COLUMNS]
    return write(rows, columns=columns, sheet=str(_("证书登记表"))), len(rows)


def _certificates(kind: CertificateKind | None, year: int | None) -> Select[Certificate]:
    certificates = select(Certificate).options(joinedload(Certificate.student)).order_by(Certificate.id)
    if kind:
        certificates = certificates.where(Certificate.kind == kind)
    if year:
        certificates = certificates.where(func.extract("year", Certificate.issued_on) == year)
    return certificates


def _row(certificate: Certificate) -> list[object]:
    return [
        certificate.number,
        str(certificate.kind.label),
        certificate.student.student_no,
        certificate.student.name,
        certificate.issued_on,
        certificate.valid_until,
        str(certificate.status_today.label),
        certificate.revoked_because or "",
        certificate.sha256 or "",
    ]
