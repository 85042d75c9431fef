"""A law that holds for one engine, asked of another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.funnel import test_counting as counting


def one_case(law: Callable[..., None]) -> Callable[..., None]:
    """What a law that is tested with random cases asserts of one of them."""
    # hypothesis hangs the law that it tests on the test, which no type tells
    asserted: Callable[..., None] = cast("Any", law).hypothesis.inner_test
    return asserted


def counting_laws(examples: int) -> tuple[Callable[..., None], ...]:
    """The laws of counting, each with so many random funnels, for a module whose fixtures `counter_of` and `walk` say
    who counts, and one lead after the other.
    """

    @given(
        counting.funnels(),
        counting.CUT_OFFS,
        st.sampled_from(counting.SPANS),
        st.sampled_from(counting.SPANS),
        st.booleans(),
    )
    @settings(max_examples=examples)
    def test_clocks(counter_of, walk, leads, cut_off, first, second, is_contact):
        """Every lead that has the start event stands on its rung, in the month of its deadline, in its one state."""
        one_case(counting.test_clocks)(counter_of, walk, leads, cut_off, first, second, is_contact)

    @given(counting.funnels(), counting.CUT_OFFS)
    @settings(max_examples=examples)
    def test_tallies(counter_of, walk, leads, cut_off):
        """Numbers by month and channel, and sums of amounts."""
        one_case(counting.test_tallies)(counter_of, walk, leads, cut_off)

    @given(counting.funnels(), counting.CUT_OFFS, st.sampled_from(counting.SPANS))
    @settings(max_examples=examples)
    def test_lists_and_ages(counter_of, walk, leads, cut_off, within):
        """Late leads and listed ones are named in their order; days between events are differences of local dates."""
        one_case(counting.test_late_leads_are_named)(counter_of, walk, leads, cut_off, within)
        one_case(counting.test_listed_leads_are_named)(counter_of, walk, leads, cut_off)
        one_case(counting.test_ages_are_differences_of_local_dates)(counter_of, walk, leads, cut_off)

    return test_clocks, test_tallies, test_lists_and_ages
