import json
import threading

from exchange.jobs import cli, queue, service
from exchange.jobs.models import JobState


def test_status_counts_jobs(runner, db):
    service.enqueue("task", by=None)
    db.session.commit()

    result = runner.invoke(args=["jobs", "status", "--json"])

    assert json.loads(result.stdout) == {"queued": 1, "running": 0, "done": 0, "failed": 0}


def test_work_once_runs_what_waits(runner, db, tasks):
    tasks["task"] = lambda job: None
    job = service.enqueue("task", by=None)
    db.session.commit()

    result = runner.invoke(args=["jobs", "work", "--once"])

    assert json.loads(result.stdout) == {"run": 1}
    assert job.state == JobState.DONE


def test_sweep_goes_on_after_a_failure(app, db, monkeypatch, caplog):
    stopping, sent = threading.Event(), []
    answers = iter([OSError("database away"), [7]])

    def stranded():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        stopping.set()
        return answer

    monkeypatch.setattr(cli, "SWEEP_SECONDS", 0.01)
    monkeypatch.setattr(service, "stranded", stranded)
    monkeypatch.setattr(queue, "send", sent.extend)
    cli._sweep(app, stopping)

    assert sent == [7]
    assert "will be tried again" in caplog.text
