"""The installation at work: the web server and the worker, started, watched and stopped together."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.operations.static import publish, serve_published

ROOT = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 20
LONGEST_PAUSE = 30  # seconds between two attempts to start a worker that keeps dying
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class WebServer(BaseApplication):
    """Gunicorn with threads around an application that was built before it forks."""

    def __init__(self, app: Flask, settings: dict[str, Any]):
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def settings_of(app: Flask) -> dict[str, Any]:
    """What gunicorn is told."""
    return {
        "bind": app.config["BIND"],
        "worker_class": "gthread",
        "workers": int(app.config.get("WEB_PROCESSES", 1)),
        "threads": int(app.config.get("WEB_THREADS", 8)),
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 120,
        "keepalive": 5,
        "loglevel": "warning",
        "proc_name": "exchange",
        "control_socket_disable": True,  # it would write to the home folder
    }


def run_web(app: Flask) -> None:
    """The web server alone, in this process, until it is told to stop."""
    serve_published(app, publish(Path(app.static_folder or ""), Path(app.instance_path) / "static"))
    WebServer(app, settings_of(app)).run()


def require_free_address(bind: str) -> None:
    """Raise ``UsageProblem`` where another program holds the address."""
    host, _colon, port = bind.rpartition(":")
    if not port.isdigit():
        raise UsageProblem(_("EXCHANGE_BIND 要写成 127.0.0.1:8000 这样，现在是 %(bind)s。", bind=bind))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            words = _(
                "不能使用地址 %(bind)s（%(reason)s）。换一个端口：EXCHANGE_BIND=127.0.0.1:8001 make run",
                bind=bind,
                reason=getattr(error, "strerror", None) or str(error),
            )
            raise UsageProblem(words) from error


class Supervisor:
    """Keeps the worker and the web server running; ends both when one is asked to end."""

    def __init__(self, *, web: list[str], worker: list[str], when_ready: Callable[[], None]):
        self.commands = {"web": web, "worker": worker}
        self.when_ready = when_ready
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self.worker_started = 0.0
        self.pause = 1.0

    def run(self, *, is_ready: Callable[[], bool]) -> int:
        """Until a signal arrives or the web server ends; gives back the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        for name in self.commands:
            self._start(name)
        announced = False
        while not self.stopping and self.children["web"].poll() is None:
            if not announced and is_ready():
                self.when_ready()
                announced = True
            self._revive_worker()
            time.sleep(0.2)
        asked = self.stopping
        self._stop()
        return 0 if asked else self.children["web"].returncode or 1

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, name: str) -> None:
        self.children[name] = subprocess.Popen(self.commands[name], cwd=ROOT, preexec_fn=_end_with_parent)
        if name == "worker":
            self.worker_started = time.monotonic()

    def _revive_worker(self) -> None:
        """A worker that died is started again, at growing intervals while it keeps dying."""
        age = time.monotonic() - self.worker_started
        if self.children["worker"].poll() is None:
            self.pause = 1.0 if age > LONGEST_PAUSE else self.pause
        elif age > self.pause:
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self._start("worker")

    def _stop(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS + 5
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _end_with_parent() -> None:
    """Where the supervisor is killed outright, its children must not live on and hold the address (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def flask_command(*words: str) -> list[str]:
    """A command of ours as another process."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *words]


def accepts_connections(bind: str) -> bool:
    """Whether the web server listens yet."""
    host, _colon, port = bind.rpartition(":")
    host = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}.get(host, host.strip("[]"))
    try:
        with socket.create_connection((host, int(port)), timeout=1):
            return True
    except OSError:
        return False
