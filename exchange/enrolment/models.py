"""Applicants on their way to the register, the groups in which they travel, and the registration of each term."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.models import CooperationProject
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import Sex, Student


class ApplicantStatus(LabelledEnum):
    APPLIED = "applied", _("已报名")
    ADMITTED = "admitted", _("已录取")
    ARRIVED = "arrived", _("已报到")
    REGISTERED = "registered", _("已注册")
    REJECTED = "rejected", _("未录取")
    DECLINED = "declined", _("放弃")
    FORFEITED = "forfeited", _("逾期未到")

    @property
    def tone(self) -> str:
        """How the status tag looks."""
        return TONES.get(self, "waiting")


TONES = {
    ApplicantStatus.ADMITTED: "info",
    ApplicantStatus.ARRIVED: "info",
    ApplicantStatus.REGISTERED: "done",
    ApplicantStatus.REJECTED: "blocked",
    ApplicantStatus.DECLINED: "warning",
    ApplicantStatus.FORFEITED: "warning",
}


class EntryDocument(LabelledEnum):
    """What a new student brings to the registration."""

    ADMISSION_LETTER = "admission_letter", _("录取通知书")
    IDENTITY_CARD = "identity_card", _("身份证")
    HOUSEHOLD_REGISTER = "household_register", _("户口簿")
    JUNIOR_DIPLOMA = "junior_diploma", _("初中毕业证")


class ArrivalGroup(Model):
    """Some who travel together: by which train or flight, when they arrive, and who brings them."""

    project_id: Mapped[int] = mapped_column(ForeignKey("cooperation_project.id"))
    intake_year: Mapped[int]
    arrives_on: Mapped[date] = mapped_column(index=True)
    arrives_at: Mapped[time | None]  # of the clock at the school
    transport: Mapped[str] = mapped_column(String(80), default="")  # G1376, MU5748, a coach
    place: Mapped[str] = mapped_column(String(80), default="")  # the station or airport where they are met
    escort_name: Mapped[str] = mapped_column(String(60), default="")  # 送读老师
    escort_phone: Mapped[Encrypted | None]

    project: Mapped[CooperationProject] = relationship()

    __table_args__ = (Index("ix_arrival_group_intake", "project_id", "intake_year"),)


class Applicant(Model):
    """Somebody whom a county has put forward for an intake of a project.

    The status changes only through ``service.change_status``. Nothing here tells of poverty. When somebody who was not
    taken is forgotten, the row stays for the count and everything that names the person is emptied.
    """

    project_id: Mapped[int] = mapped_column(ForeignKey("cooperation_project.id"))
    intake_year: Mapped[int]
    school_class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    status: Mapped[ApplicantStatus] = mapped_column(default=ApplicantStatus.APPLIED)
    name: Mapped[str] = mapped_column(String(100))  # exactly as on the identity document
    resident_id: Mapped[Encrypted | None]
    resident_id_index: Mapped[str | None] = mapped_column(String(64))
    sex: Mapped[Sex]
    birth_date: Mapped[date | None]
    ethnicity: Mapped[str] = mapped_column(String(2), default="")  # GB/T 3304
    county: Mapped[str] = mapped_column(String(6), index=True)  # GB/T 2260
    phone: Mapped[Encrypted | None]
    guardian_name: Mapped[str] = mapped_column(String(100), default="")
    guardian_relation: Mapped[str] = mapped_column(String(30), default="")
    guardian_phone: Mapped[Encrypted | None]
    home_school: Mapped[str] = mapped_column(String(100), default="")  # 原籍学校: where the applicant comes from
    wishes: Mapped[str] = mapped_column(String(200), default="")  # 志愿: which majors, in the applicant's own order
    admission_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    admitted_on: Mapped[date | None]
    arrival_group_id: Mapped[int | None] = mapped_column(ForeignKey("arrival_group.id"), index=True)
    late_until: Mapped[date | None]  # may come later, on application
    arrived_at: Mapped[datetime | None]
    parents_told_at: Mapped[datetime | None]  # 报平安
    parents_told_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    documents: Mapped[list[str]] = mapped_column(default=list)  # EntryDocument values that were seen
    closed_on: Mapped[date | None]  # turned down, given up or lost: from this day the time to forget runs
    forgotten_at: Mapped[datetime | None]
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), unique=True)

    project: Mapped[CooperationProject] = relationship()
    school_class: Mapped[SchoolClass | None] = relationship()
    arrival_group: Mapped[ArrivalGroup | None] = relationship()
    parents_told_by: Mapped[User | None] = relationship()
    student: Mapped[Student | None] = relationship()

    __table_args__ = (
        UniqueConstraint("intake_year", "resident_id_index"),
        Index("ix_applicant_intake", "project_id", "intake_year", "status"),
    )

    @property
    def is_forgotten(self) -> bool:
        return self.forgotten_at is not None

    @property
    def expected_on(self) -> date | None:
        """The day on which the applicant should be here."""
        return self.late_until or (self.arrival_group.arrives_on if self.arrival_group else None)


class TermRegistration(Model):
    """学期注册: the student has come back for the term and is on the class list."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    registered_on: Mapped[date]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line

    student: Mapped[Student] = relationship()
    term: Mapped[Term] = relationship()
    registered_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("student_id", "term_id"),)
