"""An uploaded spreadsheet, what its review found row by row, and what was written of it."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import EncryptedDocument, EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.jobs.models import Job

EncryptedList = Annotated[list[dict[str, Any]], mapped_column(EncryptedDocument())]


class ImportStatus(LabelledEnum):
    """Where an import stands; people wait in the states that a job leaves."""

    READING = "reading", _("正在读取")
    FAILED = "failed", _("读不了")
    REVIEWED = "reviewed", _("等待确认")
    COMMITTING = "committing", _("正在写入")
    COMMITTED = "committed", _("已写入")
    UNDOING = "undoing", _("正在撤销")
    UNDONE = "undone", _("已撤销")


class Outcome(LabelledEnum):
    """What a commit does with a row."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("有改动")
    UNCHANGED = "unchanged", _("没有变化")
    REJECTED = "rejected", _("不导入")


WRITABLE = (Outcome.NEW, Outcome.CHANGED)


class Rank(LabelledEnum):
    """The order in which rows are shown: what a person must look at comes first."""

    REJECTED = "1", _("不导入")
    WARNED = "2", _("有提醒")
    PLAIN = "3", _("其余")


class Import(Model):
    """One upload, kept with its review so that it can be committed, looked at and undone."""

    kind: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(60), default="")  # the class; empty where each row names its own
    sender: Mapped[str] = mapped_column(String(100), default="", index=True)  # 芒市教育局; empty where nobody said
    filename: Mapped[str] = mapped_column(String(255))
    upload: Mapped[str] = mapped_column(String(80))  # key of the stored file, which is encrypted
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.READING)
    error: Mapped[str] = mapped_column(default="")  # why the last step was refused
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)  # heading → field, chosen by a person
    remembered: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what of it earlier sheets of the sender decided
    chosen_sheets: Mapped[list[str]] = mapped_column(default=list)  # by a person; empty where the reader decides
    sheets: Mapped[list[str]] = mapped_column(default=list)  # that were read
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unmapped: Mapped[list[str]] = mapped_column(default=list)
    ignored: Mapped[list[str]] = mapped_column(default=list)  # headings that a person has passed over
    other_sheets: Mapped[list[str]] = mapped_column(default=list)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    warned: Mapped[int] = mapped_column(default=0)
    committed: Mapped[int] = mapped_column(default=0)
    committed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    version: Mapped[int] = mapped_column(default=1)

    actor: Mapped[User | None] = relationship()
    job: Mapped[Job | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def headings_seen(self) -> bool:
        """Whether there is something to say of the columns."""
        return bool(self.columns or self.unmapped or self.ignored)

    @property
    def can_be_read_again(self) -> bool:
        """Whether a person may still say how: nothing is written, and no job is at work."""
        return self.can_be_discarded

    @property
    def offers_sheets(self) -> bool:
        """Whether there is more than one sheet to choose from."""
        return len(self.sheets) + len(self.other_sheets) > 1

    @property
    def has_several_sheets(self) -> bool:
        """Whether the number of a row does not tell which it is."""
        return len(self.sheets) > 1

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged + self.rejected

    @property
    def writable(self) -> int:
        """How many rows a commit would write."""
        return self.new + self.changed

    @property
    def standing(self) -> int:
        """How many of the written rows have not been taken back."""
        return 0 if self.status is ImportStatus.UNDONE else self.committed

    @property
    def can_be_discarded(self) -> bool:
        """Read, or unreadable, and nothing of it written."""
        return self.status in {ImportStatus.REVIEWED, ImportStatus.FAILED} and not self.committed

    @property
    def is_busy(self) -> bool:
        """Whether a job is at work on it."""
        return self.status in {ImportStatus.READING, ImportStatus.COMMITTING, ImportStatus.UNDOING}


class ImportRow(Model):
    """One row of the sheet. Values and messages quote identity numbers, so they are encrypted like the columns."""

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id", ondelete="CASCADE"))
    sheet: Mapped[int] = mapped_column(default=0)  # its place among the sheets that were read
    number: Mapped[int]  # as Excel shows it
    outcome: Mapped[Outcome]
    rank: Mapped[Rank]
    values: Mapped[EncryptedJSON]
    changes: Mapped[EncryptedJSON]  # field → [old, new]
    findings: Mapped[EncryptedList]
    written: Mapped[EncryptedJSON]  # the cells under their own headings, of rejected rows
    record_id: Mapped[int | None]  # what a commit has written
    before: Mapped[EncryptedJSON | None]  # what it has found, as far as the changes do not tell

    __table_args__ = (
        UniqueConstraint("import_id", "sheet", "number"),
        Index("ix_import_row_rank", "import_id", "rank", "sheet", "number"),
    )

    @property
    def is_writable(self) -> bool:
        """Whether a commit would write it."""
        return self.outcome in WRITABLE and self.record_id is None


class HeadingMapping(Model):
    """What a heading means in the sheets of one sender; an empty field passes the column over."""

    kind: Mapped[str] = mapped_column(String(40))
    sender: Mapped[str] = mapped_column(String(100))
    heading: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # none: the command line

    by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("kind", "sender", "heading"),)
