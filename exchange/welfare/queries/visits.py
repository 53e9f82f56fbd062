"""Reading home visits: sheets, what was written on them, and who is still to be visited."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db, end_of
from exchange.students.models import Guardianship, Student
from exchange.welfare.models import VisitReport, VisitSheet


def occasions(sheets: Select[VisitSheet]) -> list[str]:
    """The occasions of these sheets, the newest first."""
    named = sheets.with_only_columns(VisitSheet.occasion).group_by(VisitSheet.occasion)
    return list(db.session.scalars(named.order_by(func.max(VisitSheet.id).desc())))


def listed(
    sheets: Select[VisitSheet], *, occasion: str = "", state: str = "", day: date | None = None
) -> Select[VisitSheet]:
    """Sheets with student and reports, who is still to be visited first; to be paged.

    With a day the sheets planned by then, filled where the visit was made by then.
    """
    is_filled = VisitSheet.reports.any(VisitReport.visited_on <= day if day else None)
    if day:
        sheets = sheets.where(VisitSheet.created_at < end_of(day))
    rows = sheets.join(VisitSheet.student).options(
        joinedload(VisitSheet.student).joinedload(Student.school_class),
        selectinload(VisitSheet.reports).joinedload(VisitReport.written_by),
    )
    if occasion:
        rows = rows.where(VisitSheet.occasion == occasion)
    if state:
        rows = rows.where(is_filled if state == "filled" else ~is_filled)
    return rows.order_by(is_filled, VisitSheet.id.desc())


def open_sheets(sheets: Select[VisitSheet], *, most: int) -> list[VisitSheet]:
    """The sheets to take along: nobody has filled them."""
    rows = sheets.join(VisitSheet.student).where(~VisitSheet.reports.any())
    rows = rows.options(joinedload(VisitSheet.student).joinedload(Student.school_class))
    return list(db.session.scalars(rows.order_by(Student.pinyin, VisitSheet.id).limit(most)))


def for_paper(sheets: Select[VisitSheet], ids: Sequence[int]) -> list[VisitSheet]:
    """These sheets with everything that is printed on them, by class and name."""
    student = joinedload(VisitSheet.student)
    rows = (
        sheets.join(VisitSheet.student)
        .where(VisitSheet.id.in_(ids))
        .options(
            student.joinedload(Student.school_class),
            student.selectinload(Student.guardianships).joinedload(Guardianship.guardian),
        )
    )
    return list(db.session.scalars(rows.order_by(Student.school_class_id, Student.pinyin, VisitSheet.id)))


def report_with(key: str) -> VisitReport | None:
    """What a phone has sent under this key."""
    return db.session.scalar(select(VisitReport).where(VisitReport.key == key))


def planned(occasion: str, student_ids: Sequence[int]) -> set[int]:
    """Those of the students who have a sheet for the occasion."""
    rows = select(VisitSheet.student_id).where(VisitSheet.occasion == occasion, VisitSheet.student_id.in_(student_ids))
    return set(db.session.scalars(rows))


def visits_of(student: Student) -> list[VisitSheet]:
    """The sheets of a student, the newest first."""
    rows = select(VisitSheet).where(VisitSheet.student_id == student.id)
    rows = rows.options(selectinload(VisitSheet.reports).joinedload(VisitReport.written_by))
    return list(db.session.scalars(rows.order_by(VisitSheet.id.desc())))
