"""Grading an internship: the mentor through the link, the instructor for the school."""

from decimal import Decimal

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.journals.events import JournalEvent
from exchange.journals.grading import mark_of
from exchange.journals.models import Appraisal
from exchange.journals.queries.appraisals import appraisals_of, is_gradable, to_grade
from exchange.journals.queries.mentors import students_of
from exchange.journals.values import Level
from exchange.partners.models import HostOrganisation
from exchange.placements.models import Placement

MOST = 100


def appraise_as_mentor(
    host: HostOrganisation, mentor: str, *, placement_id: int, process: Level, result: Level, words: str = ""
) -> Appraisal:
    """The mentor's levels for one own student, once. Raises ``NotPossible``."""
    own = {each.id: each for each in to_grade(students_of(host, mentor))}
    placement = own.get(placement_id)
    if placement is None:
        raise NotPossible(_("这名学生现在不用您鉴定。请重新打开链接。"))
    lock(placement)
    appraisal = _appraisal(placement)
    marks = {"host_process": mark_of(process, placement.starts_on), "host_result": mark_of(result, placement.starts_on)}
    _grade(appraisal, marks)
    appraisal.host_words, appraisal.host_graded_by, appraisal.host_graded_at = words or None, mentor, now()
    record(JournalEvent.HOST_APPRAISED, appraisal, by=None, mentor=mentor, process=process, result=result)
    return appraisal


def appraise_as_school(
    placement: Placement, *, process: Decimal, result: Decimal, words: str = "", by: User | None
) -> Appraisal:
    """The school's marks from 0 to 100, until the internship is ended. Raises ``NotPossible``."""
    lock(placement)
    if not is_gradable(placement):
        raise NotPossible(_("实习快结束时才鉴定，办了结束就不能再改。"))
    if not all(0 <= each <= MOST for each in (process, result)):
        raise NotPossible(_("分数在 0 到 100 之间。"))
    appraisal = _appraisal(placement)
    former = [appraisal.school_process, appraisal.school_result]
    _grade(appraisal, {"school_process": process, "school_result": result})
    appraisal.school_words, appraisal.school_graded_at = words or None, now()
    appraisal.school_graded_by_id = by.id if by else None
    record(JournalEvent.SCHOOL_APPRAISED, appraisal, by=by, marks=[former, [process, result]])
    return appraisal


def _appraisal(placement: Placement) -> Appraisal:
    found = appraisals_of([placement.id]).get(placement.id)
    if found is None:
        found = Appraisal(placement=placement)
        db.session.add(found)
    return found


def _grade(appraisal: Appraisal, marks: dict[str, Decimal]) -> None:
    for name, mark in marks.items():
        setattr(appraisal, name, mark)
