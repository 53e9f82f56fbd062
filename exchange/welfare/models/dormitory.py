"""Buildings, rooms, and who sleeps in which bed from which day to which."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models import Sex, Student


class StayEnd(LabelledEnum):
    """Why a bed became free."""

    MOVED = "moved", _("换床")
    MOVED_OUT = "moved_out", _("退宿")
    LEFT_ROLL = "left_roll", _("离开学籍")


class DormitoryBuilding(Model):
    """A house with rooms."""

    name: Mapped[str] = mapped_column(String(40), unique=True)


class DormitoryRoom(Model):
    """A room for one sex; its beds are numbered from 1."""

    building_id: Mapped[int] = mapped_column(ForeignKey("dormitory_building.id"))
    number: Mapped[str] = mapped_column(String(10))
    sex: Mapped[Sex]
    capacity: Mapped[int]

    building: Mapped[DormitoryBuilding] = relationship()

    __table_args__ = (
        UniqueConstraint("building_id", "number"),
        CheckConstraint("capacity > 0", name="has_beds"),
    )

    @property
    def label(self) -> str:
        """1号楼 203."""
        return f"{self.building.name} {self.number}"


class BedStay(Model):
    """One student in one bed. The open stays say who sleeps where; the ended ones are the history of moves."""

    room_id: Mapped[int] = mapped_column(ForeignKey("dormitory_room.id"), index=True)
    bed: Mapped[int]
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    begins_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_by: Mapped[StayEnd | None]

    room: Mapped[DormitoryRoom] = relationship()
    student: Mapped[Student] = relationship()


IS_OPEN = BedStay.__table__.c.ended_on.is_(None)
Index("uq_bed_stay_open_bed", BedStay.room_id, BedStay.bed, unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("uq_bed_stay_open_student", BedStay.student_id, unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
