"""What a teacher saw: everybody is there, but for those who are named."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, now
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student


class RollTime(LabelledEnum):
    """When on a day the roll is called, in the order of the day; the whole day comes last."""

    MORNING = "morning", _("早点名")
    FIRST = "1", _("第 1 节")
    SECOND = "2", _("第 2 节")
    THIRD = "3", _("第 3 节")
    FOURTH = "4", _("第 4 节")
    FIFTH = "5", _("第 5 节")
    SIXTH = "6", _("第 6 节")
    SEVENTH = "7", _("第 7 节")
    EIGHTH = "8", _("第 8 节")
    EVENING = "evening", _("晚点名")
    DAY = "day", _("全天")

    @property
    def place(self) -> int:
        """0 for the morning, 1 to 8 for the lessons, 9 for the evening, 10 for the whole day."""
        return list(RollTime).index(self)


LESSONS = tuple(time for time in RollTime if time.value.isdigit())


class AttendanceMark(LabelledEnum):
    """What is noted of somebody who was not there from the beginning to the end."""

    ABSENT = "absent", _("缺课")
    LATE = "late", _("迟到")
    LEFT_EARLY = "left_early", _("早退")


class Roll(Model):
    """The roll of a class for one lesson, one roll-call or one day.

    ``version`` grows with every change, so that a second teacher who saves the same lesson is told of the first.
    """

    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    day: Mapped[date] = mapped_column(index=True)
    time: Mapped[RollTime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(nullable=False)

    school_class: Mapped[SchoolClass] = relationship()
    taken_by: Mapped[User | None] = relationship()
    entries: Mapped[list["RollEntry"]] = relationship(back_populates="roll", cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("school_class_id", "day", "time"),)
    __mapper_args__ = {"version_id_col": version}


class RollEntry(Model):
    """One student who was not there, or not all the time. Who was there has none."""

    roll_id: Mapped[int] = mapped_column(ForeignKey("roll.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    mark: Mapped[AttendanceMark]

    roll: Mapped[Roll] = relationship(back_populates="entries")
    student: Mapped[Student] = relationship()

    __table_args__ = (UniqueConstraint("roll_id", "student_id"),)
