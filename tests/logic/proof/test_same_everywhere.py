"""Answers are the same in every run, whatever the order of hashes and the version of the solver; and without one."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest

from tests.conftest import IN_CI, ROOT

OLDER = ROOT / "build" / "z3-4.15"
"""Where `make older-solver` puts the oldest version of the solver that is allowed."""


@cache
def run(*arguments: str, hashes: str = "0", path: str = "") -> str:
    """What the program prints that asks all questions."""
    environment = os.environ | {"PYTHONHASHSEED": hashes, "PYTHONPATH": os.pathsep.join([path, str(ROOT)])}
    command = [sys.executable, "-m", "tests.logic.proof.answers", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_order_of_hashes_makes_no_difference():
    """Two runs with different orders print the same, byte for byte."""
    assert run(hashes="0") == run(hashes="7")


def test_the_version_of_the_solver_makes_no_difference():
    """The oldest version that is allowed gives the same leads and conflicts as the one that is installed."""
    if not OLDER.is_dir():
        reason = "the older solver is not there (make older-solver)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    version, _, older = run("--version", path=str(OLDER)).partition("\n")

    assert "4.15" == version[:4]
    assert run() == older


def test_without_a_solver_every_question_is_skipped():
    """None is answered, none fails, and all are counted."""
    lines = run("--without-solver").splitlines()
    answered = [line for line in lines if line.startswith(("yes", "no", "unknown"))]

    assert [] == answered
    assert "Proofs(held=0, unknown=0, skipped=36)" in lines


WITHOUT = """
import sys
from tests.logic.proof.answers import Blocked
sys.meta_path.insert(0, Blocked())
from checker.cli.main import main
main(["validate", "sla"])
"""


def test_an_agreement_is_reviewed_without_a_solver():
    """All else is judged, and nothing fails."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (0, "") == (found.returncode, found.stderr)
    assert "sla is consistent" in found.stdout
