"""Journeys home and back to school: who travels with whom, by what, and whether everybody has arrived."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models import Student


class Leg(LabelledEnum):
    """Which way."""

    HOME = "home", _("返乡")
    BACK = "back", _("返校")


class Trip(Model):
    """A holiday: when it begins, and until which day everybody must be back at school."""

    name: Mapped[str] = mapped_column(String(60), unique=True)  # 2027年寒假
    leaves_on: Mapped[date]
    back_on: Mapped[date]

    __table_args__ = (CheckConstraint("back_on > leaves_on", name="back_after_leaving"),)


class TravelGroup(Model):
    """Who travels together one way, with an escort."""

    trip_id: Mapped[int] = mapped_column(ForeignKey("trip.id"), index=True)
    leg: Mapped[Leg]
    name: Mapped[str] = mapped_column(String(60))  # 芒市组
    route: Mapped[str] = mapped_column(String(200))  # 德清 → 杭州东 → 昆明南 → 芒市
    carrier: Mapped[str] = mapped_column(String(60), default="")  # train or flight
    meeting_point: Mapped[str] = mapped_column(String(200))
    meets_at: Mapped[datetime]
    arrives_at: Mapped[datetime]
    escort_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    trip: Mapped[Trip] = relationship()
    escort: Mapped[User | None] = relationship()

    __table_args__ = (
        UniqueConstraint("trip_id", "leg", "name"),
        CheckConstraint("arrives_at > meets_at", name="arrives_after_meeting"),
    )


class HolidayStay(Model):
    """A student who does not go home in a holiday: where, and who looks after the student."""

    trip_id: Mapped[int] = mapped_column(ForeignKey("trip.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    place: Mapped[str] = mapped_column(String(120))
    carer: Mapped[str] = mapped_column(String(60))

    trip: Mapped[Trip] = relationship()
    student: Mapped[Student] = relationship()

    __table_args__ = (UniqueConstraint("trip_id", "student_id"),)


class Seat(Model):
    """One student in one group; and the arrival, once somebody has confirmed it.

    ``trip_id`` and ``leg`` repeat those of the group so that the database lets nobody travel one way twice.
    """

    group_id: Mapped[int] = mapped_column(ForeignKey("travel_group.id"), index=True)
    trip_id: Mapped[int] = mapped_column(ForeignKey("trip.id"))
    leg: Mapped[Leg]
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    ticket: Mapped[Encrypted | None]
    place: Mapped[str] = mapped_column(String(30), default="")  # 05车12A
    arrived_at: Mapped[datetime | None]
    spoken_to: Mapped[Encrypted | None]  # the guardian who says that the child is there
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    group: Mapped[TravelGroup] = relationship()
    student: Mapped[Student] = relationship()
    confirmed_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("trip_id", "leg", "student_id"),)
