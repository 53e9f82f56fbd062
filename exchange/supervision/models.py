"""Checks of interns, day by day, and incidents with what was done about them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, now
from exchange.core.encryption import Encrypted
from exchange.placements.models import Placement
from exchange.supervision.limits import deadline, steps_of
from exchange.supervision.values import IncidentKind, Step, Way


class DailyCheck(Model):
    """One per internship and day; who looks again on the same day takes the place of what was noted before."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    day: Mapped[date]
    way: Mapped[Way]
    is_fine: Mapped[bool]
    note: Mapped[Encrypted | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    placement: Mapped[Placement] = relationship()
    checked_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("placement_id", "day"),)


class Incident(Model):
    """Something grave that has happened to an intern; open until every step is done."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    kind: Mapped[IncidentKind]
    occurred_at: Mapped[datetime]
    situation: Mapped[Encrypted]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reported_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    placement: Mapped[Placement] = relationship()
    reported_by: Mapped[User | None] = relationship(foreign_keys=reported_by_id)
    closed_by: Mapped[User | None] = relationship(foreign_keys=closed_by_id)
    steps: Mapped[list["IncidentStep"]] = relationship(back_populates="incident", order_by="IncidentStep.id")

    __table_args__ = (Index("ix_incident_closed_at", "closed_at"),)

    @property
    def wanted(self) -> list[Step]:
        """What must be done, in order."""
        return steps_of(self.kind, self.occurred_at.date())

    def done(self, step: Step) -> "IncidentStep | None":
        """The record that this was done."""
        return next((each for each in self.steps if each.step is step), None)

    @property
    def open_steps(self) -> list[Step]:
        """What is still to be done, the most urgent first."""
        return sorted((step for step in self.wanted if not self.done(step)), key=self.deadline)

    def deadline(self, step: Step) -> datetime:
        """The moment by which this must be done."""
        return deadline(step, self.occurred_at)


class IncidentStep(Model):
    """Something that was done about an incident."""

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    step: Mapped[Step]
    done_at: Mapped[datetime]
    note: Mapped[Encrypted | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    incident: Mapped[Incident] = relationship(back_populates="steps")
    done_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("incident_id", "step"),)
