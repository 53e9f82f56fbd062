"""Enqueue work, run it, follow it. Leases and attempts make sure that no job is lost and none is finished twice."""

import gc
import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import ColumnElement, CursorResult, and_, event, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exchange.accounts.models import User
from exchange.core.database import SCHOOL_TIME, db, give_way, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.jobs import queue
from exchange.jobs.models import Job, JobState

log = logging.getLogger("exchange.jobs")
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
TASKS: dict[str, Callable[..., str | None]] = {}
DAILY: list[str] = []
PREPARATIONS: list[Callable[[], None]] = []


class LeaseLost(Exception):
    """Another worker took the job over; this attempt must not write any more."""


def task(name: str) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Register ``function(job, **arguments)`` as a task. It may return the address where its result is seen."""

    def register(function: Callable[..., str | None]) -> Callable[..., str | None]:
        TASKS[name] = function
        return function

    return register


def daily(name: str) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Register ``function(job)`` as a task that the worker asks for once on every day of the school."""
    DAILY.append(name)
    return task(name)


def ask_for_daily_work() -> None:
    """Enqueue what is due today and was not asked for yet; commits. A failure is seen, not tried again all day."""
    midnight = datetime.combine(today(), time.min, SCHOOL_TIME)
    asked = set(db.session.scalars(select(Job.task).where(Job.task.in_(DAILY), Job.created_at >= midnight)))
    for name in DAILY:
        if name not in asked:
            enqueue(name, by=None, dedupe=f"{name}:{today()}")
    db.session.commit()


def before_work(function: Callable[[], None]) -> Callable[[], None]:
    """Run the function once when a worker starts, so that the first job does not wait for slow libraries."""
    PREPARATIONS.append(function)
    return function


def prepare() -> None:
    """What ``before_work`` has registered; a preparation that fails only leaves the first job slower."""
    for function in PREPARATIONS:
        try:
            function()
        except Exception:
            log.warning("preparation %s failed", function.__name__, exc_info=True)
    gc.freeze()  # what was loaded stays for good; no collection looks through it again


def enqueue(name: str, *, by: User | None, dedupe: str | None = None, total: int = 0, **arguments: Any) -> Job:
    """Run the task soon, if the present transaction succeeds. The same ``dedupe`` key gives the job that exists."""
    if dedupe and (existing := _with_key(dedupe)):
        return existing
    job = Job(task=name, arguments=arguments, dedupe_key=dedupe, total=total, actor_id=by.id if by else None)
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError:  # somebody asked for the same at the same moment
        if dedupe and (existing := _with_key(dedupe)):
            return existing
        raise
    db.session.info.setdefault("enqueued", []).append(job.id)
    return job


def _with_key(dedupe: str) -> Job | None:
    return db.session.scalar(select(Job).where(Job.dedupe_key == dedupe))


def advance(job: Job, done: int, total: int) -> None:
    """Commit what was done so far, say how far it is, and renew the lease. Raises ``LeaseLost``."""
    _fenced(job, done=done, total=total, lease_until=now() + LEASE)
    give_way()


def run_pending() -> int:
    """Run everything that waits, also what these jobs ask for, in this process; returns how many jobs that were."""
    ran = 0
    while waiting := list(db.session.scalars(select(Job.id).where(Job.state == JobState.QUEUED).order_by(Job.id))):
        db.session.rollback()
        for job_id in waiting:
            run(job_id)
        ran += len(waiting)
    db.session.rollback()
    return ran


def run(job_id: int) -> None:
    """Claim the job and work it off; a failure stops only this one."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        url = TASKS[job.task](job, **job.arguments)
        _fenced(job, state=JobState.DONE, url=url or "", finished_at=now())
        db.session.commit()
    except LeaseLost:
        db.session.rollback()
        log.warning("job %s was taken over by another worker", job_id)
    except Exception as error:  # whatever a task raises belongs to its row
        db.session.rollback()
        _fail(job, error)


def stranded() -> list[int]:
    """Jobs that nobody works on: queued for a while, or running on a lease that ran out."""
    patience = now() - timedelta(seconds=5)
    waiting = and_(Job.state == JobState.QUEUED, Job.created_at < patience)
    ids = list(db.session.scalars(select(Job.id).where(or_(waiting, _abandoned())).order_by(Job.id).limit(200)))
    db.session.rollback()
    return ids


def counts() -> dict[str, int]:
    """How many jobs are queued, running, failed and done."""
    found = dict(db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state.value: found.get(state, 0) for state in JobState}


def _abandoned() -> ColumnElement[bool]:
    return and_(Job.state == JobState.RUNNING, Job.lease_until < now())


def _claim(job_id: int) -> Job | None:
    claimed = (
        update(Job)
        .where(Job.id == job_id, or_(Job.state == JobState.QUEUED, _abandoned()))
        .values(state=JobState.RUNNING, attempt=Job.attempt + 1, lease_until=now() + LEASE)
        .execution_options(synchronize_session=False)
        .returning(Job.id)
    )
    won = db.session.execute(claimed).one_or_none()
    db.session.commit()
    if won is None:
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    job.held = job.attempt
    db.session.commit()
    if job.held > MOST_ATTEMPTS:
        _fail(job, DomainError(_("这项任务多次中断，已停止。请联系系统管理员。")))
        return None
    return job


def _fenced(job: Job, **values: Any) -> None:
    """Change the row of this attempt only."""
    changed = cast(
        "CursorResult[Any]",
        db.session.execute(
            update(Job)
            .where(Job.id == job.id, Job.attempt == job.held, Job.state == JobState.RUNNING)
            .values(**values)
            .execution_options(synchronize_session="fetch")
        ),
    )
    if changed.rowcount == 0:
        raise LeaseLost(job.id)


def _fail(job: Job, error: Exception) -> None:
    if isinstance(error, DomainError):
        sentence = str(error)
    else:
        log.exception("job %s (%s) failed", job.id, job.task, exc_info=error)
        sentence = str(_("系统出错，任务没有完成，什么也没有写入一半。请联系系统管理员，任务编号 %(id)s。", id=job.id))
    try:
        _fenced(job, state=JobState.FAILED, error=sentence, finished_at=now(), dedupe_key=None)
        db.session.commit()
    except LeaseLost:
        db.session.rollback()


def _send_after_commit(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint was released: nothing is committed yet
        return
    ids = session.info.pop("enqueued", [])
    if ids and not current_app.config["TESTING"]:
        queue.send(ids)


def _forget_after_rollback(session: Session) -> None:
    if session.in_nested_transaction():  # what the savepoint had enqueued finds no row, and nothing runs
        return
    session.info.pop("enqueued", None)


def init_app(app: Flask) -> None:
    with app.app_context():
        factory = db.session.session_factory
        if not event.contains(factory, "after_commit", _send_after_commit):
            event.listen(factory, "after_commit", _send_after_commit)
            event.listen(factory, "after_rollback", _forget_after_rollback)
