"""A batch of internships, the classes that take part, and the openings that they may choose from."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.core.database import Base, Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.models import HostOrganisation, Post
from exchange.partners.values import Hazard
from exchange.programmes.models import SchoolClass
from exchange.students.models import Sex


class BatchStatus(LabelledEnum):
    DRAFT = "draft", _("筹备中")
    ANNOUNCED = "announced", _("选拔中")
    PUBLISHED = "published", _("结果已公布")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"published": "done", "announced": "info"}.get(self.value, "waiting")


class InternshipBatch(Model):
    """实习批次: who goes out in the same months. Applications come from the first day to the last, both included."""

    name: Mapped[str] = mapped_column(String(80), unique=True)
    school_year: Mapped[int]  # 2026 stands for 2026–2027
    term_number: Mapped[int]
    starts_on: Mapped[date]  # of the internships
    ends_on: Mapped[date]
    applications_from: Mapped[date]
    applications_until: Mapped[date]
    most_choices: Mapped[int]  # how many openings a student may rank
    appeal_days: Mapped[int]  # after the publication
    notes: Mapped[str] = mapped_column(String(1000), default="")  # students and guardians read it
    status: Mapped[BatchStatus] = mapped_column(default=BatchStatus.DRAFT)
    published_at: Mapped[datetime | None]
    appeals_until: Mapped[date | None]  # the last day
    version: Mapped[int] = mapped_column(nullable=False)

    class_rows: Mapped[list["BatchClass"]] = relationship(cascade="all, delete-orphan", order_by="BatchClass.class_id")
    openings: Mapped[list["Opening"]] = relationship(back_populates="batch", order_by="Opening.id")

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("applications_until >= applications_from", name="closes_after_opening"),
        Index("ix_internship_batch_status", "status"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def class_ids(self) -> set[int]:
        """Of the classes that take part."""
        return {row.class_id for row in self.class_rows}

    def takes_applications(self, on: date) -> bool:
        """Whether choices may be handed in and changed on that day."""
        return self.status is BatchStatus.ANNOUNCED and self.applications_from <= on <= self.applications_until


class BatchClass(Base):
    """A class that takes part in a batch."""

    __tablename__ = "internship_batch_class"

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id", ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True, index=True)

    school_class: Mapped[SchoolClass] = relationship()


class Opening(Model):
    """A post that a batch offers, with what students and guardians want to know before they choose."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    places: Mapped[int]
    hours_per_week: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    pay: Mapped[Decimal | None]  # yuan a month
    lodging: Mapped[str] = mapped_column(String(200), default="")
    beds_for_women: Mapped[int | None]  # none: lodging sets no limit
    beds_for_men: Mapped[int | None]
    in_company: Mapped[bool] = mapped_column(default=False)  # nobody is sent to this host alone
    notes: Mapped[str] = mapped_column(String(500), default="")

    batch: Mapped[InternshipBatch] = relationship(back_populates="openings")
    post: Mapped[Post] = relationship()
    class_rows: Mapped[list["OpeningClass"]] = relationship(
        cascade="all, delete-orphan", order_by="OpeningClass.class_id"
    )

    __table_args__ = (
        UniqueConstraint("batch_id", "post_id"),
        CheckConstraint("places >= 1", name="has_places"),
    )

    @property
    def host(self) -> HostOrganisation:
        return self.post.host_organisation

    @property
    def title(self) -> str:
        """Host and post, as lists name the opening."""
        return f"{self.host.name} · {self.post.name}"

    @property
    def where(self) -> str:
        """The city, or the address where no city is registered."""
        return self.host.city or self.host.address

    @property
    def hazards(self) -> list[str]:
        """What is dangerous about the work, in words; nothing also where nobody has looked yet."""
        return [str(Hazard(each).label) for each in self.post.hazards or ()]

    @property
    def class_ids(self) -> set[int]:
        """Of the classes that it is for; empty stands for all of the batch."""
        return {row.class_id for row in self.class_rows}

    def is_for(self, class_id: int) -> bool:
        return not self.class_rows or class_id in self.class_ids

    def beds_for(self, sex: Sex) -> int | None:
        """Beds for students of this sex; none where lodging sets no limit."""
        return self.beds_for_women if sex is Sex.FEMALE else self.beds_for_men


class OpeningClass(Base):
    """A class that an opening is for."""

    __tablename__ = "opening_class"

    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), primary_key=True, index=True)
