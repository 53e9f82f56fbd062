"""Keeping the state of every record right: after each change by following the trail, and once a day for everybody.

Every change of a student leaves a line in the trail, whoever makes it. So the trail is followed instead of asking each
feature to tell us; what a change elsewhere does to a record (a class that was renamed) is found by the daily check.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from exchange.audit.models import AuditEvent
from exchange.core.database import db, lock, now, today
from exchange.jobs.models import Job, JobState
from exchange.jobs.service import enqueue
from exchange.reference.registration import registration_batch
from exchange.registry.completeness import Completeness, completeness_of
from exchange.registry.models import RegistryGap, RegistryState, RegistryWatch
from exchange.registry.records import NationalRecord, portions
from exchange.registry.service.tallies import recount
from exchange.students.events import StudentEvent
from exchange.students.models import ON_ROLL, Student

TASK = "registry.check_all"
AT_ONCE = 300  # more changed records than this are left to a job
ONLY = 1
COMPARED = ("school_class_id", "batch", "lacking", "digest")
LOOKS = [StudentEvent.IDENTITY_REVEALED.value, "student.opened"]  # lines about a student that change nothing

Progress = Callable[[int, int], None]


def changed_students(*, most: int = AT_ONCE + 1) -> list[int]:
    """The students of whom the trail tells something that was not looked at yet."""
    through = db.session.scalar(select(RegistryWatch.through)) or 0
    lines = select(AuditEvent.subject_id).where(
        AuditEvent.subject_type == Student.__tablename__, AuditEvent.id > through, AuditEvent.action.not_in(LOOKS)
    )
    return list(db.session.scalars(lines.distinct().limit(most)))


def catch_up() -> int:
    """Check the records that have changed since the last look; very many are left to a job. Gives how many changed."""
    watch = _watch()
    through = _end_of_trail()
    changed = changed_students()
    if len(changed) > AT_ONCE:
        start_check()
        return len(changed)
    if changed:
        _done, classes = _check(select(Student).where(Student.id.in_(changed)), None)
        recount(classes | _forget_leavers(changed))
    watch.through = max(watch.through, through)
    db.session.flush()
    return len(changed)


def check_all(progress: Progress | None = None) -> int:
    """Check everybody on the roll; gives how many that are."""
    through = _end_of_trail()
    checked, _classes = _check(select(Student), progress)
    watch = _watch()
    _forget_leavers(None)
    recount(None)
    watch.through, watch.checked_at = max(watch.through, through), now()
    db.session.flush()
    return checked


def start_check() -> None:
    """Let a job check everybody, unless one is about to."""
    waiting = select(Job.id).where(Job.task == TASK, Job.state == JobState.QUEUED).limit(1)
    if db.session.scalar(waiting) is None:
        enqueue(TASK, by=None)


def _check(students: Select[Student], progress: Progress | None) -> tuple[int, set[int]]:
    """How many of these are on the roll, and in which classes something has changed."""
    on_roll = students.where(Student.status.in_(ON_ROLL))
    total = db.session.scalar(select(func.count()).select_from(on_roll.order_by(None).subquery())) or 0
    done, classes = 0, set[int]()
    for records in portions(on_roll):
        classes |= _keep(records, completeness_of(records, today=today()))
        done += len(records)
        if progress:
            progress(done, max(done, total))
    return done, classes


def _keep(records: Sequence[NationalRecord], found: Sequence[Completeness]) -> set[int]:
    try:
        with db.session.begin_nested():
            return _write(records, found)
    except IntegrityError:  # somebody else has just written the first state of one of them
        return _write(records, found)


def _write(records: Sequence[NationalRecord], found: Sequence[Completeness]) -> set[int]:
    """New states and changed ones; of those that are as they were nothing is written. Gives the classes concerned."""
    columns = [getattr(RegistryState, name) for name in COMPARED]
    present = select(RegistryState.student_id, *columns).where(
        RegistryState.student_id.in_([record.student_id for record in records])
    )
    known = {
        student_id: dict(zip(COMPARED, values, strict=True)) for student_id, *values in db.session.execute(present)
    }
    rows = [_state(record, each) for record, each in zip(records, found, strict=True)]
    news = [row for row in rows if row["student_id"] not in known]
    changed = [row for row in rows if row["student_id"] in known and _differs(row, known[row["student_id"]])]
    if news:
        db.session.execute(insert(RegistryState), news)
    for row in changed:
        db.session.execute(update(RegistryState).where(RegistryState.student_id == row["student_id"]).values(**row))
    _write_gaps({row["student_id"]: row["batch"] for row in [*news, *changed]}, records, found)
    left = {known[row["student_id"]]["school_class_id"] for row in changed}
    return {row["school_class_id"] for row in [*news, *changed]} | left


def _differs(row: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    return any(row[name] != known[name] for name in COMPARED)


def _write_gaps(batches: dict[int, str], records: Sequence[NationalRecord], found: Sequence[Completeness]) -> None:
    if not batches:
        return
    db.session.execute(delete(RegistryGap).where(RegistryGap.student_id.in_(batches)))
    rows = [
        {
            "student_id": record.student_id,
            "heading": gap.heading,
            "batch": batches[record.student_id],
            "kind": gap.kind,
            "who": gap.who,
        }
        for record, each in zip(records, found, strict=True)
        if record.student_id in batches
        for gap in each.gaps
    ]
    if rows:
        db.session.execute(insert(RegistryGap), rows)


def _state(record: NationalRecord, found: Completeness) -> dict[str, Any]:
    return {
        "student_id": record.student_id,
        "school_class_id": record.school_class_id,
        "batch": registration_batch(record.enrolled_on).key,
        "complete": found.complete,
        "score": found.score,
        "lacking": [f"{gap.kind.value}:{gap.heading}" for gap in found.gaps],
        "digest": record.digest,
        "checked_at": now(),
    }


def _forget_leavers(among: Collection[int] | None) -> set[int]:
    """Whoever is not on the roll any more has nothing to complete; gives the classes in which they were counted."""
    left = select(Student.id).where(Student.status.not_in(ON_ROLL))
    if among is not None:
        left = left.where(Student.id.in_(among))
    counted = select(RegistryState.school_class_id).where(RegistryState.student_id.in_(left)).distinct()
    classes = set(db.session.scalars(counted))
    for table in (RegistryGap, RegistryState):
        db.session.execute(delete(table).where(table.student_id.in_(left)).execution_options(synchronize_session=False))
    return classes


def _end_of_trail() -> int:
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def _watch() -> RegistryWatch:
    """The one row, taken for this transaction: two who count the same class at once would count it twice."""
    if db.session.get(RegistryWatch, ONLY) is None:
        try:
            with db.session.begin_nested():
                db.session.add(RegistryWatch(id=ONLY, through=0))
        except IntegrityError:  # somebody else was first
            pass
    watch = db.session.get_one(RegistryWatch, ONLY)
    lock(watch)
    return watch
