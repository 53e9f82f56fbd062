"""Mark sheets: a course given to a class in a term by a teacher, its assessments, the marks, and later attempts."""

from datetime import date, datetime
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
    CONFIRMED = "confirmed", _("已确认")
    PUBLISHED = "published", _("已公布")
    LOCKED = "locked", _("已锁定")


SHOWN = frozenset({SheetStatus.PUBLISHED, SheetStatus.LOCKED})
"""What students, guardians and papers may see, and what counts for credits."""


class Scale(LabelledEnum):
    """In what the marks of a sheet are given."""

    HUNDRED = "hundred", _("百分制（0 到 100 分）")
    LEVELS = "levels", _("五级制（优秀、良好、中等、及格、不及格）")
    PASS_FAIL = "pass_fail", _("合格制（合格、不合格）")


class Special(LabelledEnum):
    """What stands in place of a score."""

    ABSENT = "absent", _("缺考")
    DEFERRED = "deferred", _("缓考")
    EXEMPT = "exempt", _("免考")


class AttemptKind(LabelledEnum):
    """How a course is sat beyond the first sitting of its sheet."""

    DEFERRED = "deferred", _("缓考")
    MAKEUP = "makeup", _("补考")
    RETAKE = "retake", _("重修")
    RECOGNISED = "recognised", _("认定")


class CreditSource(LabelledEnum):
    """Where the credits of a course were earned."""

    OWN_SCHOOL = "own_school", _("本校")
    PARTNER_SCHOOL = "partner_school", _("合作学校")


class MarkSheet(Model):
    """A course given to a class in a term by a teacher. The status changes only through ``service.change_status``."""

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    scale: Mapped[Scale] = mapped_column(default=Scale.HUNDRED)
    status: Mapped[SheetStatus] = mapped_column(default=SheetStatus.DRAFT, index=True)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    handed_in_at: Mapped[datetime | None]  # for the first time; from then on each change of a mark has a reason
    version: Mapped[int] = mapped_column(nullable=False)

    course: Mapped[Course] = relationship()
    school_class: Mapped[SchoolClass] = relationship()
    term: Mapped[Term] = relationship()
    teacher: Mapped[User] = relationship(foreign_keys=[teacher_id])

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


class Recognition(Model):
    """One decision on courses that students of a class took at a partner school; each of their marks is an attempt."""

    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    school_name: Mapped[str] = mapped_column(String(100))
    taken_on: Mapped[date]
    document: Mapped[str] = mapped_column(String(100), default="")  # number or title of the agreement
    reason: Mapped[str] = mapped_column(String(300))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    school_class: Mapped[SchoolClass] = relationship()
    recorded_by: Mapped[User | None] = relationship()


class Attempt(Model):
    """One more sitting of a course, or its recognition from a partner school. It is never changed; a wrong one is
    withdrawn with a reason and stays. What follows from all of them, ``outcomes.outcome`` decides.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("mark_sheet.id"), index=True)  # of the first sitting
    recognition_id: Mapped[int | None] = mapped_column(ForeignKey("recognition.id"), index=True)  # with others at once
    kind: Mapped[AttemptKind]
    taken_on: Mapped[date]
    scale: Mapped[Scale] = mapped_column(default=Scale.HUNDRED)
    score: Mapped[Decimal | None]  # none: absent
    credit_source: Mapped[CreditSource] = mapped_column(default=CreditSource.OWN_SCHOOL)
    school_name: Mapped[str] = mapped_column(String(100), default="")  # of the partner school
    reason: Mapped[str] = mapped_column(String(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    student: Mapped[Student] = relationship()
    course: Mapped[Course] = relationship()
    sheet: Mapped[MarkSheet | None] = relationship()
    recognition: Mapped[Recognition | None] = relationship()
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=[withdrawn_by_id])

    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_percent"),
        CheckConstraint("kind = 'recognised' OR sheet_id IS NOT NULL", name="sitting_of_a_sheet"),
        CheckConstraint("kind <> 'recognised' OR score IS NOT NULL", name="recognised_with_result"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_with_reason"),
    )
