"""A student's internship on a post, and the records that the law asks for before the first day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, func, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.models import HostOrganisation, Post
from exchange.placements.facts.values import Arranger, Capability, FilingKind, InsurancePayer, InternshipKind, Step
from exchange.students.models import Student


class PlacementStatus(LabelledEnum):
    DRAFT = "draft", _("待批准")
    PREPARING = "preparing", _("准备中")
    ACTIVE = "active", _("实习中")
    ENDED = "ended", _("已结束")
    TERMINATED = "terminated", _("已终止")


class VoidReason(LabelledEnum):
    """Why a record no longer counts."""

    REPLACED = "replaced", _("有新的登记")
    PLAN_CHANGED = "plan_changed", _("实习安排有变动")
    TEXT_CHANGED = "text_changed", _("出了新的文本")


class Placement(Model):
    """One student at one post of a host organisation for some months.

    The status changes only through ``service.change_status``; records are never deleted, only voided.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    status: Mapped[PlacementStatus] = mapped_column(default=PlacementStatus.DRAFT)
    kind: Mapped[InternshipKind] = mapped_column(default=InternshipKind.POST)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    left_on: Mapped[date | None]  # the last day of one that ended early; none where it never began
    workplace: Mapped[str] = mapped_column(String(200), default="")  # the address where the student works
    directions: Mapped[str] = mapped_column(String(500), default="")  # how to get there
    instructor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    instructor_phone: Mapped[Encrypted | None]
    mentor_name: Mapped[str] = mapped_column(String(60), default="")
    mentor_phone: Mapped[Encrypted | None]
    arranged_by: Mapped[Arranger] = mapped_column(default=Arranger.SCHOOL)
    student_applied_on: Mapped[date | None]  # the application for a host of the student's own choice
    guardian_applied_on: Mapped[date | None]
    school_agreed_on: Mapped[date | None]
    agency: Mapped[str] = mapped_column(String(120), default="")  # none, as the law wants it
    capability: Mapped[Capability | None]
    excused: Mapped[list[str]] = mapped_column(default=list)  # warnings that the approval has given a reason for

    student: Mapped[Student] = relationship()
    post: Mapped[Post] = relationship()
    instructor: Mapped[User | None] = relationship()
    consents: Mapped[list["Consent"]] = relationship(back_populates="placement", order_by="Consent.id")
    agreements: Mapped[list["Agreement"]] = relationship(back_populates="placement", order_by="Agreement.id")
    safety_tests: Mapped[list["SafetyTest"]] = relationship(back_populates="placement", order_by="SafetyTest.id")
    insurances: Mapped[list["Insurance"]] = relationship(back_populates="placement", order_by="Insurance.id")
    filings: Mapped[list["Filing"]] = relationship(back_populates="placement", order_by="Filing.id")
    trainings: Mapped[list["Training"]] = relationship(back_populates="placement", order_by="Training.id")
    lodgings: Mapped[list["Lodging"]] = relationship(back_populates="placement", order_by="Lodging.id")
    declarations: Mapped[list["Declaration"]] = relationship(back_populates="placement", order_by="Declaration.id")

    check: Mapped["PlacementCheck | None"] = relationship(viewonly=True)

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_placement_status_starts_on", "status", "starts_on"),
    )

    @hybrid_property
    def last_day(self) -> date:
        """The last day on which it holds: the planned one, or the one on which it ended early."""
        return self.left_on or self.ends_on

    @last_day.inplace.expression
    @classmethod
    def _last_day(cls) -> ColumnElement[date]:
        return func.coalesce(cls.left_on, cls.ends_on)

    @property
    def host(self) -> HostOrganisation:
        return self.post.host_organisation


class PlacementRecord(Model):
    """Something that was signed, passed, taken out or filed for a placement. The newest that is not void counts."""

    __abstract__ = True

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[VoidReason | None]

    @declared_attr
    def recorded_by(cls) -> Mapped[User | None]:  # SQLAlchemy calls it on the class
        return relationship(User)

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None


class Consent(PlacementRecord):
    """知情同意书 of article 9."""

    student_signed_on: Mapped[date | None]
    guardian_signed_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="consents")


class Agreement(PlacementRecord):
    """三方协议 of articles 14 and 15; ``items`` says which of the nine contents it holds."""

    template: Mapped[str] = mapped_column(String(80))
    school_signed_on: Mapped[date | None]
    host_signed_on: Mapped[date | None]
    student_signed_on: Mapped[date | None]
    guardian_signed_on: Mapped[date | None]
    items: Mapped[dict[str, Any]]

    placement: Mapped[Placement] = relationship(back_populates="agreements")


class SafetyTest(PlacementRecord):
    """安全考核 of article 31."""

    score: Mapped[Decimal | None]
    pass_score: Mapped[Decimal | None]
    taken_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="safety_tests")


class Insurance(PlacementRecord):
    """实习责任保险 of article 35, from the first to the last day of cover."""

    covers_from: Mapped[date | None]
    covers_to: Mapped[date | None]
    payer: Mapped[InsurancePayer | None]
    student_listed: Mapped[bool | None]
    student_paid: Mapped[Decimal | None]

    placement: Mapped[Placement] = relationship(back_populates="insurances")


class Filing(PlacementRecord):
    """备案 with the authority (articles 5, 17, 24, 25)."""

    kind: Mapped[FilingKind]
    scopes: Mapped[list[str]] = mapped_column(default=list)  # ExceptionScope values
    authority_consent_on: Mapped[date | None]
    filed_on: Mapped[date | None]
    package_sent_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="filings")


class Training(PlacementRecord):
    """实习前培训 of article 8: when each of the three took part."""

    student_on: Mapped[date | None]
    instructor_on: Mapped[date | None]
    mentor_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="trainings")


class Lodging(PlacementRecord):
    """住宿 of article 24: together with the others, or elsewhere with the guardian's consent."""

    away_from_home: Mapped[bool | None]
    unified: Mapped[bool | None]
    address: Mapped[str] = mapped_column(String(200), default="")
    warden_phone: Mapped[str] = mapped_column(String(30), default="")  # of the desk, not of a person
    guardian_agreed_on: Mapped[date | None]
    school_filed_on: Mapped[date | None]

    placement: Mapped[Placement] = relationship(back_populates="lodgings")


class Declaration(PlacementRecord):
    """What is taken from the student (article 20). An empty list says that there is nothing, none that nobody asked."""

    fees: Mapped[list[Any] | None]  # {"kind": a FeeKind value, "amount": yuan}
    documents_withheld: Mapped[list[str] | None]  # WithheldDocument values
    guarantees: Mapped[list[str] | None]  # in words

    placement: Mapped[Placement] = relationship(back_populates="declarations")


class PlacementCheck(Model):
    """What the last re-check found of a placement: one row, written anew only when something has changed.

    A table of its own, so that the nightly run touches no placement that people are working on. ``found`` are the rules
    that stand against it; ``broken`` are those among them that held before, which makes them new problems until they
    hold again. Before the first day what was never there is no new problem, for that is what the checklist is for; who
    works has begun with nothing open, so everything that is found then is new.
    """

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True, unique=True)
    checked_at: Mapped[datetime]
    step: Mapped[Step]
    found: Mapped[list[str]]
    broken: Mapped[list[str]]
    has_new: Mapped[bool]

    __table_args__ = (
        Index(
            "ix_placement_check_has_new",
            "placement_id",
            sqlite_where=text("has_new"),
            postgresql_where=text("has_new"),
        ),
    )


RELATIONS: dict[type[PlacementRecord], str] = {
    Consent: "consents",
    Agreement: "agreements",
    SafetyTest: "safety_tests",
    Insurance: "insurances",
    Filing: "filings",
    Training: "trainings",
    Lodging: "lodgings",
    Declaration: "declarations",
}
"""Kind of record → where a placement holds its records of this kind."""
