import os
import signal
import socket
import sys
import threading

import pytest

from exchange.core.errors import UsageProblem
from exchange.operations.serve import Supervisor, accepts_connections, require_free_address

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def _own_signal_handlers():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def stop_soon(seconds):
    timer = threading.Timer(seconds, os.kill, [os.getpid(), signal.SIGTERM])
    timer.start()
    return timer


def test_supervisor_stops_both_when_asked_and_ends_well():
    supervisor = Supervisor(web=SLEEP, worker=SLEEP, when_ready=lambda: stop_soon(0.1))

    status = supervisor.run(is_ready=lambda: True)

    assert status == 0
    assert all(child.poll() is not None for child in supervisor.children.values())


def test_supervisor_starts_a_dead_worker_again(tmp_path):
    trace = tmp_path / "starts"
    dying = [sys.executable, "-c", f"open({str(trace)!r}, 'a').write('x')"]
    supervisor = Supervisor(web=SLEEP, worker=dying, when_ready=lambda: None)
    stop_soon(2)

    supervisor.run(is_ready=lambda: False)

    assert trace.read_text().startswith("xx")
    assert supervisor.pause > 1


def test_supervisor_ends_with_the_status_of_a_failed_web_server():
    supervisor = Supervisor(web=[sys.executable, "-c", "raise SystemExit(7)"], worker=SLEEP, when_ready=lambda: None)

    assert supervisor.run(is_ready=lambda: False) == 7
    assert supervisor.children["worker"].poll() is not None


def test_address_in_use_is_refused_with_the_command_that_helps():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        address = f"127.0.0.1:{holder.getsockname()[1]}"

        assert accepts_connections(address)
        with pytest.raises(UsageProblem, match="EXCHANGE_BIND=127"):
            require_free_address(address)


@pytest.mark.parametrize("bind", ["nonsense", "127.0.0.1:", "127.0.0.1:99999"])
def test_unusable_address_is_refused(bind):
    with pytest.raises(UsageProblem):
        require_free_address(bind)


def test_free_address_is_accepted(unused_port):
    require_free_address(f"127.0.0.1:{unused_port}")

    assert not accepts_connections(f"127.0.0.1:{unused_port}")
