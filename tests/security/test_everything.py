"""Every command in every format asks no network, and tells nobody what it was not asked to tell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from checker.cli.main import COMMANDS
from checker.cli.source import COMMANDS as SOURCES
from tests.cli.console import sla
from tests.conftest import ROOT
from tests.security import world

Capsys = pytest.CaptureFixture[str]
HOOK = """\
import os, sys

def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        with open(os.environ["WATCHED_SOCKETS"], "a") as log:
            print(event, *map(repr, arguments), sys.argv, file=log)
        os._exit(97)

sys.addaudithook(watch)
"""
"""Python runs this at the start of each process that is told where it is, of its children as well."""


@dataclass(frozen=True)
class Told:
    """One command, and what came of it."""

    command: tuple[str, ...]
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Everything:
    """What all commands told, and the folder in which they wrote."""

    folder: Path
    told: list[Told]
    sockets: str


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    """The whole table, run once: watched by the hook, and without a network where the system can take it away."""
    folder = tmp_path_factory.mktemp("watched")
    world.build(folder)
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    log = hook / "sockets.txt"
    done = subprocess.run(
        [*_without_network(), sys.executable, "-m", "tests.security.everything", str(folder)],
        cwd=ROOT,
        env={**world.environment(folder), "PYTHONPATH": f"{hook}{os.pathsep}{ROOT}", "WATCHED_SOCKETS": str(log)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    sockets = log.read_text() if log.exists() else ""
    assert 0 == done.returncode, sockets + done.stdout + done.stderr
    told = [Told(tuple(each.pop("command")), **each) for each in json.loads((folder / "told.json").read_text())]
    (folder / "told.json").unlink()
    return Everything(folder, told, sockets)


def _without_network() -> list[str]:
    """What starts a program in a namespace of its own without any network; nothing where that is not allowed."""
    if shutil.which("unshare") is None:
        return []
    command = ["unshare", "--net", "--map-root-user"]
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []


def test_the_table_holds_every_command() -> None:
    first = {command[0] for command in world.commands()}
    second = {command[1] for command in world.commands() if command[0] == "source"}

    assert set(COMMANDS) <= first
    assert set(SOURCES) == second


def test_no_command_opens_a_socket(everything: Everything) -> None:
    assert "" == everything.sockets


def test_the_hook_sees_a_socket(tmp_path: Path) -> None:
    """Also that of a child."""
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    log = tmp_path / "sockets.txt"
    child = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "WATCHED_SOCKETS": str(log)},
        check=False,
    )

    assert 0 == done.returncode
    assert "socket.getaddrinfo '127.0.0.1' 9" in log.read_text()


def test_every_command_of_the_table_does_its_work(everything: Everything) -> None:
    """A table of commands that only fail would show nothing."""
    ended_badly = {
        " ".join(each.command): (each.code, each.err)
        for each in everything.told
        if each.code not in (0, 1) or "Traceback" in each.out + each.err
    }

    assert {} == ended_badly


def seen(text: str) -> str:
    """A text as its reader sees it: what pages, lists and tables write otherwise is put back."""
    return unescape(text).replace("\\", "").lower()


def test_no_mark_is_told(everything: Everything) -> None:
    leaks = [
        f"{' '.join(each.command)}: {what}"
        for each in everything.told
        for what, mark in world.MARKS.items()
        if mark.lower() in seen(each.out + each.err)
    ]

    assert [] == leaks


def test_no_mark_is_written_into_any_file(everything: Everything) -> None:
    """Results, history, lists, rejects, packed data, a new repository, the pages."""
    made = list(_files(everything.folder / "made"))
    leaks = [
        f"{path.relative_to(everything.folder)}: {what}"
        for path in made
        for what, mark in world.MARKS.items()
        if mark.lower() in seen(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert [] == leaks
    assert {"rejects.csv", "history.parquet", "results.json", "lead.parquet"} <= {path.name for path in made}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize(
    "asked",
    [
        ("leads", "overdue", "sla", "--as-of", "2027-03-31"),
        ("leads", "overdue", "sla", "--as-of", "2027-03-31", "--format", "csv"),
        ("leads", "overdue", "sla", "--as-of", "2027-03-31", "--format", "html"),
        ("explain", "--lead", "L2", "sla"),
    ],
    ids=" ".join,
)
def test_personal_data_is_shown_to_those_who_ask(
    everything: Everything, asked: tuple[str, ...], capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the marks would be missing because they were never near."""
    monkeypatch.chdir(everything.folder)
    ended = sla(capsys, *asked, "--show-personal-data")

    assert any(mark.lower() in seen(ended.out) for mark in world.PERSONAL.values())
    assert not any(mark.lower() in seen(ended.out + ended.err) for mark in world.NEVER.values())


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ana:{world.PASSWORD}@127.0.0.1:1/crm",
        f"postgresql://ana@127.0.0.1:1/crm?password={world.PASSWORD}",
        f"postgres://ana:{world.PASSWORD}@no host/crm",
        f"mysql://ana:{world.PASSWORD}@127.0.0.1/crm",
        f"duckdb:/{world.PASSWORD}/nowhere.duckdb",
        world.PASSWORD,
    ],
)
def test_an_address_that_does_not_work_is_not_shown(
    everything: Everything, address: str, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(everything.folder)
    monkeypatch.setenv(world.VARIABLE, address)
    for asked in (("check", "base"), ("source", "show", "base"), ("backtest", "base")):
        ended = sla(capsys, *asked)

        assert world.PASSWORD not in ended.out + ended.err
    assert 3 == sla(capsys, "check", "base").code
