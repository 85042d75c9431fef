"""Yes, no and cannot tell: the tables, and what holds of all of them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.logic.three_valued import at_least, every, opposite, some

ANSWERS = st.lists(st.sampled_from([True, False, None]), max_size=6)


@pytest.mark.parametrize(
    ("answers", "all_hold", "one_holds"),
    [
        ([], True, False),
        ([True], True, True),
        ([None], None, None),
        ([True, None], None, True),
        ([False, None], False, None),
        ([True, False, None], False, True),
    ],
)
def test_every_and_some(answers, all_hold, one_holds):
    """What is known settles the whole as soon as it can."""
    assert (all_hold, one_holds) == (every(answers), some(answers))


def completions(answers):
    """Every way in which what cannot be told may turn out."""
    return product(*([True, False] if answer is None else [answer] for answer in answers))


@given(ANSWERS)
def test_told_is_what_every_completion_says(answers):
    """A yes or no holds however the unknown turns out; cannot tell means that it may turn out both ways."""
    outcomes = {all(completion) for completion in completions(answers)}

    assert every(answers) == (outcomes.pop() if len(outcomes) == 1 else None)


@given(ANSWERS, st.integers(0, 7))
def test_counting_is_told_by_completions_too(answers, count):
    """At least so many, against counting each completion."""
    outcomes = {sum(completion) >= count for completion in completions(answers)}

    assert at_least(count, answers) == (outcomes.pop() if len(outcomes) == 1 else None)


@given(ANSWERS)
def test_de_morgan(answers):
    """Not all is some not, also where it cannot be told."""
    assert opposite(every(answers)) == some(opposite(answer) for answer in answers)
