"""A real PostgreSQL on loopback, from the system's packages, with a data folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import psycopg
import pytest

PASSWORD = "the/secret:word@of#the%test"
_ESCAPED = "the%2Fsecret%3Aword%40of%23the%25test"
_NUMBERS = count(1)
FUNNELS = int(os.environ.get("SLA_POSTGRES_FUNNELS", "24"))
"""How many random funnels are put into tables of PostgreSQL. `make postgres-funnels` puts 300."""
_USERS = ("postgres", "nobody")
"""Who may run the server where the tests are run by root, whom it refuses."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the database of it that is asked."""

    port: int
    database: str = "postgres"

    def address(self, database: str | None = None, user: str = "owner", password: str = _ESCAPED) -> str:
        """Where the database is, or another one of the server."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database or self.database}"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: float(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="session")
def shared_postgres() -> Iterator[Server]:
    """One server for all tests of a process."""
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def postgres(shared_postgres: Server) -> Server:
    """An empty database for the tests of one module."""
    name = f"database_{next(_NUMBERS)}"
    with psycopg.connect(shared_postgres.address(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return replace(shared_postgres, database=name)


@contextmanager
def running() -> Iterator[Server]:
    """A server of one's own; the test is skipped where PostgreSQL is not installed, and fails in CI."""
    bin_folder = programs()
    if bin_folder is None:
        reason = "PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="sla-postgres-"))
    user, group = _runner(folder)
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run(
        [
            *(str(bin_folder / "initdb"), "--pgdata", str(folder / "data"), "--username=owner", "--encoding=UTF8"),
            *("--auth=scram-sha-256", "--pwfile", str(folder / "password"), "--no-sync", "--locale=C"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        user=user,
        group=group,
    )
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "max_connections": "20",
        "shared_buffers": "16MB",
    }
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(str(bin_folder / "postgres"), "-D", str(folder / "data")),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            user=user,
            group=group,
        )
    try:
        _wait(server, port, folder / "log")
        yield Server(port)
    finally:
        # at once, whoever is still connected
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _runner(folder: Path) -> tuple[int | None, int | None]:
    """The user and group who run the server: ourselves, but not as root. The folder becomes theirs."""
    if os.geteuid() != 0:
        return None, None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(names[name] for name in _USERS if name in names)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_uid, user.pw_gid


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                time.sleep(0.2)
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()}")
