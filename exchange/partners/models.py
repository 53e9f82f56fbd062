"""Who we work with: cooperation projects, host organisations and their posts."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


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


class Venue(LabelledEnum):
    """What kind of place it is (``interface.md`` §4)."""

    HOTEL = "HOTEL", _("酒店")
    RESTAURANT = "RESTAURANT", _("餐厅")
    OFFICE = "OFFICE", _("办公室")
    FACTORY = "FACTORY", _("工厂")
    SHOP = "SHOP", _("商店")
    SCHOOL = "SCHOOL", _("学校")
    HOSPITAL = "HOSPITAL", _("医院")
    BAR = "BAR", _("酒吧")
    NIGHTCLUB = "NIGHTCLUB", _("夜总会")
    KARAOKE = "KARAOKE", _("歌厅")
    BATH_CENTRE = "BATH_CENTRE", _("洗浴中心")
    ARCADE = "ARCADE", _("电子游戏厅")
    INTERNET_CAFE = "INTERNET_CAFE", _("网吧")
    OTHER = "OTHER", _("其他")


class LabourIntensity(LabelledEnum):
    """GB 3869; III and IV are forbidden for interns."""

    I = "I", _("Ⅰ级（轻）")  # noqa: E741  # the standard's own name
    II = "II", _("Ⅱ级（中）")
    III = "III", _("Ⅲ级（重）")
    IV = "IV", _("Ⅳ级（极重）")


class Hazard(LabelledEnum):
    """Kinds of dangerous work (``interface.md`` §4)."""

    HEIGHT = "HEIGHT", _("高处作业")
    UNDERGROUND = "UNDERGROUND", _("井下作业")
    RADIATION = "RADIATION", _("放射性物质")
    TOXIC = "TOXIC", _("有毒作业")
    DUST = "DUST", _("粉尘作业")
    FLAMMABLE_EXPLOSIVE = "FLAMMABLE_EXPLOSIVE", _("易燃易爆、灼烫")
    COLD_WATER = "COLD_WATER", _("冷水作业")
    HEAT = "HEAT", _("高温作业")
    LOW_TEMPERATURE = "LOW_TEMPERATURE", _("低温作业")
    HEAVY_LIFTING = "HEAVY_LIFTING", _("负重作业")
    VIBRATING_TOOLS = "VIBRATING_TOOLS", _("振动工具")
    FORCED_POSTURE = "FORCED_POSTURE", _("强迫体位")
    DIVING = "DIVING", _("潜水、涵洞作业")
    ALTITUDE = "ALTITUDE", _("高原作业")
    BOILER = "BOILER", _("锅炉司炉")
    OTHER_HIGH_RISK = "OTHER_HIGH_RISK", _("其他较高安全风险")


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
