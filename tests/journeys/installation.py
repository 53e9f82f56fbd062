"""The installation as it runs at a school: a folder, a database, files, a port, and two processes under one roof."""

import contextlib
import fcntl
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Bamboo-2026"
KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
PATIENCE = 90  # seconds until a process must have answered; machines that test are busy
PUBLISH = "from exchange.operations import static; from wsgi import app; from pathlib import Path; \
static.publish(Path(app.static_folder), Path(app.instance_path) / 'static')"


class Installation:
    """``start`` and ``stop`` are what the machine's administrator does; ``rows`` looks into the database."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.address = f"127.0.0.1:{_free_port()}"
        self.url = f"http://{self.address}"
        self.process = None

    @property
    def environment(self):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
        return inherited | {
            "EXCHANGE_BIND": self.address,
            "EXCHANGE_DATABASE_URL": f"sqlite:///{self.folder / 'exchange.db'}",
            "EXCHANGE_DEMO": "1",
            "EXCHANGE_FIELD_KEYS": KEY,
            "EXCHANGE_QUEUE_URL": f"sqlite:///{self.folder / 'queue.db'}",
            "EXCHANGE_SCHOOL_PHONE": "0572-0000000",
            "EXCHANGE_SECRET_KEY": "only for tests",
            "EXCHANGE_STORAGE_URL": str(self.folder / "files"),
        }

    def run(self, *words, expect=0):
        """One command of ours; gives back what it printed. ``expect`` is its exit status, None where any will do."""
        return self._run([sys.executable, "-m", "flask", "--app", "wsgi", *words], expect)

    def build(self, module, *words):
        """Let a module of ours build something here; gives back the JSON that it printed."""
        return json.loads(self._run([sys.executable, "-m", module, *map(str, words)], 0))

    def publish(self):
        """The static files are published once, before several servers start side by side."""
        self._run([sys.executable, "-c", PUBLISH], 0)

    def _run(self, command, expect):
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        assert expect is None or done.returncode == expect, done.stderr
        return done.stdout

    def start(self):
        assert not self._answers(), f"somebody answers on {self.address} already"
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "operations", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.1)

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    @property
    def log(self):
        return (self.folder / "server.log").read_text("utf-8")

    def stop(self):
        """As an administrator does: a signal, and every request under way is finished."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(PATIENCE) == 0, self.log

    def kill(self):
        """As a power cut does: all processes at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def rows(self, statement, *values):
        """What the database holds now, as tuples."""
        with contextlib.closing(
            sqlite3.connect(f"file:{self.folder / 'exchange.db'}?mode=ro", uri=True, timeout=30)
        ) as database:
            return database.execute(statement, values).fetchall()

    def count(self, statement, *values):
        """The one number that the statement asks for."""
        ((number,),) = self.rows(statement, *values)
        return number


def told_once(folder: Path) -> Path:
    """The folder of a demonstration year, told by whichever worker comes first; the others wait and copy."""
    with _alone(folder.with_suffix(".lock")):
        if not folder.exists():
            unfinished = folder.with_suffix(".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True)
            installation = Installation(unfinished)
            installation.publish()
            installation.run("db", "upgrade")
            installation.run("demo", "load", "--password", PASSWORD)
            unfinished.rename(folder)
    return folder


@contextlib.contextmanager
def _alone(lock):
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _free_port():
    """Below the ports that outgoing connections take: nobody may sit down on it while the server is stopped."""
    for port in random.Random(os.getpid() + time.time_ns()).sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port between 20000 and 30000")
