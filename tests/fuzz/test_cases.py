"""Whatever is in its files and on its command line, a command ends with one of four exit codes, soon, and in words.

A short walk for every run of the tests; `make fuzz` goes on for as long as it is let.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.console import in_a_process
from tests.fuzz.cases import KINDS, case, numbered
from tests.fuzz.running import EXIT_CODES, run_case

CHEAP = [
    "validate",
    "validate bytes",
    "diff",
    "explain",
    "releases",
    "owners",
    "payload",
    "payload of any agreement",
    "source text",
    "plan",
    "words",
]
DEAR = sorted(set(KINDS) - set(CHEAP) - {"beginning"})
kept = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None)


@pytest.fixture(autouse=True)
def _defects_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLA_DEBUG", "1")


@pytest.mark.parametrize("kind", CHEAP)
@settings(kept, max_examples=40)
@given(chance=st.randoms(use_true_random=False))
def test_damaged_texts_end_well(kind: str, chance: Random, tmp_path: Path) -> None:
    made = case(chance, kind)

    assert "" == run_case(made, tmp_path / "case").wrong, made


@pytest.mark.parametrize("kind", DEAR)
@settings(kept, max_examples=4)
@given(chance=st.randoms(use_true_random=False))
def test_damaged_data_ends_well(kind: str, chance: Random, tmp_path: Path) -> None:
    made = case(chance, kind)

    assert "" == run_case(made, tmp_path / "case").wrong, made


@pytest.mark.parametrize("number", range(4))
def test_a_process_of_its_own_ends_as_well(number: int, tmp_path: Path) -> None:
    """Without the fuzzing's own help: the same cases as a shell would run them."""
    made = numbered(number, ["validate", "payload", "diff", "releases"][number])
    run_case(made, tmp_path / "case")
    files = {name: str(tmp_path / "case" / name) for name in made.files}
    ended = in_a_process(*(files.get(word, word) for word in made.arguments))

    assert ended.code in EXIT_CODES
    assert "Traceback" not in ended.out + ended.err


def test_a_number_makes_the_same_case_again() -> None:
    assert numbered(7) == numbered(7)
    assert numbered(7) != numbered(8)


def test_a_command_that_goes_wrong_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk would be worth nothing if it saw no defect: here the rules are made to have one."""
    made = numbered(3, "payload")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("checker.review.payloads.check_payloads", broken)
    monkeypatch.setattr("checker.review.payloads.route_payloads", broken)

    assert "ZeroDivisionError: planted" in run_case(made, tmp_path / "case").wrong
