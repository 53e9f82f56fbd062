"""What the school knows of its records in the national registry: their state, what was sent, what differs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Base, Model
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.core.i18n import _
from exchange.jobs.models import Job
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import batch_with
from exchange.registry.values import (
    Actor,
    Decision,
    DifferenceKind,
    DiscrepancyStatus,
    GapKind,
    RunStatus,
    SubmissionStatus,
    Tally,
)
from exchange.students.models import Student


class RegistryState(Model):
    """How complete the record of a student on the roll is. Derived: ``service.states`` writes it after every change."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), unique=True)
    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)  # in which it is counted
    batch: Mapped[str] = mapped_column(String(12))  # 2026-autumn
    complete: Mapped[bool]
    score: Mapped[int]  # percent of what is needed
    lacking: Mapped[list[str]]  # kind:heading of each gap, to see whether anything has changed
    digest: Mapped[str] = mapped_column(
        String(64)
    )  # of the cells; tells whether the record has changed since it was sent
    checked_at: Mapped[datetime]

    student: Mapped[Student] = relationship()

    __table_args__ = (
        Index("ix_registry_state_batch", "batch", "score", "student_id"),
        Index("ix_registry_state_score", "score", "student_id"),
    )


class RegistryGap(Base):
    """One column that a record lacks, so that the database can count them."""

    __tablename__ = "registry_gap"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True)
    heading: Mapped[str] = mapped_column(String(40), primary_key=True)
    batch: Mapped[str] = mapped_column(String(12))
    kind: Mapped[GapKind]
    who: Mapped[Actor]

    __table_args__ = (
        Index("ix_registry_gap_heading", "heading", "student_id"),
        Index("ix_registry_gap_who", "who", "kind", "student_id"),
    )


class RegistryTally(Model):
    """The numbers of the board, counted when records change and not when somebody looks.

    ``key`` is a column or a county, after what is counted. Without a class it is about the whole school.
    """

    batch: Mapped[str] = mapped_column(String(12))
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    about: Mapped[Tally]
    key: Mapped[str] = mapped_column(String(40))
    who: Mapped[Actor | None]
    students: Mapped[int]
    complete: Mapped[int]
    sent: Mapped[int]
    confirmed: Mapped[int]
    changed: Mapped[int]

    school_class: Mapped[SchoolClass | None] = relationship()

    __table_args__ = (Index("ix_registry_tally_class", "school_class_id", "about", "batch"),)


class RegistryWatch(Model):
    """How far the trail of changes was followed; one row."""

    through: Mapped[int]  # the last line of the trail that was looked at
    checked_at: Mapped[datetime | None]  # when everybody was checked last


class Submission(Model):
    """A file of records made for the national system, and that it was sent."""

    batch: Mapped[str] = mapped_column(String(12), default="")  # empty: every batch
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)  # none: every class
    only_complete: Mapped[bool]
    status: Mapped[SubmissionStatus] = mapped_column(default=SubmissionStatus.PREPARING)
    error: Mapped[str] = mapped_column(default="")
    students: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)  # incomplete ones
    file: Mapped[str] = mapped_column(String(80), default="")  # key of the stored workbook
    sha256: Mapped[str] = mapped_column(String(64), default="")
    submitted_on: Mapped[date | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    version: Mapped[int] = mapped_column(default=1)

    school_class: Mapped[SchoolClass | None] = relationship()
    actor: Mapped[User | None] = relationship()
    job: Mapped[Job | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_label(self) -> str:
        """Whose records it holds: a class, a batch, or everybody."""
        batch = batch_with(self.batch)
        parts = [batch.title if batch else "", self.school_class.name if self.school_class else ""]
        return " · ".join(str(part) for part in parts if part) or str(_("全部在籍学生"))


class SubmittedRecord(Model):
    """What was sent of one student, sealed. The latest one that was really sent is what comparisons start from."""

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    cells: Mapped[EncryptedJSON]
    is_latest: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]  # when a file of the registry showed the student with a number

    submission: Mapped[Submission] = relationship()
    student: Mapped[Student] = relationship()

    __table_args__ = (
        UniqueConstraint("submission_id", "student_id"),
        Index("ix_submitted_record_latest", "is_latest", "student_id", "digest"),
    )


class Reconciliation(Model):
    """One comparison with a file that the national system gave out."""

    filename: Mapped[str] = mapped_column(String(255))
    upload: Mapped[str] = mapped_column(String(80), default="")  # key of the stored file; forgotten when it is read
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)  # none: every class
    status: Mapped[RunStatus] = mapped_column(default=RunStatus.READING)
    error: Mapped[str] = mapped_column(default="")
    headings: Mapped[list[str]] = mapped_column(default=list)  # the columns that were compared
    unmapped: Mapped[list[str]] = mapped_column(default=list)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    missing: Mapped[list[Any] | None]  # students whom the file did not show, until somebody says whether it is whole
    is_whole: Mapped[bool | None]  # none: nobody was asked, or nobody has answered
    finished_at: Mapped[datetime | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))

    school_class: Mapped[SchoolClass | None] = relationship()
    actor: Mapped[User | None] = relationship()
    job: Mapped[Job | None] = relationship()

    @property
    def is_asking(self) -> bool:
        """Whether somebody must say first if the file holds everybody."""
        return bool(self.missing)


class Discrepancy(Model):
    """One line of the correction list: a column in which we and the registry differ, until a comparison finds it gone.

    ``subject`` is the student, or the blind index of somebody whom we do not know. An empty heading means the whole
    record, which one side does not have.
    """

    subject: Mapped[str] = mapped_column(String(70))
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    heading: Mapped[str] = mapped_column(String(40))
    kind: Mapped[DifferenceKind]
    ours: Mapped[Encrypted | None]
    submitted: Mapped[Encrypted | None]  # none: never submitted
    theirs: Mapped[Encrypted | None]
    person: Mapped[EncryptedJSON | None]  # name, number and class in the registry's file, of somebody we do not know
    status: Mapped[DiscrepancyStatus] = mapped_column(default=DiscrepancyStatus.OPEN)
    decision: Mapped[Decision | None]
    reason: Mapped[Encrypted | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    decided_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0)
    seen_in_id: Mapped[int] = mapped_column(ForeignKey("reconciliation.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    student: Mapped[Student | None] = relationship()
    decided_by: Mapped[User | None] = relationship()
    seen_in: Mapped[Reconciliation] = relationship()

    __table_args__ = (
        UniqueConstraint("subject", "heading"),
        Index("ix_discrepancy_status", "status", "kind", "opened_at", "id"),
    )

    __mapper_args__ = {"version_id_col": version}
