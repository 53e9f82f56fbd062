"""Counting again what has changed: class by class, and the whole school from its classes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, literal, select

from exchange.core.database import db
from exchange.registry.models import RegistryGap, RegistryState, RegistryTally, SubmittedRecord
from exchange.registry.values import HINDERING, Tally
from exchange.students.models import Student

NUMBERS = ("students", "complete", "sent", "confirmed", "changed")
COLUMNS = ("batch", "school_class_id", "about", "key", "who", *NUMBERS)
NONE = literal(0)
State = RegistryState
Sent = SubmittedRecord


def recount(class_ids: Collection[int] | None) -> None:
    """Count these classes again, or all (None), and then the school."""
    if class_ids is not None and not class_ids:
        return
    among = [] if class_ids is None else [State.school_class_id.in_(class_ids)]
    old = delete(RegistryTally)
    if class_ids is not None:
        old = old.where(RegistryTally.school_class_id.in_(class_ids) | RegistryTally.school_class_id.is_(None))
    db.session.execute(old.execution_options(synchronize_session=False))
    for counted in (_records(), _lacks(), _actors(), _counties()):
        _insert(counted.where(*among))
    _insert(_school())


def _records() -> Any:
    latest = and_(Sent.student_id == State.student_id, Sent.is_latest)
    numbers = (
        func.count(),
        func.sum(_one(State.complete)),
        func.count(Sent.id),
        func.count(Sent.confirmed_at),
        func.sum(_one(Sent.digest != State.digest)),
    )
    counted = select(*_head(Tally.RECORDS), literal(""), _nobody(), *numbers).outerjoin(Sent, latest)
    return counted.group_by(State.batch, State.school_class_id)


def _lacks() -> Any:
    gap = RegistryGap
    counted = select(*_head(Tally.LACK), gap.heading, gap.who, func.count(), NONE, NONE, NONE, NONE)
    counted = counted.join(gap, gap.student_id == State.student_id).where(gap.kind.in_(HINDERING))
    return counted.group_by(State.batch, State.school_class_id, gap.heading, gap.who)


def _actors() -> Any:
    gap = RegistryGap
    students = func.count(gap.student_id.distinct())
    counted = select(*_head(Tally.ACTOR), literal(""), gap.who, students, NONE, NONE, NONE, NONE)
    counted = counted.join(gap, gap.student_id == State.student_id).where(gap.kind.in_(HINDERING))
    return counted.group_by(State.batch, State.school_class_id, gap.who)


def _counties() -> Any:
    county = Student.county_of_origin
    numbers = (func.count(), func.sum(_one(State.complete)), NONE, NONE, NONE)
    counted = select(*_head(Tally.COUNTY), county, _nobody(), *numbers).join(State.student)
    return counted.group_by(State.batch, State.school_class_id, county)


def _school() -> Any:
    """From the numbers of the classes, which are a few rows each."""
    tally = RegistryTally
    sums = [func.sum(getattr(tally, name)) for name in NUMBERS]
    columns = (tally.batch, literal(None, tally.school_class_id.type), tally.about, tally.key, tally.who)
    counted = select(*columns, *sums).where(tally.school_class_id.is_not(None))
    return counted.group_by(tally.batch, tally.about, tally.key, tally.who)


def _insert(counted: Any) -> None:
    db.session.execute(insert(RegistryTally).from_select(COLUMNS, counted))


def _head(about: Tally) -> tuple[Any, ...]:
    return State.batch, State.school_class_id, literal(about, RegistryTally.about.type)


def _nobody() -> Any:
    return literal(None, RegistryTally.who.type)


def _one(condition: Any) -> Any:
    return func.coalesce(case((condition, 1), else_=0), 0)
