"""Students, what their record said when, and from where their names may be typed."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Base, Model
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass

if TYPE_CHECKING:
    from exchange.students.models.guardians import Guardianship

BYTEWISE = String(200, collation="C").with_variant(String(200), "sqlite")
"""Text in the order of its code points on both databases, so that a range finds what begins alike."""


class Sex(LabelledEnum):
    """GB/T 2261.1."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class StudentStatus(LabelledEnum):
    """JY/T 1001, 学生当前状态码. The first two are on the roll (在籍); all others are final."""

    REGISTERED = "01", _("在读")
    ON_LEAVE = "02", _("休学")
    WITHDRAWN = "03", _("退学")
    LOST = "06", _("流失")
    GRADUATED = "07", _("毕业")
    COMPLETED = "08", _("结业")
    TRANSFERRED = "10", _("转出")
    DECEASED = "11", _("死亡")
    EXPELLED = "14", _("开除")


ON_ROLL = (StudentStatus.REGISTERED, StudentStatus.ON_LEAVE)


class Student(Model):
    """A student and the state of the record today.

    The name is kept exactly as on the identity document. What identifies the person is encrypted; the blind index
    finds and compares it. ``national`` keeps the other columns of the national sheet as they were written.
    """

    student_no: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100), index=True)  # namesakes are looked up on every list
    pinyin: Mapped[str] = mapped_column(String(200), index=True)  # "dao yu lan": search and order
    initials: Mapped[str] = mapped_column(String(50), index=True)  # "dyl"
    native_name: Mapped[str] = mapped_column(String(100), default="")  # in Tai Le or Jingpo
    resident_id: Mapped[Encrypted]
    resident_id_index: Mapped[str] = mapped_column(String(64), unique=True)
    national_student_no: Mapped[Encrypted | None]
    sex: Mapped[Sex]
    birth_date: Mapped[date]
    ethnicity: Mapped[str] = mapped_column(String(2))  # GB/T 3304
    county_of_origin: Mapped[str] = mapped_column(String(6), default="", index=True)  # GB/T 2260
    phone: Mapped[Encrypted | None]
    address: Mapped[Encrypted | None]
    poverty: Mapped[Encrypted | None]  # 困难类型; for the aid officer alone
    national: Mapped[EncryptedJSON | None]
    status: Mapped[StudentStatus] = mapped_column(default=StudentStatus.REGISTERED)
    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    enrolled_on: Mapped[date]
    home_school: Mapped[str] = mapped_column(String(100), default="")  # 原籍学校: sends the student
    host_school: Mapped[str] = mapped_column(String(100), default="")  # 就读学校: teaches; empty is ours
    registry_school: Mapped[str] = mapped_column(String(100), default="")  # 学籍学校; empty is ours
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)

    school_class: Mapped[SchoolClass] = relationship()
    user: Mapped[User | None] = relationship()
    guardianships: Mapped[list["Guardianship"]] = relationship(
        back_populates="student", cascade="all, delete-orphan", order_by="Guardianship.id"
    )

    __table_args__ = (Index("ix_student_class_pinyin", "school_class_id", "pinyin"),)


class Period(Model):
    """From which day to before which day a student had a status and belonged to a class.

    The periods of a student follow each other without a gap from the day of enrolment on; the last one is open. Only
    students whose state has ever changed have any: the state of the others is the one in their row, since they came.
    Written by ``service.set_history`` alone.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"))
    begins_on: Mapped[date]
    until: Mapped[date | None]  # the first day of the next period
    status: Mapped[StudentStatus]
    school_class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)

    student: Mapped[Student] = relationship()
    school_class: Mapped[SchoolClass] = relationship()

    __table_args__ = (UniqueConstraint("student_id", "begins_on"),)


class NamePart(Base):
    """From where a name may be typed: each character, and each syllable of the pinyin, to the end of the name.

    A search for the middle of a name is then one for the beginning of a part, which an index answers however many
    students there are. Kept by ``students.search``.
    """

    __tablename__ = "name_part"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)

    __table_args__ = (Index("ix_name_part_text", "text", "student_id"),)
