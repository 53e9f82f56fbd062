"""Whom a file of the registry does not show. A list of some of the students is no word about the others."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.registry.differences import Difference
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Discrepancy, Reconciliation
from exchange.registry.queries.corrections import has_later_run
from exchange.registry.records import PORTION
from exchange.registry.requirements import settings
from exchange.registry.service.findings import WHOLE, Findings
from exchange.registry.values import DifferenceKind
from exchange.students.models import ON_ROLL, Student


def looks_partial(missing: int, matched: int) -> bool:
    """Whether so many are missing that the file may hold a part only, and somebody has to say so first."""
    least, share = settings().asked_from_missing, settings().asked_from_missing_percent
    return missing >= least and missing * 100 >= share * (missing + matched)


def note_missing(findings: Findings, student_ids: Sequence[int]) -> None:
    """These should stand in the registry and do not."""
    difference = [Difference(WHOLE, DifferenceKind.MISSING_THERE, "", None, "")]
    for some in _portions(student_ids):
        subjects: dict[str, int | None] = {subject_of(each): each for each in some}
        findings.follow(dict.fromkeys(subjects, difference), subjects, covered={WHOLE})


def end_strangers(findings: Findings, run: Reconciliation) -> None:
    """Of whom we do not know, those whom a list of everybody no longer names."""
    if run.school_class_id is None:
        stale = Discrepancy.student_id.is_(None) & (Discrepancy.seen_in_id != run.id)
        findings.end(stale, WHOLE)


def answer(run: Reconciliation, *, is_whole: bool, by: User | None) -> None:
    """Somebody says whether the file holds everybody; only then are the others missing. Raises ``NotPossible``."""
    lock(run)
    if not run.is_asking:
        raise NotPossible(_("这个名单已经说明过了。"))
    if has_later_run(run):
        raise NotPossible(_("后来又比对过一次，以那次为准。"))
    if is_whole:
        counts = Counter(run.counts)
        findings = Findings(run, counts, at=now())
        note_missing(findings, [each for some in _portions(run.missing or []) for each in _still_here(some)])
        end_strangers(findings, run)
        run.counts = dict(counts)
    run.is_whole, run.missing = is_whole, None
    record(RegistryEvent.RECONCILIATION_ANSWERED, run, by=by, is_whole=is_whole)


def subject_of(student_id: int) -> str:
    """What names a student in the list of differences."""
    return f"student {student_id}"


def _still_here(student_ids: Sequence[int]) -> list[int]:
    here = select(Student.id).where(Student.id.in_(student_ids), Student.status.in_(ON_ROLL))
    return list(db.session.scalars(here.order_by(Student.id)))


def _portions(student_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(student_ids), PORTION):
        yield student_ids[start : start + PORTION]
