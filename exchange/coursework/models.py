"""Mark sheets: a course given to a class in a term by a teacher, its assessments, and the marks."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, now
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes.models import Course, SchoolClass, Term
from exchange.students.models import Student


class SheetStatus(LabelledEnum):
    DRAFT = "draft", _("录入中")
    SUBMITTED = "submitted", _("已提交")
    PUBLISHED = "published", _("已公布")


class Special(LabelledEnum):
    """What stands in place of a score."""

    ABSENT = "absent", _("缺考")
    DEFERRED = "deferred", _("缓考")
    EXEMPT = "exempt", _("免考")


class MarkSheet(Model):
    """A course given to a class in a term by a teacher. The status changes only through ``service.change_status``."""

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    status: Mapped[SheetStatus] = mapped_column(default=SheetStatus.DRAFT, index=True)
    version: Mapped[int] = mapped_column(nullable=False)

    course: Mapped[Course] = relationship()
    school_class: Mapped[SchoolClass] = relationship()
    term: Mapped[Term] = relationship()
    teacher: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("course_id", "school_class_id", "term_id"),)
    __mapper_args__ = {"version_id_col": version}


class Assessment(Model):
    """One column of a sheet: how much of the result it makes, in percent, and its highest mark."""

    sheet_id: Mapped[int] = mapped_column(ForeignKey("mark_sheet.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    weight: Mapped[int]
    maximum: Mapped[int] = mapped_column(default=100)
    position: Mapped[int]

    sheet: Mapped[MarkSheet] = relationship()

    __table_args__ = (
        UniqueConstraint("sheet_id", "name"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_percent"),
        CheckConstraint("maximum BETWEEN 1 AND 1000", name="maximum_positive"),
    )


class Mark(Model):
    """What a student has in an assessment: a score, a special mark, or, once cleared, neither.

    ``version`` grows with every change, so that a value typed over an older one is noticed.
    """

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    score: Mapped[Decimal | None]
    special: Mapped[Special | None]
    version: Mapped[int] = mapped_column(default=1)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime] = mapped_column(default=now)

    assessment: Mapped[Assessment] = relationship()
    student: Mapped[Student] = relationship()
    updated_by: Mapped[User | None] = relationship()

    __table_args__ = (
        UniqueConstraint("assessment_id", "student_id"),
        CheckConstraint("score IS NULL OR special IS NULL", name="score_or_special"),
    )
