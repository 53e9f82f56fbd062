"""One line of the ledger of complaints."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.complaints.values import ComplaintKind, ComplaintStatus
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.partners.models import HostOrganisation
from exchange.placements.models import Placement


class Complaint(Model):
    """Something that goes wrong at a host. Who wants no name told stands nowhere: neither placement nor person."""

    host_organisation_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    kind: Mapped[ComplaintKind]
    words: Mapped[Encrypted | None]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    status: Mapped[ComplaintStatus] = mapped_column(default=ComplaintStatus.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date]
    result: Mapped[Encrypted | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]

    host: Mapped[HostOrganisation] = relationship()
    placement: Mapped[Placement | None] = relationship()
    raised_by: Mapped[User | None] = relationship(foreign_keys=raised_by_id)
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    settled_by: Mapped[User | None] = relationship(foreign_keys=settled_by_id)

    __table_args__ = (Index("ix_complaint_status_due_on", "status", "due_on"),)
