"""The command line as a user meets it: what it prints and the exit code."""

from __future__ import annotations

import subprocess
import sys
from typing import NamedTuple

import pytest

from checker.cli.main import run
from tests.conftest import ROOT

START = "from checker.cli.main import main; main()"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def sla(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ended:
    """Runs a command in this process."""
    capsys.readouterr()
    code = run(arguments)
    printed = capsys.readouterr()
    return Ended(code, printed.out, printed.err)


def in_a_process(*arguments: str, shell: str = "", python: tuple[str, ...] = ()) -> Ended:
    """Runs a command as a process of its own; `shell` is what follows it on the command line (`| head -1`)."""
    command = [sys.executable, *python, "-c", START, *arguments]
    if shell:
        quoted = " ".join(f"'{word}'" for word in command)
        command = ["bash", "-o", "pipefail", "-c", f"{quoted} {shell}"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL, timeout=60
    )
    return Ended(done.returncode, done.stdout, done.stderr)
