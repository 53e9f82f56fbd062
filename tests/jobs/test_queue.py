import logging
import signal
import time

import pytest

from exchange import create_app
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.jobs import queue, service
from exchange.jobs.models import Job, JobState
from tests import services
from tests.conftest import KEY


@pytest.fixture
def carrying_app(app, db, tasks, tmp_path):
    """carrying_app(queue_url) gives an application that really sends its jobs."""

    def build(url):
        return create_app(
            DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"],
            QUEUE_URL=url,
            STORAGE_URL=str(tmp_path / "files"),
            SECRET_KEY="only for tests",
            FIELD_KEYS=KEY,
            RATELIMIT_STORAGE_URI="memory://",  # the limiter belongs to the process: other tests go on with it
        )

    return build


@pytest.fixture
def consumer():
    """consumer(app) starts a worker thread on the queue of the application."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    started = []

    def start(app):
        with app.app_context():
            one = queue.carrier().create_consumer(workers=1, periodic=False, max_delay=0.1, initial_delay=0.01)
        one.start()
        started.append(one)

    yield start
    for one in started:
        one.stop(graceful=True)
    for number, handler in kept.items():
        signal.signal(number, handler)


def wait_for_end(job_id, seconds=20):
    for _attempt in range(seconds * 20):
        state = database.session.get_one(Job, job_id, populate_existing=True).state
        database.session.rollback()
        if state in {JobState.DONE, JobState.FAILED}:
            return state
        time.sleep(0.05)
    return state


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_job_is_carried_to_a_worker_and_done(carrying_app, consumer, tasks, tmp_path, kind):
    tasks["add"] = lambda job, *, number: f"/results/{number + 1}"
    app = carrying_app(services.redis_url() if kind == "redis" else f"sqlite:///{tmp_path / 'queue.db'}")
    consumer(app)

    with app.app_context():
        job_id = service.enqueue("add", by=None, number=6).id
        database.session.commit()

        assert wait_for_end(job_id) == JobState.DONE
        assert database.session.get_one(Job, job_id).url == "/results/7"
        database.session.remove()
        database.engine.dispose()


def test_queue_that_does_not_answer_loses_no_job(carrying_app, caplog):
    app = carrying_app("redis://127.0.0.1:1/0")

    with app.app_context(), caplog.at_level(logging.WARNING, "exchange.jobs"):
        job = service.enqueue("task", by=None)
        database.session.commit()

        assert job.state == JobState.QUEUED
        assert "the sweep will" in caplog.text
        database.session.remove()
        database.engine.dispose()


def test_address_of_no_queue_is_refused_with_a_sentence(carrying_app):
    with pytest.raises(UsageProblem, match="amqp"):
        carrying_app("amqp://127.0.0.1")


def test_message_comes_back_as_it_was_sent():
    serializer = queue.JsonSerializer()
    message = queue.Message("1", "carry", None, 0, 0, 0, (7,), {}, None, None, None, None, None)

    assert serializer.deserialize(serializer.serialize(message)) == message
    assert serializer.deserialize(serializer.serialize({"a": [1, "二"]})) == {"a": [1, "二"]}
