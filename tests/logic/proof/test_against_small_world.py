"""Whatever the prover says of all leads is counted out over every lead of a small world."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from checker.agreement import Agreement
from tests.logic.proof.properties import questions
from tests.logic.proof.small_world import DONE, PLAIN, agreements

# Counting out takes long: each example is asked a few questions, and none is made smaller.
SLOW = settings(suppress_health_check=list(HealthCheck), max_examples=30, phases=(Phase.explicit, Phase.generate))
SOME = st.sets(st.integers(0, 11), min_size=3, max_size=3)


@SLOW
@given(agreements(PLAIN), SOME)
def test_conditions_on_fields(agreement, some):
    """Numbers, lists, texts, blanks with and without a meaning, in every way of joining them."""
    check(agreement, some)


@SLOW
@given(agreements(DONE), SOME)
def test_conditions_on_what_was_done(agreement, some):
    """Points of dated actions, what takes some off, the last action, its mode, and personas."""
    check(agreement, some)


def check(agreement: Agreement, some: set[int]) -> None:
    """Asks some of the questions."""
    note(str(agreement.written["groups"]))
    asked = questions(agreement)
    for number in sorted(some):
        note(f"question {number}")
        asked[number]()
