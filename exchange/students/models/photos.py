"""Portraits of students, and the uploads that bring them in bulk."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.jobs.models import Job
from exchange.programmes.models import SchoolClass
from exchange.students.models.student import Student


class PhotoBatchStatus(LabelledEnum):
    """Where an upload stands."""

    READING = "reading", _("正在读取")
    FAILED = "failed", _("读不了")
    REVIEWED = "reviewed", _("等待确认")
    COMMITTED = "committed", _("已写入")
    CANCELLED = "cancelled", _("已放弃")


class PhotoOutcome(LabelledEnum):
    """What became of a file of the upload."""

    MATCHED = "matched", _("可以写入")
    UNKNOWN = "unknown", _("找不到学生")
    AMBIGUOUS = "ambiguous", _("对不上一个人")
    DUPLICATE = "duplicate", _("同一学生的第二张")
    TOO_SMALL = "too_small", _("太小")
    TOO_LARGE = "too_large", _("太大")
    NOT_AN_IMAGE = "not_an_image", _("不是照片")


class PhotoHint(LabelledEnum):
    """What a person should look at before the portrait is written; nothing is refused for it."""

    LANDSCAPE = "landscape", _("横向，可能不是证件照")
    NARROW = "narrow", _("太窄太长，不像证件照")
    SQUARE = "square", _("接近方形，证件照应是竖的")
    SMALL = "small", _("像素偏低，打印会模糊")


class PhotoBatch(Model):
    """One ZIP: read in the background, looked at by a person, then written or dropped."""

    filename: Mapped[str] = mapped_column(String(200))
    upload: Mapped[str] = mapped_column(String(60), default="")  # in the store until it has been read
    status: Mapped[PhotoBatchStatus] = mapped_column(default=PhotoBatchStatus.READING)
    error: Mapped[str] = mapped_column(default="")
    skipped: Mapped[int] = mapped_column(default=0)  # what the archive holds beside files of its own
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))  # names are looked up in it
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    committed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    school_class: Mapped[SchoolClass | None] = relationship()
    uploaded_by: Mapped[User | None] = relationship()
    job: Mapped[Job | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class PhotoItem(Model):
    """One file of an upload and the student it shows."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("photo_batch.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[PhotoOutcome]
    hint: Mapped[PhotoHint | None]
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    key: Mapped[str] = mapped_column(String(60), default="")  # the portrait as it will be kept
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)

    student: Mapped[Student | None] = relationship()


class Photo(Model):
    """A portrait; the last one that nothing replaces is the student's. Earlier ones stay."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    key: Mapped[str] = mapped_column(String(60))
    width: Mapped[int]
    height: Mapped[int]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("photo_batch.id"))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    replaced_at: Mapped[datetime | None]

    student: Mapped[Student] = relationship()

    __table_args__ = (Index("ix_photo_student_current", "student_id", "replaced_at"),)
