"""What a shell offers behind Tab, and what a slip of the fingers is answered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import START, sla
from tests.conftest import ROOT

Capsys = pytest.CaptureFixture[str]


def offered(words: str, shell: str = "bash") -> list[str]:
    """What is offered for the last of these words, in the folder of the project."""
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env={
            **os.environ,
            "_SLA_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sla val", ["validate"]),
        ("sla source i", ["inspect"]),
        ("sla validate --format s", ["sarif"]),
        ("sla leads un", ["undecided"]),
        (
            "sla explain SLA30",
            ["SLA301", "SLA302", "SLA303", "SLA304", "SLA305", "SLA306", "SLA307", "SLA308", "SLA309"],
        ),
        ("sla explain sla214", ["SLA214"]),
        ("sla explain first", ["first-response"]),
        ("sla explain promise-tigh", ["promise-tightened"]),
        ("sla leads overdue --promise first", ["first-response"]),
    ],
)
def test_names_are_completed(words: str, expected: list[str]) -> None:
    assert expected == offered(words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("no bash on this machine")
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**os.environ, "_SLA_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "_SLA_COMPLETE" in done.stdout


def test_where_there_is_no_agreement_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_SLA_COMPLETE": "bash_complete",
            "COMP_WORDS": "sla leads overdue --promise f",
            "COMP_CWORD": "4",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert ("", "") == (done.stdout.strip(), done.stderr)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("vaildate",), "did you mean validate?"),
        (("validate", "--formt", "json"), "did you mean --format?"),
        (("validate", "--format", "jsn"), "did you mean json?"),
        (("leads", "overdu"), "did you mean overdue?"),
        (("source", "inspct"), "did you mean inspect?"),
        (("explain", "SLA3010"), "did you mean SLA301?"),
        (("explain", "301"), "did you mean SLA301?"),
        (("explain", "SLA-301"), "did you mean SLA301?"),
        (("explain", "volum"), "did you mean volume?"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: tuple[str, ...], meant: str, capsys: Capsys) -> None:
    ended = sla(capsys, *typed)

    assert 2 == ended.code
    assert meant in ended.err
