"""Assessing a class: good rows are written together, none overwrites another unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record, record_all
from exchange.conduct import queries
from exchange.conduct.comments import doubts
from exchange.conduct.events import ConductEvent
from exchange.conduct.models import ConductAssessment, Grade
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import Student


@dataclass(frozen=True)
class Entry:
    """What somebody wants to say about a student, over which version; 0 stands for one never assessed.

    ``confirmed`` says that the comment is meant as it stands, whatever name is in it.
    """

    student: Student
    grade: Grade
    comment: str = ""
    version: int = 0
    confirmed: bool = False
    reason: str = ""


class Outcome(NamedTuple):
    """How many rows were written, and why the others were not: student → sentences."""

    written: int
    refused: dict[int, list[str]]


def assess(school_class: SchoolClass, term: Term, entries: Sequence[Entry], *, by: User | None) -> Outcome:
    """Write the assessments of one class; a row that says what is stored already counts as written."""
    lock(term)  # two people who fill in the same class must see each other's rows
    stored = queries.assessments_of(school_class, term)
    names = {student.id: student.name for student in queries.members(school_class, term)}
    written, refused = 0, {}
    for entry in entries:
        assessment = stored.get(entry.student.id)
        if why := _refusals(entry, assessment, names):
            refused[entry.student.id] = why
        else:
            written += _write(entry, assessment, term, by=by)
    db.session.flush()
    return Outcome(written, refused)


def release(school_class: SchoolClass, term: Term, *, by: User | None) -> int:
    """Let the students and their guardians read the assessments; returns how many. Raises ``NotPossible``."""
    lock(term)
    stored = queries.assessments_of(school_class, term)
    missing = [student for student in queries.members(school_class, term) if student.id not in stored]
    if missing:
        named = str(_("、")).join(student.name for student in missing[:5])
        raise NotPossible(_("还有 %(count)s 名学生没有评定：%(named)s。", count=len(missing), named=named))
    fresh = [assessment for assessment in stored.values() if assessment.released_at is None]
    if not fresh:
        raise NotPossible(_("都已经公布了。"))
    for assessment in fresh:
        assessment.released_at = now()
    told = {"school_year": term.school_year, "number": term.number}
    record_all(ConductEvent.RELEASED, Student, [(each.student_id, told) for each in fresh], by=by)
    return len(fresh)


def _refusals(entry: Entry, stored: ConductAssessment | None, names: dict[int, str]) -> list[str]:
    """Why this row is not written; empty when it can be."""
    if entry.student.id not in names:
        return [str(_("这名学生这学期不在这个班。"))]
    if stored and _is_same(entry, stored):
        return []
    if entry.version != (stored.version if stored else 0):
        return [_overtaken(stored)]
    if stored and stored.released_at and not entry.reason.strip():
        return [str(_("已经公布了，修改要写理由。"))]
    if entry.confirmed:
        return []
    others = [name for student_id, name in names.items() if student_id != entry.student.id]
    return doubts(entry.comment, name=entry.student.name, sex=entry.student.sex, classmates=others)


def _write(entry: Entry, stored: ConductAssessment | None, term: Term, *, by: User | None) -> bool:
    """Whether there was anything to write."""
    if stored and _is_same(entry, stored):
        return False
    told: dict[str, Any] = {"school_year": term.school_year, "number": term.number}
    comment = entry.comment.strip()
    if stored is None:
        db.session.add(
            ConductAssessment(
                student=entry.student,
                term=term,
                grade=entry.grade,
                comment=comment or None,
                assessed_by_id=by.id if by else None,
            )
        )
        record(ConductEvent.ASSESSED, entry.student, by=by, grade=entry.grade.value, **told)
        return True
    changes = {"grade": [stored.grade.value, entry.grade.value], "comment": [stored.comment or "", comment]}
    stored.grade, stored.comment, stored.version = entry.grade, comment or None, stored.version + 1
    stored.assessed_by_id, stored.assessed_at = by.id if by else None, now()
    record(ConductEvent.CHANGED, entry.student, by=by, reason=entry.reason.strip(), **changes, **told)
    return True


def _is_same(entry: Entry, stored: ConductAssessment) -> bool:
    return (entry.grade, entry.comment.strip()) == (stored.grade, stored.comment or "")


def _overtaken(stored: ConductAssessment | None) -> str:
    """What somebody else has written meanwhile, so that nobody overwrites it unseen."""
    if stored is None:
        return str(_("这一页不是最新的，请重新打开。"))
    who = stored.assessed_by.name if stored.assessed_by else _("别人")
    theirs = {"who": who, "grade": stored.grade.label, "comment": stored.comment or _("没有评语")}
    return str(_("%(who)s刚才评了“%(grade)s”：%(comment)s 要用这里写的，再保存一次。", **theirs))
