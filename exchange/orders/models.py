"""Orders and the students they are about."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, today
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.orders.evidence import Evidence
from exchange.orders.kinds import OrderKind
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student, StudentStatus


class OrderStatus(LabelledEnum):
    DRAFT = "draft", _("草稿")
    CONFIRMED = "confirmed", _("已确认")
    CANCELLED = "cancelled", _("已撤销")


class OrderSeries(Model):
    """The last serial of a year. Whoever confirms holds this row until the order stands."""

    year: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int] = mapped_column(default=0)


class StatusOrder(Model):
    """学籍异动单: one decision about one or more students. A confirmed order is never changed, only cancelled."""

    kind: Mapped[OrderKind] = mapped_column(index=True)
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.DRAFT, index=True)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)  # XJ-2026-0012, from the confirmation on
    document: Mapped[str] = mapped_column(String(80), default="")  # 文号 of the decision on paper
    effective_on: Mapped[date]
    to_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    reason: Mapped[Encrypted | None]  # illness and family matters among them
    evidence_document: Mapped[EncryptedJSON | None]
    excused: Mapped[list[str]] = mapped_column(default=list)  # warnings that the confirmation has given a reason for
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    filed_on: Mapped[date | None]  # 备案 with the authority
    version: Mapped[int] = mapped_column(nullable=False)

    members: Mapped[list["OrderMember"]] = relationship(
        back_populates="order", order_by="OrderMember.id", cascade="all, delete-orphan"
    )
    to_class: Mapped[SchoolClass | None] = relationship()
    drafted_by: Mapped[User | None] = relationship(foreign_keys=drafted_by_id)
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=confirmed_by_id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def evidence(self) -> Evidence:
        return Evidence.of(self.evidence_document or {})

    @property
    def is_ahead(self) -> bool:
        """Confirmed, and its day has not come: until then the records say what they said."""
        return self.status is OrderStatus.CONFIRMED and self.effective_on > today()

    @property
    def standing(self) -> list["OrderMember"]:
        """Those for whom the order has not been cancelled."""
        return [member for member in self.members if not member.is_cancelled]


class OrderMember(Model):
    """A student in an order, with the state of the record before it."""

    order_id: Mapped[int] = mapped_column(ForeignKey("status_order.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    from_status: Mapped[StudentStatus | None]  # from the confirmation on
    from_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[Encrypted | None]

    order: Mapped[StatusOrder] = relationship(back_populates="members")
    student: Mapped[Student] = relationship()
    from_class: Mapped[SchoolClass | None] = relationship()

    __table_args__ = (
        UniqueConstraint("order_id", "student_id"),
        CheckConstraint("(from_status IS NULL) = (from_class_id IS NULL)", name="state_is_whole"),
        Index("ix_order_member_from_class", "from_class_id"),
    )

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None
