"""Who we work with: cooperation projects, host organisations and their posts."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.values import LabourIntensity, Venue


class ProjectMode(LabelledEnum):
    """How long the students of a project stay."""

    FULL = "full", _("三年全程")
    TWO_PLUS_ONE = "two_plus_one", _("2+1")
    SHORT_TERM = "short_term", _("短期")


class CooperationProject(Model):
    """An agreement under which students of a region study here; it has an end date, and there may be several."""

    name: Mapped[str] = mapped_column(String(120), unique=True)
    legal_basis: Mapped[str] = mapped_column(default="")
    sending_region: Mapped[str] = mapped_column(String(6))  # GB/T 2260
    mode: Mapped[ProjectMode] = mapped_column(default=ProjectMode.FULL)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


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
