"""Circles in chains of names: each that is told is one, and none is told where there is none."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rules.circles import circles

NAMES = "abcdef"
chains = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True), max_size=6
)


def has_circle(leads_to: dict[str, list[str]]) -> bool:
    """Whether the standard library's sorter finds no order."""
    try:
        TopologicalSorter(leads_to).prepare()
    except CycleError:
        return True
    return False


@pytest.mark.parametrize(
    ("leads_to", "expected"),
    [
        ({}, []),
        ({"a": ["b"], "b": ["c"]}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"b": ["a"], "a": ["b"]}, [["b", "a"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b"], ["c", "d"]]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [["b", "c"]]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
    ],
)
def test_circles_begin_with_the_name_that_stands_first(
    leads_to: dict[str, list[str]], expected: list[list[str]]
) -> None:
    assert expected == list(circles(leads_to))


@given(chains)
def test_a_circle_is_told_exactly_where_no_order_exists(leads_to: dict[str, list[str]]) -> None:
    assert has_circle(leads_to) is bool(list(circles(leads_to)))


@given(chains)
def test_what_is_told_is_a_circle_without_a_detour(leads_to: dict[str, list[str]]) -> None:
    for circle in circles(leads_to):
        assert len(circle) == len(set(circle))
        assert all(
            following in leads_to[name] for name, following in zip(circle, [*circle[1:], circle[0]], strict=True)
        )


def test_a_chain_of_many_thousands_needs_no_deep_calls() -> None:
    leads_to = {str(number): [str(number + 1)] for number in range(20_000)}

    assert [] == list(circles(leads_to))
    assert 1 == len(list(circles({**leads_to, "19999": ["0"]})))
