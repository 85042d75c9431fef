"""Colours at a terminal, and nowhere else (https://no-color.org)."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import START
from tests.cli.test_check import AGREEMENT, LEADS
from tests.conftest import ROOT

COMMANDS = [
    ("validate", "broken.yaml"),
    ("check", "ours", "--as-of", "2027-03-31"),
    ("diff", "older.yaml", "ours"),
    ("explain", "first-response", "ours"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("colours")
    (folder / "ours").mkdir()
    (folder / "ours" / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (folder / "ours" / "leads.csv").write_text(LEADS, encoding="utf-8")
    (folder / "broken.yaml").write_text(AGREEMENT + "unknown: 1\n", encoding="utf-8")
    (folder / "older.yaml").write_text(AGREEMENT.replace("90%", "80%"), encoding="utf-8")
    return folder


def shown(folder: Path, command: tuple[str, ...], **variables: str) -> str:
    """What a terminal gets to show."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-c", START, *command],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm", **variables},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    process.wait(60)
    return told.decode(errors="replace")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_terminal_has_colours_unless_it_wants_none(folder: Path, command: tuple[str, ...]) -> None:
    with_colours, without = shown(folder, command), shown(folder, command, NO_COLOR="1")

    assert "\x1b[" in with_colours
    assert "\x1b[" not in without.replace("\r\x1b[2K", "")
    assert without.strip()
