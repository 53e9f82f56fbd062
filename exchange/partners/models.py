"""Who we work with: cooperation projects and partner bureaus, host organisations and their posts."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Base, Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.values import LabourIntensity, Venue


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


class Post(Model):
    """A kind of work at a host organisation that interns may take up."""

    host_organisation_id: Mapped[int] = mapped_column(ForeignKey("host_organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    venue: Mapped[Venue]  # a karaoke bar inside a hotel is a post that is barred, the hotel is not
    labour_intensity: Mapped[LabourIntensity | None]
    hazards: Mapped[list[str] | None]  # Hazard values; None: not recorded

    host_organisation: Mapped[HostOrganisation] = relationship()
