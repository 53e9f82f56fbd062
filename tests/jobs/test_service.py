from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from exchange.accounts.models import User
from exchange.core.database import now
from exchange.core.errors import DomainError
from exchange.jobs import queue, service
from exchange.jobs.models import Job, JobState
from tests.core.conftest import add_user
from tests.factories.accounts import UserFactory


@pytest.fixture
def make(db, tasks):
    """make(function) registers it as a task and gives a job of it, committed."""

    def make_job(function, **arguments):
        tasks[function.__name__] = function
        job = service.enqueue(function.__name__, by=None, **arguments)
        db.session.commit()
        return job

    return make_job


def take_over(job):
    """Another worker finds the lease run out and claims the job."""
    other = update(Job).where(Job.id == job.id).values(attempt=Job.attempt + 1, lease_until=now() + service.LEASE)
    service.db.session.execute(other.execution_options(synchronize_session=False))
    service.db.session.commit()


def test_job_runs_with_its_arguments_and_says_where_the_result_is(make):
    def task(job, *, number):
        return f"/results/{number}"

    job = make(task, number=7)

    assert service.run_pending() == 1
    assert (job.state, job.url, job.attempt) == (JobState.DONE, "/results/7", 1)
    assert job.finished_at is not None


def test_claimed_job_is_not_claimed_again(make):
    runs = []

    def task(job):
        service.run(job.id)
        runs.append(job.id)

    job = make(task)
    service.run(job.id)
    service.run(job.id)

    assert runs == [job.id]


def test_progress_is_committed_and_seen(make, db):
    def task(job):
        service.advance(job, 3, 10)
        db.session.rollback()
        raise DomainError("不行。")

    job = make(task)
    service.run_pending()

    assert (job.done, job.total) == (3, 10)


@pytest.mark.parametrize("moment", ["before the first step", "between two steps", "at the end"])
def test_worker_that_lost_its_lease_writes_nothing_more(make, db, moment):
    def task(job):
        if moment == "before the first step":
            take_over(job)
        add_user("first")
        service.advance(job, 1, 2)
        if moment == "between two steps":
            take_over(job)
        add_user("second")
        service.advance(job, 2, 2)
        add_user("third")
        db.session.flush()
        if moment == "at the end":
            db.session.rollback()
            take_over(job)
            add_user("third")

    job = make(task)
    service.run(job.id)

    kept = {"before the first step": set(), "between two steps": {"first"}, "at the end": {"first", "second"}}[moment]
    assert set(db.session.scalars(select(User.username))) == kept
    assert (job.state, job.attempt) == (JobState.RUNNING, 2)


def test_failure_after_a_lost_lease_does_not_touch_the_successor(make):
    def task(job):
        take_over(job)
        raise RuntimeError("late")

    job = make(task)
    service.run(job.id)

    assert (job.state, job.error) == (JobState.RUNNING, "")


def test_abandoned_job_goes_on_where_it_stopped(make, db):
    seen = []

    def task(job):
        seen.append(job.done)
        if len(seen) == 1:
            service.advance(job, 5, 10)
            raise SystemExit

    job = make(task)
    with pytest.raises(SystemExit):
        service.run(job.id)
    db.session.rollback()

    assert service.stranded() == []
    with time_machine.travel(now() + service.LEASE + timedelta(seconds=1)):
        assert service.stranded() == [job.id]
        service.run(job.id)

    assert seen == [0, 5]
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_job_that_breaks_its_worker_again_and_again_is_given_up(make, db):
    def task(job):
        raise SystemExit

    job = make(task)
    moment = now()
    for attempt in range(service.MOST_ATTEMPTS + 1):
        with time_machine.travel(moment + attempt * (service.LEASE + timedelta(seconds=1))):
            try:
                service.run(job.id)
            except SystemExit:
                db.session.rollback()

    assert job.state == JobState.FAILED
    assert "多次中断" in job.error


def test_failure_stops_only_its_own_job_and_leaves_nothing_half_written(make, db, caplog):
    def bad(job):
        add_user("half")
        db.session.flush()
        raise RuntimeError("id 999999201005060026")

    def good(job):
        add_user("whole")

    first, second = make(bad), make(good)
    assert service.run_pending() == 2

    assert (first.state, second.state) == (JobState.FAILED, JobState.DONE)
    assert set(db.session.scalars(select(User.username))) == {"whole"}
    assert "999999" not in first.error
    assert str(first.id) in first.error


def test_refusal_of_the_domain_is_told_in_its_own_words(make):
    def task(job):
        raise DomainError("还缺签名。")

    job = make(task)
    service.run_pending()

    assert (job.state, job.error) == (JobState.FAILED, "还缺签名。")


def test_task_that_nobody_knows_fails(db):
    job = service.enqueue("no.such", by=None)
    db.session.commit()

    service.run_pending()

    assert job.state == JobState.FAILED


def test_same_key_gives_the_job_that_exists(db):
    first = service.enqueue("task", by=None, dedupe="letters-1")
    again = service.enqueue("task", by=None, dedupe="letters-1")
    other = service.enqueue("task", by=None, dedupe="letters-2")

    assert first is again
    assert other is not first
    db.session.rollback()


def test_same_key_at_the_same_moment_gives_the_job_of_the_faster(db, monkeypatch):
    existing = service.enqueue("task", by=None, dedupe="letters-1")
    db.session.commit()
    found = iter([None, existing])
    monkeypatch.setattr(service, "_with_key", lambda _key: next(found))

    assert service.enqueue("task", by=None, dedupe="letters-1") is existing
    db.session.rollback()


def test_failed_job_frees_its_key(make, db):
    def task(job):
        raise DomainError("不行。")

    make(task, dedupe="letters-1")
    service.run_pending()

    assert service.enqueue("task", by=None, dedupe="letters-1").state == JobState.QUEUED
    db.session.rollback()


def test_run_pending_also_runs_what_its_jobs_ask_for(make):
    def second(job):
        pass

    def first(job):
        service.enqueue("second", by=None)

    service.TASKS["second"] = second
    make(first)

    assert service.run_pending() == 2


def test_stranded_are_those_that_wait_for_long(make):
    job = make(lambda job: None)

    assert service.stranded() == []
    with time_machine.travel(now() + timedelta(seconds=6)):
        assert service.stranded() == [job.id]


def test_counts_say_how_many_are_in_which_state(make):
    make(lambda job: None)
    service.run_pending()
    make(lambda job: None)

    assert service.counts() == {"queued": 1, "running": 0, "done": 1, "failed": 0}


class TestSending:
    """Ids go to the queue after the commit, and only then."""

    @pytest.fixture(autouse=True)
    def sent(self, app, db, monkeypatch):
        sent = []
        monkeypatch.setitem(app.config, "TESTING", False)
        monkeypatch.setattr(queue, "send", sent.extend)
        return sent

    def test_committed_job_is_sent(self, db, sent):
        job = service.enqueue("task", by=None)
        before = list(sent)

        db.session.commit()

        assert (before, sent) == ([], [job.id])

    def test_job_of_a_rolled_back_change_is_not_sent(self, db, sent):
        service.enqueue("task", by=None)

        db.session.rollback()
        UserFactory()

        assert sent == []

    def test_savepoint_neither_sends_nor_forgets(self, db, sent):
        job = service.enqueue("task", by=None)
        with db.session.begin_nested():
            add_user("inside")
        broken = db.session.begin_nested()
        broken.rollback()
        before = list(sent)

        db.session.commit()

        assert (before, sent) == ([], [job.id])


def test_daily_work_is_asked_for_once_on_each_day_of_the_school(db, tasks, monkeypatch):
    tasks["sweep"] = lambda job: None
    monkeypatch.setattr(service, "DAILY", ["sweep"])

    for moment in ("2026-11-24 15:59", "2026-11-24 15:59", "2026-11-24 16:01", "2026-11-25 12:00"):  # UTC
        with time_machine.travel(f"{moment} +0000", tick=False):
            service.ask_for_daily_work()
            service.run_pending()

    assert [job.state for job in db.session.scalars(select(Job))] == [JobState.DONE, JobState.DONE]


def test_daily_work_that_failed_waits_for_the_next_day(db, tasks, monkeypatch):
    def sweep(job):
        raise DomainError("not today")

    tasks["sweep"] = sweep
    monkeypatch.setattr(service, "DAILY", ["sweep"])

    for _time in range(2):
        service.ask_for_daily_work()
        service.run_pending()

    assert [job.state for job in db.session.scalars(select(Job))] == [JobState.FAILED]
