"""Terms, programmes of study with their versions and courses, and classes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.partners.models import CooperationProject
from exchange.programmes import weights


class Term(Model):
    """Half a school year. ``number`` 1 begins in September, 2 in February."""

    school_year: Mapped[int]  # 2026 stands for 2026–2027
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    __table_args__ = (UniqueConstraint("school_year", "number"),)

    @property
    def label(self) -> str:
        """2026–2027学年 第一学期."""
        years = {"first": self.school_year, "second": self.school_year + 1}
        if self.number == 1:
            return _("%(first)s–%(second)s学年第一学期", **years)
        return _("%(first)s–%(second)s学年第二学期", **years)


class CourseKind(LabelledEnum):
    """JY/T 1005, 课程分类代码."""

    BASIC = "1", _("文化基础课")
    MAJOR_BASIC = "2", _("专业基础课")
    MAJOR = "3", _("专业课")
    RECOMMENDED_ELECTIVE = "4", _("推荐选修课")
    FREE_ELECTIVE = "5", _("任意选修课")
    PROJECT = "6", _("课程设计与实习")
    POST_INTERNSHIP = "7", _("顶岗实习或实训")
    SOCIAL_PRACTICE = "8", _("社会实践")
    MILITARY_TRAINING = "9", _("军训")


class BasicSubject(LabelledEnum):
    """The public basic subjects that a programme of study has to teach."""

    POLITICS = "politics", _("思想政治")
    CHINESE = "chinese", _("语文")
    HISTORY = "history", _("历史")
    MATHEMATICS = "mathematics", _("数学")
    FOREIGN_LANGUAGE = "foreign_language", _("外语")
    COMPUTING = "computing", _("信息技术")
    SPORT = "sport", _("体育与健康")
    ARTS = "arts", _("艺术")
    LABOUR = "labour", _("劳动教育")


class VersionStatus(LabelledEnum):
    DRAFT = "draft", _("草稿")
    IN_FORCE = "in_force", _("施行中")
    REPLACED = "replaced", _("已被替代")

    @property
    def tone(self) -> str:
        return {"draft": "waiting", "in_force": "done", "replaced": "info"}[self.value]


class Programme(Model):
    """The programme of study of one major for one intake."""

    major: Mapped[str] = mapped_column(
        String(6), index=True
    )  # the national code; its first two digits are the category
    name: Mapped[str] = mapped_column(String(80))
    intake_year: Mapped[int]
    length_years: Mapped[int] = mapped_column(default=3)

    __table_args__ = (UniqueConstraint("major", "intake_year"),)


class CourseValues:
    """What a programme says of a course: how much of it, in which term of study, how it is assessed and passed."""

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[CourseKind]
    subject: Mapped[BasicSubject | None]
    is_elective: Mapped[bool] = mapped_column(default=False)
    is_core: Mapped[bool] = mapped_column(default=False)
    hours: Mapped[int]
    practice_hours: Mapped[int] = mapped_column(default=0)  # of these hours
    internship_months: Mapped[Decimal | None] = mapped_column(Numeric(3, 1))  # of post internships only
    credits: Mapped[Decimal]
    term_of_study: Mapped[int]  # 1 to 6
    pass_score: Mapped[int] = mapped_column(default=60)
    weights: Mapped[list[Any]] = mapped_column(default=list)  # [["平时", 40], ["期末", 60]]; sheets begin with them

    @property
    def weights_line(self) -> str:
        """平时 40，期末 60."""
        return weights.write(self.weights)


class Course(CourseValues, Model):
    """A course that is taught, or was, as the version in force has it. Sheets and attempts hang on it.

    Within a programme the code says which course it is, from version to version. ``removed_in`` is the number of the
    version that has it no more.
    """

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    removed_in: Mapped[int | None]

    programme: Mapped[Programme] = relationship()

    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class ProgrammeVersion(Model):
    """One state of a programme, as it was approved. Only a draft is edited; at most one is in force."""

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    status: Mapped[VersionStatus] = mapped_column(default=VersionStatus.DRAFT)
    approved_on: Mapped[date | None]
    approved_by: Mapped[str] = mapped_column(String(100), default="")  # the body that decided
    document: Mapped[str] = mapped_column(String(100), default="")  # number or title of its decision
    in_force_from: Mapped[date | None]
    replaced_on: Mapped[date | None]

    programme: Mapped[Programme] = relationship()

    __table_args__ = (UniqueConstraint("programme_id", "number"),)


class PlannedCourse(CourseValues, Model):
    """A course as one version has it. The course of the programme with the same code is the same course."""

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))

    version: Mapped[ProgrammeVersion] = relationship()

    __table_args__ = (UniqueConstraint("version_id", "code"),)


class SchoolClass(Model):
    """A class (cohort). Its name, as it stands in 班级名称, is unique in the system and serves as its code."""

    name: Mapped[str] = mapped_column(String(60), unique=True)
    intake_year: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]  # two digits of the student number
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("cooperation_project.id"), index=True)
    homeroom_teacher_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    programme: Mapped[Programme] = relationship()
    project: Mapped[CooperationProject | None] = relationship()
    homeroom_teacher: Mapped[User | None] = relationship()  # of today; HomeroomPeriod tells from when to when


class HomeroomPeriod(Model):
    """Who is homeroom teacher of a class from which day on; without a teacher the class has none in that time.

    A class of which nobody ever told since when has no periods. One that lies ahead takes effect on its day.
    """

    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    begins_on: Mapped[date]
    until: Mapped[date | None]  # the first day on which it holds no more

    school_class: Mapped[SchoolClass] = relationship()
    teacher: Mapped[User | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Whether it had begun by the day and had not ended."""
        return self.begins_on <= day and (self.until is None or self.until > day)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; none while there is no end."""
        return self.until - timedelta(days=1) if self.until else None

    __table_args__ = (UniqueConstraint("school_class_id", "begins_on"),)
