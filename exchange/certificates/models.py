"""Papers as issued, the batches they are issued in, and the series their numbers come from."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, today
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import area_name
from exchange.students.models import Student


class CertificateKind(LabelledEnum):
    """Papers that we print (``interface.md`` §2). The two letters stand in the number."""

    ENROLMENT_LETTER = "enrolment_letter", _("在读证明")
    TRANSCRIPT = "transcript", _("成绩单")
    INTERNSHIP_CERTIFICATE = "internship_certificate", _("实习证明")
    HONOUR_CERTIFICATE = "honour_certificate", _("荣誉证书")

    @property
    def letters(self) -> str:
        return KIND_LETTERS[self]


KIND_LETTERS = {
    CertificateKind.ENROLMENT_LETTER: "ZD",
    CertificateKind.TRANSCRIPT: "CJ",
    CertificateKind.INTERNSHIP_CERTIFICATE: "SX",
    CertificateKind.HONOUR_CERTIFICATE: "RY",
}


class BatchStatus(LabelledEnum):
    REQUESTED = "requested", _("待批准")
    DECLINED = "declined", _("已退回")
    APPROVED = "approved", _("开具中")
    ISSUED = "issued", _("已开具")


class CertificateStatus(LabelledEnum):
    """``expired`` is not stored: it follows from the date."""

    PRINTING = "printing", _("印制中")
    VALID = "valid", _("有效")
    REPLACED = "replaced", _("已补办")
    REVOKED = "revoked", _("已作废")
    EXPIRED = "expired", _("已过期")


REISSUE = "reissue-"  # how the request of a replacement begins


class NumberSeries(Model):
    """The last serial of one kind in one year. Whoever takes a number holds this row until the paper stands."""

    kind: Mapped[CertificateKind]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("kind", "year"),)


class CertificateBatch(Model):
    """One request for papers of one kind: the maker asks, somebody else approves, then all are issued."""

    kind: Mapped[CertificateKind]
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    county: Mapped[str] = mapped_column(String(6), default="")  # of origin, GB/T 2260, where the batch is not a class's
    settings: Mapped[EncryptedJSON]
    request_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    blocked: Mapped[int] = mapped_column(default=0)  # people whom the pre-flight held back
    status: Mapped[BatchStatus] = mapped_column(default=BatchStatus.REQUESTED, index=True)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    approved_at: Mapped[datetime | None]
    issued_on: Mapped[date | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    merged_key: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=0)

    school_class: Mapped[SchoolClass | None] = relationship()
    maker: Mapped[User | None] = relationship(foreign_keys=[maker_id])
    approver: Mapped[User | None] = relationship(foreign_keys=[approver_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def county_name(self) -> str:
        """The county of origin for which it was asked, in words."""
        return area_name(self.county) if self.county else ""

    @property
    def is_reissue(self) -> bool:
        """Whether the batch replaces a paper that stands."""
        return (self.request_key or "").startswith(REISSUE)


class Certificate(Model):
    """A paper as issued. Its words and its bytes are frozen; a change of the student does not reach it."""

    number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[CertificateKind]
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    status: Mapped[CertificateStatus] = mapped_column(default=CertificateStatus.PRINTING)
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    holder_masked: Mapped[str] = mapped_column(String(60))
    snapshot: Mapped[EncryptedJSON]  # the values on the paper
    template_version: Mapped[str] = mapped_column(String(64))
    pdf_key: Mapped[str | None] = mapped_column(String(80))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    revoked_on: Mapped[date | None]
    revoked_because: Mapped[Encrypted | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)

    student: Mapped[Student] = relationship()
    replaces: Mapped["Certificate | None"] = relationship(remote_side="Certificate.id")

    __table_args__ = (Index("ix_certificate_kind_issued_on", "kind", "issued_on"),)

    @property
    def status_today(self) -> CertificateStatus:
        """The status as of today: a valid paper may have expired."""
        if self.status == CertificateStatus.VALID and self.valid_until and self.valid_until < today():
            return CertificateStatus.EXPIRED
        return self.status


class BatchMember(Model):
    """One person of a batch: the paper that came out, or why none did."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("certificate_batch.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    position: Mapped[int]
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    failure: Mapped[Encrypted | None]

    student: Mapped[Student] = relationship()
    certificate: Mapped[Certificate | None] = relationship()

    __table_args__ = (UniqueConstraint("batch_id", "student_id"),)
