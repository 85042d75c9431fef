"""Files that are made to take all time or memory: each ends in words, within 10 seconds and 1 GB, in a process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.cli.console import START
from tests.cli.test_check import AGREEMENT, LEADS

MOST_SECONDS, MOST_MEGABYTES = 10, 1024
MB = 1024 * 1024


class Ended(NamedTuple):
    """How a process ended: its code, what it told, processor seconds, and the most memory that it held."""

    code: int
    told: str
    seconds: float
    megabytes: float


def sla(folder: Path, *arguments: str) -> Ended:
    """Runs a command in a folder, for a minute at most."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            preexec_fn=_a_minute,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read(100_000).decode(errors="replace")
    return Ended(process.returncode, told, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _a_minute() -> None:
    import resource
    import signal

    signal.alarm(300)  # what waits takes no processor time
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 1024 * MB, 4 * 1024 * MB))  # for the machine's sake


def ends_well(ended: Ended, *codes: int) -> None:
    """Fails unless it does."""
    assert ended.code in codes, ended
    assert "Traceback" not in ended.told
    assert "a defect of this tool" not in ended.told
    assert ended.seconds < MOST_SECONDS, ended
    assert ended.megabytes < MOST_MEGABYTES, ended


# ---------------------------------------------------------------- agreements

HEAD = "format: sla/v1\nagreement: X\nstages: {lead: {team: marketing}}\n"
BOMB = 'a: &a ["lol", "lol"]\n' + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)
TEXTS: dict[str, Callable[[], str]] = {
    "a bomb of references": lambda: HEAD + BOMB,
    "a bomb of merges": lambda: HEAD + "x: &x {a: 1}\n" + "".join(f"y{n}: {{<<: [*x, *x]}}\n" for n in range(5000)),
    "brackets in brackets": lambda: HEAD + "people: " + "[" * 200_000,
    "braces in braces": lambda: HEAD + "people: " + "{a: " * 100_000,
    "lists in lists": lambda: HEAD + "people:\n" + "".join(" " * n + "-\n" for n in range(2000)),
    "a text of 5 MB": lambda: HEAD + "language: " + "x" * (5 * MB - 200),
    "a number of 4 MB": lambda: HEAD + "plan: {revenue: " + "9" * (4 * MB) + "}\n",
    "half a million keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(400_000)),
    "half a million people": lambda: HEAD + "people:\n" + "".join(f"  p{n}: {{}}\n" for n in range(300_000)),
    "twenty thousand people": lambda: HEAD + "people:\n" + "".join(f"  p{n}: {{}}\n" for n in range(20_000)),
    "fifty thousand keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(50_000)),
    "the same key again and again": lambda: HEAD + "people: {}\n" * 300_000,
    "a quote that never ends": lambda: HEAD + 'agreement: "' + "x y: z\n" * 500_000,
    "quotes everywhere": lambda: HEAD + "people: " + "\"'" * MB + "\n",
    "colons everywhere": lambda: HEAD + "people: " + "a: " * MB + "\n",
    "remarks alone": lambda: HEAD + "# sla: waive[SLA301] until 2026-12-31 x\n" * 100_000,
    "a test of many words": lambda: HEAD + "fields: {a: {is: text}}\ngroups: {g: {a: " + "not " * 500_000 + "x}}\n",
    "a span of ten thousand years": lambda: HEAD + "plan: {months: 0001-01 to 9999-12}\n",
    "one line of 5 MB without a space": lambda: "a" * (5 * MB - 10),
    "5 MB of line ends": lambda: "\n" * (5 * MB - 10),
    "control signs": lambda: HEAD + "people: \x1b[2J\x07\x00\n",
}


@pytest.mark.parametrize("what", TEXTS)
def test_an_agreement_that_is_made_to_hurt(what: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXTS[what](), encoding="utf-8")

    ends_well(sla(tmp_path, "validate", "a.yaml"), 0, 1, 3)


def test_things_that_are_no_files(tmp_path: Path) -> None:
    """A pipe that nobody writes into, a link to itself, a link out, a device, a folder."""
    (tmp_path / "sla").mkdir()
    file = tmp_path / "sla" / "agreement.yaml"
    makers: list[Callable[[], object]] = [
        lambda: os.mkfifo(file),
        lambda: file.symlink_to(file),
        lambda: file.symlink_to("/etc/passwd"),
        lambda: file.symlink_to("/dev/zero"),
        lambda: file.mkdir(),
    ]
    for make in makers:
        make()
        ended = sla(tmp_path, "validate")
        ends_well(ended, 3)
        assert "root:" not in ended.told
        if file.is_dir() and not file.is_symlink():
            file.rmdir()
        else:
            file.unlink()


# ---------------------------------------------------------------- exports

WIDE = LEADS.splitlines()[0]
EXPORTS: dict[str, Callable[[], bytes]] = {
    "a line of 100 MB": lambda: LEADS.encode() + b"L9," + b"x" * (100 * MB) + b",,\n",
    "a quote that never ends": lambda: LEADS.encode() + b'L9,"' + b"2027-03-01 09:00:00,,\n" * (40 * MB // 22),
    "quotes alone": lambda: b'"' * (20 * MB),
    "a hundred thousand columns": lambda: ",".join([WIDE, *map(str, range(100_000))]).encode() + b"\n" + b"," * 100_003,
    "no line end": lambda: LEADS.encode().replace(b"\n", b","),
    "zero signs": lambda: LEADS.encode() + b"\0" * MB,
    "a zip file": lambda: _zip(),
    "a Parquet file in name only": lambda: b"PAR1" + b"\xff" * 1000 + b"\xff\xff\xff\x7f" + b"PAR1",
}


def _zip() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("leads.csv", b"0" * (50 * MB))
        return file.read_bytes()


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("asked", [("check", "."), ("source", "inspect", "leads.csv")], ids=["check", "inspect"])
def test_an_export_that_is_made_to_hurt(what: str, asked: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_bytes(EXPORTS[what]())

    ends_well(sla(tmp_path, *asked), 0, 1, 3)


def test_an_export_that_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    for make in (os.mkfifo, lambda path: path.symlink_to(path), lambda path: path.symlink_to("/dev/zero")):
        make(tmp_path / "leads.csv")
        ends_well(sla(tmp_path, "check", "."), 3)
        ends_well(sla(tmp_path, "source", "inspect", "leads.csv"), 3)
        (tmp_path / "leads.csv").unlink()


# ---------------------------------------------------------------- payloads

PAYLOADS: dict[str, Callable[[], bytes]] = {
    "lists in lists": lambda: b"[" * 500_000,
    "objects in objects": lambda: b'{"a":' * 300_000,
    "a number without end": lambda: b'{"employees": ' + b"9" * (4 * MB) + b"}",
    "a million keys": lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(400_000)) + b"}",
    "a million leads": lambda: b"{}\n" * 400_000,
    "chance": lambda: Random(1).randbytes(MB),
    "100 MB": lambda: b'{"email": "' + b"x" * (100 * MB) + b'"}',
}


@pytest.mark.parametrize("what", PAYLOADS)
def test_a_payload_that_is_made_to_hurt(what: str, tmp_path: Path) -> None:
    from tests.fuzz.seeds import HANDOFF

    (tmp_path / "a.yaml").write_text(HANDOFF, encoding="utf-8")
    (tmp_path / "p.json").write_bytes(PAYLOADS[what]())

    ends_well(sla(tmp_path, "handoff", "validate", "p.json", "--agreement", "a.yaml"), 0, 1, 3)
