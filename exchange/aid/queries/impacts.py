"""What changes of status still ask of running grants, derived from the history; what was done is recorded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from exchange.aid.conditions import LIFTED, MONITORED
from exchange.aid.impact import Task, tasks_for
from exchange.aid.models import Award, ImpactDone, PovertyStatus
from exchange.aid.queries.awards import with_people
from exchange.aid.values import AidKind, AwardStatus, Step
from exchange.aid.workflow import LIVE
from exchange.core.database import db, today
from exchange.students.models import Period, Student, StudentStatus

FORMER = aliased(Period)
CONTINUES = LIVE | {AwardStatus.STOPPED}
FITTING = {
    Step.SUSPEND: frozenset({AwardStatus.PLANNED, AwardStatus.APPROVED}),
    Step.STOP: frozenset({AwardStatus.PLANNED, AwardStatus.APPROVED, AwardStatus.SUSPENDED}),
    Step.RESUME: frozenset({AwardStatus.SUSPENDED}),
}
"""In which status a step finds something to do."""
ENDS_PAYMENT = frozenset({Step.SUSPEND, Step.STOP})


class Change(NamedTuple):
    """A period that began with another status than the one before, which had begun at ``since``."""

    student: Student
    changed_on: date
    former: StudentStatus
    new: StudentStatus
    since: date
    until: date | None

    @property
    def days(self) -> tuple[date, date]:
        """Whose grants are concerned: those of the leave that is over, else those of the period that began."""
        if self.former is StudentStatus.ON_LEAVE and self.new is StudentStatus.REGISTERED:
            return self.since, self.changed_on - timedelta(1)
        return self.changed_on, self.until - timedelta(1) if self.until else date.max


@dataclass(frozen=True)
class Impact:
    """One task: whose change, from what to what, since when, and the awards that it concerns."""

    student: Student
    changed_on: date
    former: StudentStatus
    new: StudentStatus
    task: Task
    awards: tuple[Award, ...]

    @property
    def key(self) -> str:
        """How it stands in a form."""
        return f"{self.student.id}/{self.changed_on}/{self.task.step}/{self.task.kind}"


def open_impacts(*, student: Student | None = None) -> list[Impact]:
    """What nobody has done yet, the oldest change first."""
    changes = _changes(student)
    done = _done(changes)
    following = [impact for impact in _impacts(changes) if _is_open(impact, done)] if changes else []
    return following + _left_suspended(student, changes)


def _is_open(impact: Impact, done: Collection[tuple[int, date, Step, AidKind]]) -> bool:
    """Nobody has done it, or a second order from the same day finds grants running again."""
    if (impact.student.id, impact.changed_on, *impact.task) not in done:
        return True
    return impact.task.step in ENDS_PAYMENT and bool(impact.awards)


def _left_suspended(student: Student | None, changes: Collection[Change]) -> list[Impact]:
    """Grants that were suspended for a leave which was cancelled afterwards: nothing in the history asks for them."""
    resumed = aliased(ImpactDone)
    later = select(resumed.id).where(
        resumed.student_id == ImpactDone.student_id,
        resumed.changed_on == ImpactDone.changed_on,
        resumed.kind == ImpactDone.kind,
        resumed.step == Step.RESUME,
        resumed.id > ImpactDone.id,
    )
    suspended = (
        select(ImpactDone)
        .join(ImpactDone.student)
        .where(ImpactDone.step == Step.SUSPEND, Student.status == StudentStatus.REGISTERED, ~later.exists())
        .options(contains_eager(ImpactDone.student).joinedload(Student.school_class))
        .order_by(ImpactDone.changed_on, ImpactDone.id)
    )
    if student is not None:
        suspended = suspended.where(ImpactDone.student_id == student.id)
    standing = {(change.student.id, change.changed_on) for change in changes}
    orphans = [each for each in db.session.scalars(suspended) if (each.student_id, each.changed_on) not in standing]
    awards = _awards([each.student_id for each in orphans]) if orphans else {}
    found = [(each, _to_resume(each, awards.get(each.student_id, ()))) for each in orphans]
    return [
        Impact(
            each.student,
            each.changed_on,
            StudentStatus.ON_LEAVE,
            StudentStatus.REGISTERED,
            Task(Step.RESUME, each.kind),
            fitting,
        )
        for each, fitting in found
        if fitting
    ]


def _to_resume(done: ImpactDone, awards: Iterable[Award]) -> tuple[Award, ...]:
    suspended = [each for each in awards if each.kind is done.kind and each.status in FITTING[Step.RESUME]]
    return tuple(each for each in suspended if each.months.last_day >= done.changed_on)


def find_open(key: str) -> Impact | None:
    """The open task with this key."""
    student = db.session.get(Student, int(number)) if (number := key.partition("/")[0]).isdecimal() else None
    if student is None:
        return None
    return next((impact for impact in open_impacts(student=student) if impact.key == key), None)


def done_impacts(*, limit: int = 50) -> list[ImpactDone]:
    """What was done, the newest first."""
    done = select(ImpactDone).options(joinedload(ImpactDone.student), joinedload(ImpactDone.done_by))
    return list(db.session.scalars(done.order_by(ImpactDone.id.desc()).limit(limit)).unique())


def _changes(student: Student | None) -> list[Change]:
    concerned = select(Award.student_id).union(select(PovertyStatus.student_id))
    changes = (
        select(Student, Period.begins_on, FORMER.status, Period.status, FORMER.begins_on, Period.until)
        .join(Period, Period.student_id == Student.id)
        .join(FORMER, (FORMER.student_id == Period.student_id) & (FORMER.until == Period.begins_on))
        .where(Period.status != FORMER.status, Period.begins_on <= today(), Student.id.in_(concerned))
        .options(joinedload(Student.school_class))
        .order_by(Period.begins_on, Student.pinyin, Student.id)
    )
    found = db.session.execute(changes.where(Student.id == student.id) if student else changes)
    return [Change(*row) for row in found]


def _impacts(changes: Sequence[Change]) -> list[Impact]:
    """The tasks of each change. Who comes back had the grants that ran during the leave."""
    awards = _awards([change.student.id for change in changes])
    by_county = _drawing_from_the_county(changes)
    found = []
    for change in changes:
        first, last = change.days
        running = [each for each in awards[change.student.id] if each.months.overlaps_days(first, last)]
        kinds = {award.kind for award in running} | by_county.get((change.student.id, change.changed_on), set())
        found += [
            Impact(
                change.student,
                change.changed_on,
                change.former,
                change.new,
                task,
                _concerned(task, running, change),
            )
            for task in tasks_for(change.former, change.new, kinds)
        ]
    return found


def _concerned(task: Task, running: Iterable[Award], change: Change) -> tuple[Award, ...]:
    """The awards that follow when the task is done.

    What ran out during a leave is not paid afterwards, and nobody who is back already is suspended.
    """
    if task.step is Step.SUSPEND and change.until is not None and change.until <= today():
        return ()
    fitting = FITTING.get(task.step, frozenset())
    reaching = [award for award in running if award.months.last_day >= change.changed_on]
    return tuple(award for award in reaching if award.kind is task.kind and award.status in fitting)


def _awards(student_ids: Sequence[int]) -> dict[int, list[Award]]:
    awards = select(Award).where(Award.student_id.in_(student_ids), Award.status.in_(CONTINUES))
    found: dict[int, list[Award]] = defaultdict(list)
    for award in db.session.scalars(awards.options(*with_people()).order_by(Award.id)):
        found[award.student_id].append(award)
    return found


def _drawing_from_the_county(changes: Iterable[Change]) -> dict[tuple[int, date], set[AidKind]]:
    """雨露计划 is claimed at home and may stand in no ledger of ours: whoever meets its condition may draw it."""
    days = [(change.student.id, change.changed_on) for change in changes]
    statuses = select(PovertyStatus).where(PovertyStatus.student_id.in_({student_id for student_id, _day in days}))
    recorded: dict[int, list[PovertyStatus]] = defaultdict(list)
    for status in db.session.scalars(statuses):
        recorded[status.student_id].append(status)
    return {
        (student_id, day): {AidKind.RAIN_AND_DEW}
        for student_id, day in days
        if any(each.holds_on(day) and each.category_code in LIFTED | MONITORED for each in recorded[student_id])
    }


def _done(changes: Iterable[Change]) -> set[tuple[int, date, Step, AidKind]]:
    student_ids = {change.student.id for change in changes}
    done = select(ImpactDone.student_id, ImpactDone.changed_on, ImpactDone.step, ImpactDone.kind)
    return {
        (row[0], row[1], row[2], row[3])
        for row in db.session.execute(done.where(ImpactDone.student_id.in_(student_ids)))
    }
