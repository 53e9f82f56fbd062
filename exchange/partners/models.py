"""Who we work with: cooperation projects and partner bureaus, host organisations and their posts."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Base, Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.values import LabourIntensity, LegalStatus, Venue

Kind = TypeVar("Kind", bound="HostRecord")


class ProjectMode(LabelledEnum):
    """How long the students of a project stay."""

    FULL = "full", _("三年全程")
    TWO_PLUS_ONE = "two_plus_one", _("2+1")
    SHORT_TERM = "short_term", _("短期")
    UPGRADE = "upgrade", _("升学衔接")


class CooperationProject(Model):
    """An agreement under which students of some regions study here; it has an end date, and there may be several."""

    name: Mapped[str] = mapped_column(String(120), unique=True)
    legal_basis: Mapped[str] = mapped_column(default="")
    receiving_school: Mapped[str] = mapped_column(String(100), default="")  # empty is ours
    mode: Mapped[ProjectMode] = mapped_column(default=ProjectMode.FULL)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    regions: Mapped[list["ProjectRegion"]] = relationship(cascade="all, delete-orphan", order_by="ProjectRegion.area")

    @property
    def areas(self) -> list[str]:
        """The codes of the sending regions."""
        return [region.area for region in self.regions]


class ProjectRegion(Base):
    """A region that sends students under a project: a county, or a prefecture or province with all of its counties."""

    __tablename__ = "project_region"

    project_id: Mapped[int] = mapped_column(ForeignKey("cooperation_project.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(String(6), primary_key=True)  # GB/T 2260


class Quota(Model):
    """How many students of a county a project takes in one year."""

    project_id: Mapped[int] = mapped_column(ForeignKey("cooperation_project.id", ondelete="CASCADE"))
    year: Mapped[int]
    area: Mapped[str] = mapped_column(String(6))  # a county of GB/T 2260
    places: Mapped[int]

    project: Mapped[CooperationProject] = relationship()

    __table_args__ = (
        UniqueConstraint("project_id", "year", "area"),
        CheckConstraint("places >= 0", name="places_are_not_negative"),
    )


class PartnerRegion(Base):
    """A region for which somebody of a partner bureau may act: the bureau sees nobody of other regions."""

    __tablename__ = "partner_region"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(String(6), primary_key=True)  # GB/T 2260

    user: Mapped[User] = relationship()


class HostOrganisation(Model):
    """A unit that takes interns, known by its unified social credit code (GB 32100)."""

    name: Mapped[str] = mapped_column(String(120))
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    venue: Mapped[Venue]
    country: Mapped[str] = mapped_column(String(2), default="CN")
    province: Mapped[str] = mapped_column(String(6))  # GB/T 2260
    city: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(60), default="")
    contact_phone: Mapped[str] = mapped_column(String(30), default="")  # of the office, not of a person
    legal_status: Mapped[LegalStatus | None]
    staff_total: Mapped[int | None]
    staff_counted_on: Mapped[date | None]  # the day of which the host gave this number and the next
    other_interns: Mapped[int | None]  # from other schools, at once

    records: Mapped[list["HostRecord"]] = relationship(
        back_populates="host_organisation", order_by="HostRecord.id", passive_deletes=True
    )

    def newest(self, kind: type[Kind]) -> Kind | None:
        """The record of this kind that counts."""
        return next((each for each in reversed(self.records) if isinstance(each, kind)), None)


class HostRecord(Model):
    """Something that was looked at, decided or agreed on for a host. The newest of its kind counts, none is deleted.

    All kinds share one table, so that whatever is known of many hosts is read in one statement.
    """

    host_organisation_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line

    host_organisation: Mapped[HostOrganisation] = relationship(back_populates="records")
    recorded_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    @declared_attr.directive
    def __tablename__(cls) -> str | None:  # type: ignore[override]  # a kind has no table of its own
        return None if cls.__name__ != "HostRecord" else "host_record"


class SiteInspection(HostRecord):
    """考察报告 of article 7 with its nine contents, and the three conditions of article 6(3)."""

    inspected_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    inspectors: Mapped[str | None] = mapped_column(String(120))
    items: Mapped[dict[str, Any] | None]  # name of the content → what was found
    complete: Mapped[bool | None]
    fits_training: Mapped[bool | None]
    fits_industry: Mapped[bool | None]

    __mapper_args__ = {"polymorphic_identity": "inspection"}


class CreditCheck(HostRecord):
    """What was looked up of the host's honesty and of the safety of its work (article 6)."""

    checked_on: Mapped[date | None]
    has_dishonesty_record: Mapped[bool | None]
    last_safety_breach_on: Mapped[date | None]  # none: there was none
    source: Mapped[str | None] = mapped_column(String(200))

    __mapper_args__ = {"polymorphic_identity": "credit_check"}


class HostApproval(HostRecord):
    """The meeting of the school's Party organisation that decided on the host (article 7)."""

    party_meeting_on: Mapped[date | None]
    minutes_no: Mapped[str | None] = mapped_column(String(60))

    __mapper_args__ = {"polymorphic_identity": "approval"}


class HostPublication(HostRecord):
    """Where the list with this host was made public (article 7)."""

    published_on: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(String(200))

    __mapper_args__ = {"polymorphic_identity": "publication"}


class InternshipPlan(HostRecord):
    """实习方案 of article 8 with its seven sections, as agreed with the host."""

    agreed_on: Mapped[date | None]
    sections: Mapped[dict[str, Any] | None]  # name of the section → its text

    __mapper_args__ = {"polymorphic_identity": "plan"}


class Post(Model):
    """A kind of work at a host organisation that interns may take up."""

    host_organisation_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    venue: Mapped[Venue]  # a karaoke bar inside a hotel is a post that is barred, the hotel is not
    labour_intensity: Mapped[LabourIntensity | None]
    hazards: Mapped[list[str] | None]  # Hazard values; None: not recorded
    majors: Mapped[list[str] | None]  # codes of the majors that the work fits; None: not recorded
    staff_same_kind: Mapped[int | None]
    wage: Mapped[Decimal | None]  # of an employee in the same post, a month
    lowest_grade_wage: Mapped[Decimal | None]  # of the host, a month

    host_organisation: Mapped[HostOrganisation] = relationship()
