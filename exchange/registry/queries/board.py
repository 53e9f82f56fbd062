"""The board: counts by batch, class, county and column, and the records behind each; all counted by the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import Batch, batch_with
from exchange.registry import policy
from exchange.registry.models import RegistryGap, RegistryState, RegistryWatch, SubmittedRecord
from exchange.registry.values import HINDERING, Actor, GapKind
from exchange.students.models import Student
from exchange.students.search import begins_with, is_called

MOST_COUNTIES = 60
INCOMPLETE, DOUBTFUL, UNSENT, CHANGED, SENT = "incomplete", "doubtful", "unsent", "changed", "sent"


class BatchCount(NamedTuple):
    """How a batch stands. ``sent`` counts confirmed ones, too."""

    batch: Batch
    students: int
    complete: int
    sent: int
    confirmed: int
    changed: int

    @property
    def incomplete(self) -> int:
        return self.students - self.complete

    @property
    def unsent(self) -> int:
        return self.students - self.sent


class Lack(NamedTuple):
    """How many records lack a column, and who can mend it."""

    heading: str
    who: Actor
    students: int


class GroupCount(NamedTuple):
    """How many records of a class or a county are complete."""

    key: str
    name: str
    students: int
    complete: int

    @property
    def incomplete(self) -> int:
        return self.students - self.complete


@dataclass(frozen=True)
class Wanted:
    """Which records to list; what is empty does not narrow."""

    batch: str = ""
    class_name: str = ""
    county: str = ""
    lacks: str = ""
    who: str = ""
    show: str = ""
    q: str = ""


def batches(user: User | None) -> list[BatchCount]:
    """Every batch that has students, the last one first."""
    sent = SubmittedRecord.id
    columns = (
        RegistryState.batch,
        func.count(),
        func.sum(_one(RegistryState.complete)),
        func.count(sent),
        func.count(SubmittedRecord.confirmed_at),
        func.sum(_one(SubmittedRecord.digest != RegistryState.digest)),
    )
    counted = select(*columns).select_from(RegistryState).outerjoin(SubmittedRecord, _latest())
    counted = counted.where(*policy.concerns(user, RegistryState.student_id)).group_by(RegistryState.batch)
    found = [(batch_with(key), counts) for key, *counts in db.session.execute(counted).all()]
    rows = [BatchCount(batch, *(int(count or 0) for count in counts)) for batch, counts in found if batch]
    return sorted(rows, key=lambda row: row.batch.due_on, reverse=True)


def lacks(user: User | None, batch: str) -> list[Lack]:
    """The columns that hinder records of the batch, the commonest first."""
    counted = (
        select(RegistryGap.heading, RegistryGap.who, func.count())
        .where(RegistryGap.batch == batch, RegistryGap.kind.in_(HINDERING))
        .where(*policy.concerns(user, RegistryGap.student_id))
        .group_by(RegistryGap.heading, RegistryGap.who)
        .order_by(func.count().desc(), RegistryGap.heading)
    )
    return [Lack(*row) for row in db.session.execute(counted).all()]


def by_class(user: User, batch: str) -> Select[Any]:
    """Per class: name, students and complete ones; those with the most work first. To be paged."""
    incomplete = func.sum(_one(~RegistryState.complete))
    return (
        select(SchoolClass.name, func.count(), func.sum(_one(RegistryState.complete)))
        .select_from(RegistryState)
        .join(RegistryState.student)
        .join(Student.school_class)
        .where(RegistryState.batch == batch, *policy.concerns(user, RegistryState.student_id))
        .group_by(SchoolClass.name)
        .order_by(incomplete.desc(), SchoolClass.name)
    )


def by_county(user: User, batch: str) -> list[tuple[str, int, int]]:
    """Per county of origin: code, students and complete ones; those with the most work first."""
    counted = (
        select(Student.county_of_origin, func.count(), func.sum(_one(RegistryState.complete)))
        .select_from(RegistryState)
        .join(RegistryState.student)
        .where(RegistryState.batch == batch, *policy.concerns(user, RegistryState.student_id))
        .group_by(Student.county_of_origin)
        .order_by(func.sum(_one(~RegistryState.complete)).desc(), Student.county_of_origin)
        .limit(MOST_COUNTIES)
    )
    return [(code, students, int(complete)) for code, students, complete in db.session.execute(counted).all()]


def listed(user: User, wanted: Wanted) -> Select[Any]:
    """The states of the wanted records with student and class; who has the least comes first."""
    states = (
        select(RegistryState)
        .join(RegistryState.student)
        .options(
            contains_eager(RegistryState.student)
            .load_only(Student.student_no, Student.name, Student.pinyin)
            .options(joinedload(Student.school_class).options(load_only(SchoolClass.name)))
        )
        .where(*policy.concerns(user, RegistryState.student_id))
        .order_by(RegistryState.score, RegistryState.student_id)
    )
    return _narrowed(states, wanted)


def gaps_of(states: Iterable[RegistryState]) -> dict[int, list[RegistryGap]]:
    """Student → what the record lacks, the worst first."""
    ids = [state.student_id for state in states]
    order = list(GapKind)
    found: dict[int, list[RegistryGap]] = {student_id: [] for student_id in ids}
    for gap in db.session.scalars(select(RegistryGap).where(RegistryGap.student_id.in_(ids))):
        found[gap.student_id].append(gap)
    return {key: sorted(gaps, key=lambda gap: (order.index(gap.kind), gap.heading)) for key, gaps in found.items()}


def last_check() -> datetime | None:
    """When everybody was checked last."""
    return db.session.scalar(select(RegistryWatch.checked_at))


def missing_for(user: User, actor: Actor) -> int:
    """How many records that the user sees lack something that this actor finds out."""
    counted = select(func.count(RegistryGap.student_id.distinct())).where(
        RegistryGap.who == actor,
        RegistryGap.kind.in_(HINDERING),
        *policy.concerns(user, RegistryGap.student_id),
    )
    return db.session.scalar(counted) or 0


def grouped(rows: Sequence[Any], names: dict[str, str] | None = None) -> list[GroupCount]:
    """Counted rows with the words that are shown for their keys."""
    return [
        GroupCount(key, (names or {}).get(key, key), students, int(complete or 0)) for key, students, complete in rows
    ]


def _narrowed(states: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.batch:
        states = states.where(RegistryState.batch == wanted.batch)
    if wanted.class_name:
        named = select(SchoolClass.id).where(SchoolClass.name == wanted.class_name)
        states = states.where(Student.school_class_id.in_(named))
    if wanted.county:
        states = states.where(Student.county_of_origin == ("" if wanted.county == "none" else wanted.county))
    if wanted.lacks or wanted.who in set(Actor):
        states = states.where(RegistryState.student_id.in_(_lacking(wanted)))
    if text := wanted.q.strip():
        states = states.where(
            begins_with(Student.student_no, text) if text.isascii() and text.isdecimal() else is_called(text)
        )
    return _shown(states, wanted.show)


def _shown(states: Select[Any], show: str) -> Select[Any]:
    if show == INCOMPLETE:
        return states.where(~RegistryState.complete)
    if show == DOUBTFUL:
        doubts = select(RegistryGap.student_id).where(RegistryGap.kind == GapKind.DOUBT)
        return states.where(RegistryState.student_id.in_(doubts))
    if show in {UNSENT, CHANGED, SENT}:
        states = states.outerjoin(SubmittedRecord, _latest())
    if show == UNSENT:
        return states.where(SubmittedRecord.id.is_(None))
    if show == CHANGED:
        return states.where(SubmittedRecord.digest != RegistryState.digest)
    return states.where(SubmittedRecord.id.is_not(None)) if show == SENT else states


def _lacking(wanted: Wanted) -> Select[Any]:
    lacking = select(RegistryGap.student_id)
    if wanted.lacks:
        lacking = lacking.where(RegistryGap.heading == wanted.lacks)
    if wanted.who in set(Actor):
        lacking = lacking.where(RegistryGap.who == Actor(wanted.who), RegistryGap.kind.in_(HINDERING))
    return lacking


def _latest() -> Any:
    return and_(SubmittedRecord.student_id == RegistryState.student_id, SubmittedRecord.is_latest)


def _one(condition: Any) -> Any:
    return case((condition, 1), else_=0)
