"""The board: counts by batch, class, county and column, and the records behind each; all counted by the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.reference.registration import Batch, batch_with
from exchange.registry import policy
from exchange.registry.models import RegistryGap, RegistryState, RegistryTally, RegistryWatch, SubmittedRecord
from exchange.registry.values import HINDERING, Actor, GapKind, Tally
from exchange.students.models import Student
from exchange.students.queries import FEW
from exchange.students.search import begins_with, is_called

Tallied = RegistryTally
MOST_COUNTIES = 60
NO_COUNTY = "none"
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


class CountyCount(NamedTuple):
    """How many records of a county are complete."""

    code: str
    students: int
    complete: int


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

    @property
    def searches(self) -> bool:
        """Whether finding them reads more rows than are shown, so that few are counted."""
        return bool(self.county or self.lacks or self.who or self.q.strip())


def batches(user: User | None) -> list[BatchCount]:
    """Every batch that has students, the last one first; None is the command line."""
    numbers = (Tallied.students, Tallied.complete, Tallied.sent, Tallied.confirmed, Tallied.changed)
    counted = select(Tallied.batch, *(func.sum(number) for number in numbers))
    counted = counted.where(Tallied.about == Tally.RECORDS, policy.counted_for(user)).group_by(Tallied.batch)
    found = [(batch_with(key), counts) for key, *counts in db.session.execute(counted).all()]
    rows = [BatchCount(batch, *map(int, counts)) for batch, counts in found if batch]
    return sorted(rows, key=lambda row: row.batch.due, reverse=True)


def lacks(user: User | None, batch: str) -> list[Lack]:
    """The columns that hinder records of the batch, the commonest first."""
    students = func.sum(Tallied.students)
    counted = (
        select(Tallied.key, Tallied.who, students)
        .where(Tallied.about == Tally.LACK, Tallied.batch == batch, policy.counted_for(user))
        .group_by(Tallied.key, Tallied.who)
        .order_by(students.desc(), Tallied.key)
    )
    rows = db.session.execute(counted).all()
    return [Lack(heading, who or Actor.REGISTRAR, int(count)) for heading, who, count in rows]


def by_class(user: User, batch: str) -> Select[Any]:
    """The tallies of the classes; those with the most work first. To be paged."""
    incomplete = Tallied.students - Tallied.complete
    return (
        select(Tallied)
        .join(Tallied.school_class)
        .options(contains_eager(Tallied.school_class).load_only(SchoolClass.name))
        .where(Tallied.about == Tally.RECORDS, Tallied.batch == batch, policy.classes_of(user))
        .order_by(incomplete.desc(), SchoolClass.name)
    )


def by_county(user: User, batch: str) -> list[CountyCount]:
    """Per county of origin; those with the most work first."""
    students, complete = func.sum(Tallied.students), func.sum(Tallied.complete)
    counted = (
        select(Tallied.key, students, complete)
        .where(Tallied.about == Tally.COUNTY, Tallied.batch == batch, policy.counted_for(user))
        .group_by(Tallied.key)
        .order_by((students - complete).desc(), Tallied.key)
        .limit(MOST_COUNTIES)
    )
    return [CountyCount(code, int(all_), int(whole)) for code, all_, whole in db.session.execute(counted).all()]


def missing_for(user: User, actor: Actor) -> int:
    """How many records that the user sees lack something that this actor finds out."""
    counted = select(func.sum(Tallied.students)).where(
        Tallied.about == Tally.ACTOR, Tallied.who == actor, policy.counted_for(user)
    )
    return int(db.session.scalar(counted) or 0)


def listed(user: User, wanted: Wanted) -> Select[Any]:
    """The states of the wanted records with student and class; who has the least comes first."""
    student = joinedload(RegistryState.student, innerjoin=True)
    states = (
        select(RegistryState)
        .options(
            student.load_only(Student.student_no, Student.name, Student.pinyin),
            student.joinedload(Student.school_class, innerjoin=True).load_only(SchoolClass.name),
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


def _narrowed(states: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.batch:
        states = states.where(RegistryState.batch == wanted.batch)
    if wanted.class_name:
        named = select(SchoolClass.id).where(SchoolClass.name == wanted.class_name)
        states = states.where(RegistryState.school_class_id.in_(named))
    if wanted.county:
        county = "" if wanted.county == NO_COUNTY else wanted.county
        states = states.where(_among(select(Student.id).where(Student.county_of_origin == county), Student.id))
    if wanted.lacks:
        lacking = select(RegistryGap.student_id).where(RegistryGap.heading == wanted.lacks)
        states = states.where(_among(lacking, RegistryGap.student_id))
    if wanted.who in set(Actor):
        waiting = select(RegistryGap.student_id).where(
            RegistryGap.who == Actor(wanted.who), RegistryGap.kind.in_(HINDERING)
        )
        states = states.where(_among(waiting, RegistryGap.student_id))
    if text := wanted.q.strip():
        called = begins_with(Student.student_no, text) if text.isascii() and text.isdecimal() else is_called(text)
        states = states.where(_among(select(Student.id).where(called), Student.id))
    return _shown(states, wanted.show)


def _among(students: Select[Any], column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Of few students their numbers; of very many a condition that is asked while the list is walked in its order."""
    few = db.session.scalars(students.limit(FEW + 1)).all()
    if len(few) <= FEW:
        return RegistryState.student_id.in_(few)
    return students.where(column == RegistryState.student_id).correlate(RegistryState).exists()


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


def _latest() -> Any:
    return and_(SubmittedRecord.student_id == RegistryState.student_id, SubmittedRecord.is_latest)
