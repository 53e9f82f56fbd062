"""Hardship over time, amounts of the school’s own, the ledger of aid, and what a change of status left to do."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.aid.categories import Category, categories
from exchange.aid.months import Months
from exchange.aid.values import (
    AidKind,
    AwardStatus,
    CardHolder,
    Evidence,
    HardshipLevel,
    Item,
    PaidFor,
    PaidPer,
    Payer,
    Step,
    Unit,
)
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.students.models import Student


class PovertyStatus(Model):
    """A kind of hardship of a student's family from one day to before another; for the aid officer's eyes alone.

    It is never edited: one that has ended gets its day, a wrong one is voided, and both stay.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    category_code: Mapped[Encrypted]
    hardship_level: Mapped[Encrypted | None]
    evidence_kind: Mapped[Encrypted]
    begins_on: Mapped[date]
    until: Mapped[date | None]  # the first day on which it no longer holds
    assessed_on: Mapped[date]
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line
    voided_at: Mapped[datetime | None]
    void_note: Mapped[Encrypted | None]

    student: Mapped[Student] = relationship()
    assessed_by: Mapped[User | None] = relationship()

    __table_args__ = (CheckConstraint("until > begins_on", name="until_after_begin"),)

    @property
    def category(self) -> Category:
        return categories()[self.category_code]

    @property
    def level(self) -> HardshipLevel | None:
        return HardshipLevel(self.hardship_level) if self.hardship_level else None

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.evidence_kind)

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    def holds_on(self, day: date) -> bool:
        return not self.is_void and self.begins_on <= day and (self.until is None or day < self.until)


class AidRule(Model):
    """A row of the school's own beside ``data/aid_rules.csv``; it stands before the one of the file for its region."""

    kind: Mapped[str] = mapped_column(String(40))  # an AidKind, or the share of the national grant
    region: Mapped[str] = mapped_column(String(6), default="")
    begins_on: Mapped[date]
    until: Mapped[date | None]
    amount: Mapped[Decimal | None]
    unit: Mapped[Unit] = mapped_column(default=Unit.YUAN)
    period: Mapped[PaidPer]
    per: Mapped[PaidFor] = mapped_column(default=PaidFor.PERSON)
    condition: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(300))

    __table_args__ = (CheckConstraint("until > begins_on", name="until_after_begin"),)


class BankCard(Model):
    """The card that aid is paid to: the student's own, or the household's. The newest that is not retired counts."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    holder: Mapped[CardHolder]
    holder_name: Mapped[str] = mapped_column(String(100))
    card_number: Mapped[Encrypted]
    card_index: Mapped[str] = mapped_column(String(64), index=True)
    last_four: Mapped[str] = mapped_column(String(4))
    retired_at: Mapped[datetime | None]

    student: Mapped[Student] = relationship()


class Award(Model):
    """One kind of aid for one student and a term or a school year. The status changes only through the service."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    kind: Mapped[AidKind]
    item: Mapped[Item | None]
    school_year: Mapped[int]
    term_number: Mapped[int | None]  # none: the whole year
    amount: Mapped[Decimal | None]  # none: a gift that nobody has valued
    status: Mapped[AwardStatus] = mapped_column(default=AwardStatus.PLANNED)
    decided_on: Mapped[date]
    because: Mapped[Encrypted | None]  # why the student is entitled: it may name the hardship
    project_id: Mapped[int | None] = mapped_column(ForeignKey("cooperation_project.id"))  # through which it is claimed
    claimant_index: Mapped[str] = mapped_column(String(64), index=True)  # of the resident ID at the time
    version: Mapped[int] = mapped_column(default=0)

    student: Mapped[Student] = relationship()
    payments: Mapped[list["Payment"]] = relationship(back_populates="award", order_by="Payment.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_award_months", "school_year", "term_number", "kind", "status"),)

    @property
    def months(self) -> Months:
        return Months(self.school_year, self.term_number)

    @property
    def paid(self) -> Decimal:
        return sum((payment.amount for payment in self.payments), Decimal(0))

    @property
    def rest(self) -> Decimal | None:
        """What is still to be paid; None where no amount was set."""
        return None if self.amount is None else self.amount - self.paid

    @property
    def label(self) -> str:
        return self.item.label if self.item else self.kind.label


class Payment(Model):
    """Money or a gift that was handed over for an award, to which card (its last four digits), by whom."""

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    paid_on: Mapped[date]
    amount: Mapped[Decimal]
    batch: Mapped[str] = mapped_column(String(60), default="")  # the number of the list that went to the bank
    payer: Mapped[Payer] = mapped_column(default=Payer.SCHOOL)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("bank_card.id"))  # none: not by card

    award: Mapped[Award] = relationship(back_populates="payments")
    card: Mapped[BankCard | None] = relationship()


class ImpactDone(Model):
    """That somebody has done what a change of status asked for. The tasks themselves are derived from the history."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    changed_on: Mapped[date]  # the first day of the period that began
    step: Mapped[Step]
    kind: Mapped[AidKind]
    note: Mapped[Encrypted | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    student: Mapped[Student] = relationship()
    done_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("student_id", "changed_on", "step", "kind"),)
