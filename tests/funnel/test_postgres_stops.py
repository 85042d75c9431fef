"""A PostgreSQL that is shut down while its rows are read: one clear error, no verdict, nothing left behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from threading import Thread

import psycopg
import pytest

from checker.errors import UnreadableInput
from tests.funnel.postgres import Server, running
from tests.funnel.sources import leads, refusal

SLOW = "SELECT 'L' || n AS id, 5 AS size, now() AS born, pg_sleep(0.01)::text AS nap FROM generate_series(1, 100000) n"


def _shut_down_while_it_reads(server: Server, pid: int) -> None:
    """Ends the server, as its administrator would, once the slow query runs."""
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(0.01)%' AND pid <> pg_backend_pid()"
    for _ in range(600):
        with psycopg.connect(server.address()) as connection:
            found = connection.execute(running).fetchone()
        if found and found[0]:
            break
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(pid, signal.SIGINT)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """One that no other test needs: it is shut down."""
    with running() as server:
        yield server


def test_a_server_that_is_shut_down_midway_is_one_clear_error(tmp_path, own_server: Server, monkeypatch) -> None:
    """Half a table is no table; the address is not told."""
    monkeypatch.setenv("CRM_DATABASE", own_server.address())
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with psycopg.connect(own_server.address()) as connection:
        row = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    assert row is not None
    pid = int(str(row[0]).splitlines()[0])
    source = leads(fields={"employees": "size"}) | {
        "files": {"lead": {"url": "env:CRM_DATABASE", "query": SLOW}},
        "events": {"became_lead": "born"},
    }
    ender = Thread(target=_shut_down_while_it_reads, args=(own_server, pid))
    ender.start()
    kind, told = refusal(tmp_path, source)
    ender.join()

    assert kind is UnreadableInput
    assert "the database broke off while" in told
    assert own_server.address() not in told
    assert [] == list(tmp_path.iterdir())
