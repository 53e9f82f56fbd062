"""Making the file for the national system, and noting that it was sent."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.core.storage import store
from exchange.jobs.service import enqueue
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import Batch
from exchange.registry.completeness import completeness_of
from exchange.registry.events import RegistryEvent
from exchange.registry.models import RegistryState, Submission, SubmittedRecord
from exchange.registry.records import NationalRecord, portions
from exchange.registry.service.tallies import recount
from exchange.registry.values import SubmissionStatus as Is
from exchange.students.models import ON_ROLL, Student
from exchange.students.roster import export_workbook
from exchange.students.values import Values

TASK = "registry.make_submission"
Progress = Callable[[int, int], None]


def request_submission(
    *, batch: Batch | None, school_class: SchoolClass | None, only_complete: bool, by: User | None
) -> Submission:
    """Ask for the file of a batch, a class, or everybody. Raises ``NotPossible`` where nobody would be in it."""
    submission = Submission(
        batch=batch.key if batch else "",
        school_class=school_class,
        only_complete=only_complete,
        actor_id=by.id if by else None,
    )
    if _count(_students(submission)) == 0:
        raise NotPossible(_("没有要报送的学生。换一个批次或班级。"))
    db.session.add(submission)
    record(
        RegistryEvent.SUBMISSION_REQUESTED,
        submission,
        by=by,
        batch=submission.batch,
        school_class=school_class.name if school_class else None,
        only_complete=only_complete,
    )
    return submission


def start(submission: Submission, *, by: User | None) -> None:
    """Let a job make the file."""
    submission.job_id = enqueue(TASK, by=by, submission_id=submission.id).id
    db.session.flush()


def make(submission: Submission, *, by: User | None, progress: Progress | None = None) -> None:
    """Seal every record as it is now and write the workbook. Raises ``NotPossible`` where no record is complete."""
    if submission.status is not Is.PREPARING:
        return
    db.session.execute(delete(SubmittedRecord).where(SubmittedRecord.submission_id == submission.id))
    counts: Counter[str] = Counter()
    content = export_workbook(_sealed(submission, counts, progress))
    if not counts["students"]:
        raise NotPossible(_("没有一条记录是完整的，没有生成文件。先补齐，或去掉“只报完整的记录”。"))
    submission.students, submission.left_out = counts["students"], counts["left_out"]
    submission.file = store().put(content, suffix=".xlsx")
    submission.sha256 = hashlib.sha256(content).hexdigest()
    submission.status, submission.error = Is.READY, ""
    record(RegistryEvent.SUBMISSION_PREPARED, submission, by=by, students=submission.students)


def note_failure(submission: Submission, sentence: str, *, by: User | None) -> None:
    """After a refusal: why there is no file."""
    submission.status, submission.error = Is.FAILED, sentence
    record(RegistryEvent.SUBMISSION_FAILED, submission, by=by, reason=sentence)


def hand_out(submission: Submission, *, by: User) -> bytes:
    """The workbook; that somebody took it is recorded. Raises ``NotPossible``."""
    if not submission.file:
        raise NotPossible(_("文件还没有生成，或已经放弃。"))
    record(RegistryEvent.SUBMISSION_DOWNLOADED, submission, by=by, sha256=submission.sha256)
    return store().get(submission.file)


def mark_submitted(submission: Submission, *, on: date, by: User | None) -> None:
    """The file was taken into the national system; from now on its records are what comparisons start from."""
    lock(submission)
    if submission.status is not Is.READY:
        raise NotPossible(_("这个文件%(status)s，不能登记为已报送。", status=submission.status.label))
    if on > today():
        raise NotPossible(_("报送日期还没有到。"))
    submission.status, submission.submitted_on = Is.SUBMITTED, on
    students = select(SubmittedRecord.student_id).where(SubmittedRecord.submission_id == submission.id)
    _set_latest(SubmittedRecord.student_id.in_(students) & SubmittedRecord.is_latest, value=False)
    _set_latest(SubmittedRecord.submission_id == submission.id, value=True)
    recount([submission.school_class.id] if submission.school_class else None)
    record(RegistryEvent.SUBMISSION_SUBMITTED, submission, by=by, on=on.isoformat(), students=submission.students)


def discard(submission: Submission, *, by: User | None) -> None:
    """Forget a file that was not sent, with the records in it."""
    lock(submission)
    if submission.status not in {Is.READY, Is.FAILED}:
        raise NotPossible(_("这个文件%(status)s，不能放弃。", status=submission.status.label))
    db.session.execute(delete(SubmittedRecord).where(SubmittedRecord.submission_id == submission.id))
    if submission.file:
        store().delete(submission.file)
    submission.status, submission.file = Is.DISCARDED, ""
    record(RegistryEvent.SUBMISSION_DISCARDED, submission, by=by)


def _students(submission: Submission) -> Select[Student]:
    """Whose records belong into the file, complete or not."""
    students = select(Student).where(Student.status.in_(ON_ROLL))
    if submission.batch:
        in_batch = select(RegistryState.student_id).where(RegistryState.batch == submission.batch)
        students = students.where(Student.id.in_(in_batch))
    class_id = submission.school_class.id if submission.school_class else None
    return students.where(Student.school_class_id == class_id) if class_id else students


def _sealed(submission: Submission, counts: Counter[str], progress: Progress | None) -> Iterator[Values]:
    """The values for the workbook, each kept as it goes by."""
    students = _students(submission)
    total, done = _count(students), 0
    for records in portions(students):
        chosen = _chosen(submission, records)
        counts.update(students=len(chosen), left_out=len(records) - len(chosen))
        if chosen:
            db.session.execute(insert(SubmittedRecord), [_row(submission, each) for each in chosen])
        yield from (each.values for each in chosen)
        done += len(records)
        if progress:
            progress(done, max(done, total))


def _chosen(submission: Submission, records: Sequence[NationalRecord]) -> list[NationalRecord]:
    if not submission.only_complete:
        return list(records)
    judged = zip(records, completeness_of(records, today=today()), strict=True)
    return [each for each, found in judged if found.complete]


def _row(submission: Submission, each: NationalRecord) -> dict[str, Any]:
    return {
        "submission_id": submission.id,
        "student_id": each.student_id,
        "digest": each.digest,
        "cells": each.cells,
        "is_latest": False,
    }


def _count(students: Select[Student]) -> int:
    return db.session.scalar(select(func.count()).select_from(students.subquery())) or 0


def _set_latest(condition: Any, *, value: bool) -> None:
    db.session.execute(
        update(SubmittedRecord).where(condition).values(is_latest=value).execution_options(synchronize_session=False)
    )
