"""The board as of a day gone by: who was on the roll, and what had been sent and confirmed by then.

How complete a record was that day is not kept: only the present state is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from exchange.accounts.models import User
from exchange.core.database import db, end_of
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import Batch, registration_batch
from exchange.registry import policy
from exchange.registry.models import Submission, SubmittedRecord
from exchange.registry.values import SubmissionStatus
from exchange.students import history
from exchange.students.models import ON_ROLL, Student


@dataclass
class Count:
    """How many were on the roll, and of how many the record had been sent and confirmed."""

    students: int = 0
    sent: int = 0
    confirmed: int = 0

    @property
    def unsent(self) -> int:
        return self.students - self.sent

    def add(self, students: int, sent: int, confirmed: int) -> None:
        """Count these, too."""
        self.students += students
        self.sent += sent
        self.confirmed += confirmed


@dataclass
class PastBatch:
    """How a batch stood, in all and class by class."""

    batch: Batch
    total: Count = field(default_factory=Count)
    classes: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))


def batches_on(user: User, day: date) -> list[PastBatch]:
    """Every batch that had students on the roll that day, the last one first."""
    found: dict[Batch, PastBatch] = {}
    for enrolled_on, class_name, *counts in db.session.execute(_counted(user, day)):
        batch = registration_batch(enrolled_on)
        past = found.setdefault(batch, PastBatch(batch))
        past.total.add(*map(int, counts))
        past.classes[class_name].add(*map(int, counts))
    return sorted(found.values(), key=lambda past: past.batch.due, reverse=True)


def worst_first(classes: dict[str, Count]) -> Iterable[tuple[str, Count]]:
    """The classes with the most to send first."""
    return sorted(classes.items(), key=lambda row: (-row[1].unsent, row[0]))


def _counted(user: User, day: date) -> Any:
    sent = _sent_by(day)
    numbers = (func.count(Student.id), func.count(sent.c.student_id), func.coalesce(func.sum(sent.c.confirmed), 0))
    people = history.with_state(select(Student.enrolled_on, SchoolClass.name, *numbers).select_from(Student), day)
    return (
        people.join(SchoolClass, SchoolClass.id == history.class_on())
        .outerjoin(sent, sent.c.student_id == Student.id)
        .where(history.status_on().in_(ON_ROLL), Student.enrolled_on <= day, *policy.concerns(user, Student.id))
        .group_by(Student.enrolled_on, SchoolClass.name)
    )


def _sent_by(day: date) -> Any:
    confirmed = case((SubmittedRecord.confirmed_at < end_of(day), 1), else_=0)
    sent = select(SubmittedRecord.student_id, func.max(confirmed).label("confirmed")).join(SubmittedRecord.submission)
    by_then = sent.where(Submission.status == SubmissionStatus.SUBMITTED, Submission.submitted_on <= day)
    return by_then.group_by(SubmittedRecord.student_id).subquery()
