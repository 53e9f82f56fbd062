"""One payment that a student has received."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.placements.facts.values import Payee, Payer, PayMethod
from exchange.placements.models import Placement


class PayReceipt(Model):
    """Yuan for the days from ``covers_from`` to ``covers_to``. Never deleted; a mistake is withdrawn."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    received_on: Mapped[date]
    covers_from: Mapped[date]
    covers_to: Mapped[date]
    amount: Mapped[Decimal]
    method: Mapped[PayMethod]
    payee: Mapped[Payee]
    payer: Mapped[Payer]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    reported_by: Mapped[User | None] = relationship()

    __table_args__ = (CheckConstraint("covers_to >= covers_from", name="covers_days"),)
