"""Databases for tests: those that answer on this machine, else private ones that live as long as the test run.

``python -m tests.services postgresql pytest …`` runs a command with ``EXCHANGE_TEST_DATABASE`` set and one PostgreSQL
and one Redis for all of its processes; a test that asks without it gets servers of its own process.
"""

import atexit
import contextlib
import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import psycopg
import redis
from psycopg import sql

HOST = "127.0.0.1"
POSTGRESQL_ADDRESS = "EXCHANGE_TEST_POSTGRESQL"
REDIS_ADDRESS = "EXCHANGE_TEST_REDIS"
UNPRIVILEGED = "nobody"
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class ServiceUnavailable(Exception):
    """No server answers and none could be started."""


def database() -> str:
    """Which database this run tests on: ``sqlite`` or ``postgresql``."""
    return os.environ.get("EXCHANGE_TEST_DATABASE", "sqlite")


def postgresql_url(worker_id: str = "master") -> str:
    """The address of a fresh, empty database of this worker; it is dropped when the process ends."""
    name = f"exchange_test_{worker_id}_{os.getpid()}"
    address = _postgresql()
    server = psycopg.conninfo.conninfo_to_dict(address)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    atexit.register(_drop_database, address, name)
    secret = f":{server['password']}" if server.get("password") else ""
    return f"postgresql+psycopg://{server['user']}{secret}@{server['host']}:{server['port']}/{name}"


def redis_url() -> str:
    """The address of an empty Redis database; it is emptied again when the process ends."""
    address = _redis()
    for number in range(15, 0, -1):
        with redis.Redis.from_url(f"{address}/{number}") as client:
            if client.set("exchange-test", os.getpid(), nx=True, ex=3600) and client.dbsize() == 1:
                atexit.register(_empty_redis, f"{address}/{number}")
                return f"{address}/{number}"
    raise ServiceUnavailable("Every database of this Redis is in use.")


@cache
def _postgresql() -> str:
    """How to reach a server that lets us create databases."""
    if given := os.environ.get(POSTGRESQL_ADDRESS):
        return given
    for user in dict.fromkeys([os.environ.get("PGUSER", getpass.getuser()), "postgres"]):
        address = f"host={HOST} port={os.environ.get('PGPORT', '5432')} user={user} dbname=postgres connect_timeout=2"
        if _may_create_databases(address):
            return address
    return _start_postgresql()


def _may_create_databases(address: str) -> bool:
    question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(address) as connection:
            return bool(connection.execute(question).fetchone()[0])
    except psycopg.Error:
        return False


def _start_postgresql() -> str:
    """A private server in a folder of its own; it refuses to run as root, so root hands it to an unprivileged user."""
    programs = _postgresql_programs()
    folder = Path(tempfile.mkdtemp(prefix="exchange-postgresql-"))
    port = _free_port()
    owner = _server_owner()
    if owner:
        shutil.chown(folder, owner.pw_uid, owner.pw_gid)
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    initdb = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*initdb, "--no-sync"], cwd=folder, check=True, **who, **QUIET)
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", HOST, "-p", str(port), *FAST]
    server = subprocess.Popen(command, cwd=folder, start_new_session=True, **who, **QUIET)
    atexit.register(_stop, server, folder, signal.SIGINT)
    address = f"host={HOST} port={port} user=postgres dbname=postgres connect_timeout=2"
    _wait_until(lambda: _may_create_databases(address), server, "PostgreSQL")
    return address


def _postgresql_programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise ServiceUnavailable("PostgreSQL is missing: sudo apt-get install -y postgresql")


def _server_owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam(UNPRIVILEGED)


@cache
def _redis() -> str:
    if given := os.environ.get(REDIS_ADDRESS):
        return given
    address = f"redis://{HOST}:6379"
    return address if _redis_answers(address) else _start_redis()


def _redis_answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _start_redis() -> str:
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceUnavailable("Redis is missing: sudo apt-get install -y redis-server")
    folder = Path(tempfile.mkdtemp(prefix="exchange-redis-"))
    port = _free_port()
    settings = ["--bind", HOST, "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = subprocess.Popen([program, *settings], start_new_session=True, **QUIET)
    atexit.register(_stop, server, folder, signal.SIGTERM)
    _wait_until(lambda: _redis_answers(f"redis://{HOST}:{port}"), server, "Redis")
    return f"redis://{HOST}:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _wait_until(ready, server: subprocess.Popen, name: str) -> None:
    for _attempt in range(200):
        if ready():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise ServiceUnavailable(f"A private {name} did not start.")


def _stop(server: subprocess.Popen, folder: Path, how: signal.Signals) -> None:
    server.send_signal(how)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _drop_database(address: str, name: str) -> None:
    with contextlib.suppress(psycopg.Error), psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _empty_redis(address: str) -> None:
    with contextlib.suppress(redis.RedisError), redis.Redis.from_url(address) as client:
        client.flushdb()


def main(kind: str, *command: str) -> int:
    """Run the command on this kind of database, with its servers up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    environment = {**os.environ, "EXCHANGE_TEST_DATABASE": kind, REDIS_ADDRESS: _redis()}
    if kind == "postgresql":
        environment[POSTGRESQL_ADDRESS] = _postgresql()
    try:
        return subprocess.run(command, env=environment).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
