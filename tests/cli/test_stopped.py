"""What may go wrong while a command runs: it is stopped, the disk is full, data goes away. One error, no debris."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from checker.agreement import build
from checker.errors import UnreadableInput
from checker.funnel import KeptOut, open_funnel
from checker.funnel.history import read_history
from checker.language import words
from checker.replacing import held
from checker.review.check import check
from checker.text import read
from tests.cli.console import START, Ended
from tests.cli.test_check import AGREEMENT, LEADS
from tests.conftest import ROOT
from tests.reference import FOLDER

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
INTERRUPTED = "\nsla: interrupted\n"
"""The first line ends the one on which the terminal shows ^C."""
STOPS = (signal.SIGINT, signal.SIGTERM)
ROWS = 300_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agreement and so many leads that reading them takes a while."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    lead = "L{},2027-{:02}-{:02} 08:00:00,2027-{:02}-{:02} 09:00:00,2027-{:02}-{:02} 10:00:00\n"
    days = [(number % 3 + 1, number % 28 + 1) for number in range(ROWS)]
    with (folder / "leads.csv").open("w", encoding="utf-8") as file:
        file.write(LEADS.partition("\n")[0] + "\n")
        file.writelines(lead.format(number, *day, *day, *day) for number, day in enumerate(days))
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    return folder


def _begin(limit: int | None) -> None:
    """In the new process: it can be interrupted, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


class Running:
    """A command as a process of its own, with a folder of its own for temporary files."""

    def __init__(self, folder: Path, *arguments: str, limit: int | None = None) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(self.temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            preexec_fn=lambda: _begin(limit),
        )

    def until(self, is_so: Callable[[], object]) -> None:
        """Waits until something is so."""
        for _ in range(6000):
            if is_so():
                return
            assert self.process.poll() is None, f"it ended by itself: {self.process.communicate()}"
            time.sleep(0.005)
        raise AssertionError("it did not come to that")

    def stopped(self, how: signal.Signals) -> Ended:
        """Stops it, and how it ended."""
        self.process.send_signal(how)
        return self.ended()

    def ended(self) -> Ended:
        out, err = self.process.communicate(timeout=120)
        return Ended(self.process.returncode, out, err)

    def left_over(self) -> list[str]:
        """What is still among the temporary files."""
        return [path.name for path in self.temporary.iterdir()]


# ---------------------------------------------------------------- stopped


@pytest.mark.parametrize("how", STOPS)
@pytest.mark.parametrize("after", [0.0, 0.1, 0.3])
def test_a_check_that_is_stopped_leaves_nothing(large: Path, tmp_path: Path, how: signal.Signals, after: float) -> None:
    """Whether its engine is being started, reads, or counts: neither results nor temporary files nor a history."""
    out, history = tmp_path / "out.json", tmp_path / "history.parquet"
    run = Running(tmp_path, "check", str(large), "--format", f"json={out}", "--history", str(history))
    run.until(lambda: any(run.temporary.glob("sla-*")))
    time.sleep(after)
    ended = run.stopped(how)

    assert (3, "", INTERRUPTED) == ended
    assert [] == run.left_over()
    assert [] == [path.name for path in tmp_path.iterdir() if path != run.temporary]


@pytest.mark.parametrize("how", STOPS)
def test_an_inspection_that_is_stopped_while_it_writes_leaves_no_half_a_file(
    large: Path, tmp_path: Path, how: signal.Signals
) -> None:
    to = tmp_path / "parquet"
    run = Running(tmp_path, "source", "inspect", str(large / "leads.csv"), "--to-parquet", str(to))
    run.until(lambda: to.is_dir() and any(to.iterdir()))
    ended = run.stopped(how)

    assert (3, "", INTERRUPTED) == ended
    assert [] == run.left_over()
    assert [] == list(to.iterdir())


@pytest.mark.parametrize("how", STOPS)
def test_a_diff_that_is_stopped_writes_nothing(tmp_path: Path, how: signal.Signals) -> None:
    """Git, which it asks for the old text, never answers."""
    script, out = tmp_path / "bin" / "git", tmp_path / "out.json"
    script.parent.mkdir()
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nexec sleep 60\n", encoding="utf-8")
    script.chmod(0o755)
    run = None
    path = os.environ["PATH"]
    try:
        os.environ["PATH"] = f"{script.parent}{os.pathsep}{path}"
        run = Running(tmp_path, "diff", "git:main", str(FOLDER), "--format", f"json={out}")
    finally:
        os.environ["PATH"] = path
    run.until((tmp_path / "asked").exists)
    ended = run.stopped(how)

    assert (3, "", INTERRUPTED) == ended
    assert not out.exists()
    assert [] == run.left_over()


@pytest.mark.parametrize("how", STOPS)
def test_a_check_that_is_stopped_while_it_waits_for_the_history_leaves_it_as_it_was(
    small: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """Its results were out by then; the next run may write."""
    history, out = tmp_path / "history.parquet", tmp_path / "out.json"
    Running(tmp_path, "check", str(small), "--history", str(history)).ended()
    before = history.read_bytes()
    (tmp_path / "temporary").rmdir()
    arguments = ("check", str(small), "--as-of", "2027-03-31", "--history", str(history), "--format", f"json={out}")
    with held(history):
        run = Running(tmp_path, *arguments)
        run.until(out.exists)
        time.sleep(0.3)
        ended = run.stopped(how)

    assert (3, "", INTERRUPTED) == ended
    assert before == history.read_bytes()
    with held(history, patience=1):
        assert [] == [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]


# ---------------------------------------------------------------- no room


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "markdown"])
@pytest.mark.parametrize("command", ["check", "diff"])
def test_a_disk_without_room_is_one_clear_error(small: Path, tmp_path: Path, command: str, form: str) -> None:
    """What stood there before stays, and nothing else is there; the disk is a limit on the size of a file."""
    out = tmp_path / "report"
    out.write_text("of yesterday", encoding="utf-8")
    asked = [str(small)] if command == "check" else [str(FOLDER), str(small)]
    run = Running(tmp_path, command, *asked, "--format", f"{form}={out}", limit=200)

    assert (3, "", f"sla: {out} cannot be written: File too large\n") == run.ended()
    assert "of yesterday" == out.read_text(encoding="utf-8")
    assert {"report", "small", "temporary"} == {path.name for path in tmp_path.iterdir()}
    assert [] == run.left_over()


def test_a_history_that_finds_no_room_stays_as_it_was(small: Path, tmp_path: Path) -> None:
    """No piece of the new one is left, nor of what the engine writes beside it."""
    history = tmp_path / "kept" / "history.parquet"
    Running(tmp_path, "check", str(small), "--history", str(history)).ended()
    (tmp_path / "temporary").rmdir()
    before = history.read_bytes()
    more = ("--as-of", "2027-03-31", "--history", str(history), "--format", "json=/dev/null")
    ended = Running(tmp_path, "check", str(small), *more, limit=400).ended()

    assert (3, "", f"sla: {history} cannot be written: File too large\n") == ended
    assert before == history.read_bytes()
    assert {"history.parquet"} == {path.name for path in history.parent.iterdir() if not path.name.endswith(".lock")}


def test_an_inspection_that_finds_no_room_leaves_no_half_a_file(large: Path, tmp_path: Path) -> None:
    to = tmp_path / "parquet"
    asked = ("source", "inspect", str(large / "leads.csv"), "--to-parquet", str(to))
    ended = Running(tmp_path, *asked, limit=50_000).ended()

    assert (3, "", f"sla: {to / 'leads.parquet'} cannot be written: File too large\n") == ended
    assert [] == list(to.iterdir())


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, of which 4 are free."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may make a disk")
    try:
        (disk / "fill").write_bytes(b"x" * 60 * 1024)
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("option", ["--format=json=FILE", "--history=FILE", "--rejects=FILE"])
def test_a_full_disk_is_named_by_its_file(small: Path, tmp_path: Path, tiny_disk: Path, option: str) -> None:
    """Not by a folder for temporary files that nobody chose."""
    file = tiny_disk / "file"
    broken = "".join(f"X{number},no day at all,,\n" for number in range(200))
    with (small / "leads.csv").open("a", encoding="utf-8") as leads:
        leads.write(broken if "rejects" in option else "")
    ended = Running(tmp_path, "check", str(small), option.replace("FILE", str(file))).ended()

    assert (3, f"sla: {file} cannot be written: No space left on device\n") == (ended.code, ended.err)
    assert {"fill"} == {path.name for path in tiny_disk.iterdir() if not path.name.endswith(".lock")}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["check", "diff"])
def test_a_device_that_is_always_full_is_told(small: Path, tmp_path: Path, command: str) -> None:
    asked = [str(small)] if command == "check" else [str(FOLDER), str(small)]
    ended = Running(tmp_path, command, *asked, "--format", "github=/dev/full").ended()

    assert (3, "", "sla: /dev/full cannot be written: No space left on device\n") == ended


# ---------------------------------------------------------------- data that goes away


def _deleted(file: Path) -> None:
    file.unlink()


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [_deleted, _emptied, _cut_off, _a_folder])
@pytest.mark.parametrize("when", ["between planning and reading", "between reading and counting"])
def test_a_parquet_file_that_goes_while_it_is_read_is_one_clear_error(
    large: Path, tmp_path: Path, harm: Callable[[Path], None], when: str
) -> None:
    """Never a verdict on what is left of it."""
    file = tmp_path / "leads.parquet"
    duckdb.execute(f"COPY (SELECT * FROM '{large / 'leads.csv'}' LIMIT 50000) TO '{file}' (FORMAT parquet)")
    (tmp_path / "agreement.yaml").write_text(AGREEMENT.replace("leads.csv", "leads.parquet"), encoding="utf-8")
    document = read(tmp_path)
    agreement = build(document.values, document.problems)
    early = KeptOut(lambda _: harm(file)) if when.startswith("between planning") else None

    def judged() -> None:
        with open_funnel(agreement, tmp_path, {}, early) as funnel:
            if early is None:
                harm(file)
            check(agreement, document, funnel)

    with pytest.raises(UnreadableInput) as raised:
        judged()

    assert words("en").say(raised.value.message).startswith("the data cannot be read to its end: ")


def test_a_parquet_file_that_is_written_anew_while_it_is_counted_is_one_clear_error(
    large: Path, tmp_path: Path
) -> None:
    """The new file is a good one: without this, some numbers would be of the old leads and some of the new."""
    file, new = tmp_path / "leads.parquet", tmp_path / "new.parquet"
    for path, rows in ((file, 50_000), (new, 100)):
        duckdb.execute(f"COPY (SELECT * FROM '{large / 'leads.csv'}' LIMIT {rows}) TO '{path}' (FORMAT parquet)")
    (tmp_path / "agreement.yaml").write_text(AGREEMENT.replace("leads.csv", "leads.parquet"), encoding="utf-8")
    document = read(tmp_path)
    agreement = build(document.values, document.problems)

    def judged() -> None:
        with open_funnel(agreement, tmp_path) as funnel:
            new.replace(file)
            check(agreement, document, funnel)

    with pytest.raises(UnreadableInput) as raised:
        judged()

    assert "leads.parquet was changed while it was read: judge it again" == words("en").say(raised.value.message)


def test_a_pipe_is_refused_before_anybody_waits_for_it(small: Path, tmp_path: Path) -> None:
    """It could be read once only, and nobody may ever write to it."""
    pipe = tmp_path / "leads.csv"
    os.mkfifo(pipe)
    ended = Running(tmp_path, "check", str(small), "--data", f"lead={pipe}").ended()

    assert 3 == ended.code
    assert f"{pipe} is no plain file: it is read more than once, so write it into one\n" in ended.err


# ---------------------------------------------------------------- two at once


def test_two_checks_that_write_one_history_at_once_are_both_in_it(small: Path, tmp_path: Path) -> None:
    """Each run in full, none of them twice."""
    history = tmp_path / "history.parquet"
    days = ("2027-02-28", "2027-03-31", "2027-04-05")
    runs = []
    for day in days:
        room = tmp_path / day
        room.mkdir()
        runs.append(Running(room, "check", str(small), "--as-of", day, "--history", str(history)))
    codes = [run.ended().code for run in runs]
    found = [(item.as_of.date().isoformat(), item.run) for item in read_history(history).results]

    assert [0, 1, 1] == codes
    assert set(days) == {day for day, _ in found}
    assert {1, 2, 3} == {number for _, number in found}
    assert 3 == len(set(found))
