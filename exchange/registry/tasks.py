"""Background work on the registry's records."""

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.jobs.models import Job
from exchange.jobs.service import advance, daily, task
from exchange.registry.models import Reconciliation, Submission
from exchange.registry.service import reconciling, states, submissions


@daily("registry.check_daily")
def check_daily(job: Job) -> str | None:
    """Everybody, every day: a birthday or another day's catalogue changes what a record lacks."""
    return check_all(job)


@task(states.TASK)
def check_all(job: Job) -> str:
    """Everybody, because somebody asked or too many have changed at once."""
    states.check_all(lambda done, total: advance(job, done, total))
    return "/registry"


@task(submissions.TASK)
def make_submission(job: Job, *, submission_id: int) -> str:
    """Make the file; why there is none is kept with the submission, where people see it."""
    try:
        submissions.make(
            db.session.get_one(Submission, submission_id),
            by=_actor(job),
            progress=lambda done, total: advance(job, done, total),
        )
    except DomainError as refusal:
        db.session.rollback()
        submissions.note_failure(db.session.get_one(Submission, submission_id), str(refusal), by=_actor(job))
    return f"/registry/submissions/{submission_id}"


@task(reconciling.TASK)
def reconcile(job: Job, *, run_id: int) -> str:
    """Compare with a file of the registry."""
    try:
        reconciling.reconcile(
            db.session.get_one(Reconciliation, run_id),
            by=_actor(job),
            progress=lambda done, total: advance(job, done, total),
        )
    except DomainError as refusal:
        db.session.rollback()
        reconciling.note_failure(db.session.get_one(Reconciliation, run_id), str(refusal), by=_actor(job))
    return f"/registry/reconciliations/{run_id}"


def _actor(job: Job) -> User | None:
    return db.session.get(User, job.actor_id) if job.actor_id else None
