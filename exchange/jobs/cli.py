"""``flask jobs``: the worker, and how much waits."""

import logging
import threading
from typing import Any, cast

import click
from flask import current_app

from exchange.config import require_keys
from exchange.core.cli import Group, json_option, reads, report, writes
from exchange.jobs import queue, service

log = logging.getLogger("exchange.jobs")
SWEEP_SECONDS = 3
jobs = Group("jobs", help="Background jobs.")


@jobs.command()
@json_option
@reads
def status(as_json):
    """How many jobs are queued, running, failed and done."""
    report(service.counts(), as_json=as_json)


@jobs.command()
@click.option("--once", is_flag=True, help="Run what waits, then stop.")
@writes
def work(once):
    """Work jobs off until stopped."""
    app = cast(Any, current_app)._get_current_object()
    require_keys(app)
    if once:
        report({"run": service.run_pending()}, as_json=True)
        return
    service.prepare()
    stopping = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(app, stopping), daemon=True)
    sweeper.start()
    consumer = queue.carrier().create_consumer(
        workers=1, periodic=False, max_delay=0.2, initial_delay=0.05, graceful_signal="TERM", check_worker_health=True
    )
    try:
        consumer.run()
    finally:
        stopping.set()


def _sweep(app, stopping):
    """Ask for the work of the day, and send what was lost: ids that never reached the queue, leases that ran out."""
    while not stopping.wait(SWEEP_SECONDS):
        try:
            with app.app_context():
                service.ask_for_daily_work()
                queue.send(service.stranded())
        except Exception:  # a database that is away for a moment must not end the sweep for good
            log.warning("the sweep failed and will be tried again", exc_info=True)
