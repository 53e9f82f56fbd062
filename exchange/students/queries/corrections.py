"""Reading requests to correct a record: the queue, a person's own, and what waits."""

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.counting import naming_few
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.students import policy
from exchange.students.models import KEY_DATA, Correction, CorrectionField, CorrectionStatus, Student

ANSWERED = (CorrectionStatus.APPROVED, CorrectionStatus.REFUSED)
VIEWS = {"": _("等待处理"), "unfiled": _("还没有报备"), "all": _("全部")}
SHOWN_ANSWERS = 3


def listed(scope: Select[Correction], show: str) -> Select[Correction]:
    """The queue: what waits, the oldest first; what was approved and not filed; or everything, the newest first."""
    corrections = scope.options(
        joinedload(Correction.student).joinedload(Student.school_class),
        joinedload(Correction.asked_by),
        joinedload(Correction.guardian),
    )
    if show == "unfiled":
        return corrections.where(awaiting_filing()).order_by(Correction.id)
    if show == "all":
        return corrections.order_by(Correction.id.desc())
    return corrections.where(Correction.status == CorrectionStatus.PENDING).order_by(Correction.id)


def awaiting_filing() -> ColumnElement[bool]:
    """Key data that was put right and of which the authority was not told yet."""
    return and_(
        Correction.status == CorrectionStatus.APPROVED, Correction.field.in_(KEY_DATA), Correction.filed_on.is_(None)
    )


def asked_for(students: list[Student]) -> list[Correction]:
    """What was asked about these students, by whomever of the family, the newest first."""
    ids = [student.id for student in students]
    found = select(Correction).where(Correction.student_id.in_(ids)).options(joinedload(Correction.guardian))
    return list(db.session.scalars(found.order_by(Correction.id.desc()).limit(50)))


def pending(student: Student, field: CorrectionField, guardian_id: int | None) -> Correction | None:
    """A request about the same field that nobody has decided."""
    same = select(Correction).where(
        Correction.student_id == student.id,
        Correction.field == field,
        Correction.status == CorrectionStatus.PENDING,
        Correction.guardian_id == guardian_id if guardian_id else Correction.guardian_id.is_(None),
    )
    return db.session.scalar(same.limit(1))


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """Corrections on somebody's home: for the registrar what waits, for whoever asked an answer not yet read."""
    rows = _queue(user) if user.may(Permission.STUDENT_CORRECT) else []
    if user.may(Permission.STUDENT_MINE):
        rows += _answers(user)
    return rows


def _queue(user: User) -> list[tuple[str, str, str]]:
    pending_one = Correction.status == CorrectionStatus.PENDING
    oldest = select(Student.name).join(Correction).where(pending_one).order_by(Correction.id).limit(1)
    first = oldest.correlate(None).scalar_subquery()
    people = func.count(Correction.student_id.distinct()).filter(pending_one)
    counted = select(func.count().filter(pending_one), func.count(), people, first)
    waiting, together, students, name = db.session.execute(counted.where(or_(pending_one, awaiting_filing()))).one()
    rows = []
    if waiting:
        title = _("处理 %(count)s 件更正申请", count=waiting)
        detail = naming_few(name, students, _("学生或监护人在等答复"))
        rows.append((title, detail, url_for("students.corrections")))
    if together > waiting:
        title = _("%(count)s 件关键信息更正还没有报备", count=together - waiting)
        rows.append((title, _("报主管部门以后登记日期"), url_for("students.corrections", show="unfiled")))
    return rows


def _answers(user: User) -> list[tuple[str, str, str]]:
    answered = policy.corrections_visible_to(user).where(
        Correction.asked_by_id == user.id, Correction.status.in_(ANSWERED), Correction.seen_at.is_(None)
    )
    return [
        (
            _("更正申请有答复：%(field)s", field=each.field.label),
            str(each.status.label),
            url_for("students.mine"),
        )
        for each in db.session.scalars(answered.order_by(Correction.id).limit(SHOWN_ANSWERS))
    ]
