"""Which paths of an agreement were edited since an older text of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import Path
from checker.review.edited import edited_paths
from checker.text import parse, read
from tests.reference import FOLDER, reference_text


@pytest.mark.parametrize(
    ("base", "now", "expected"),
    [
        ("a: 1", "a: 1", set()),
        ("a: 1", "a: 2", {("a",)}),
        ("a: 1", "a: 1\nb: 2", {("b",)}),
        ("a: 1\nb: 2", "a: 1", set()),
        ("a: {b: 1, c: 2}", "a: {c: 2, b: 1}", set()),
        ("a: {b: 1, c: 2}", "a: {c: 3, b: 1}", {("a", "c")}),
        (
            "a: {b: 1}",
            "a: {b: 1, c: {d: [1, 2]}}",
            {("a", "c"), ("a", "c", "d"), ("a", "c", "d", 0), ("a", "c", "d", 1)},
        ),
        ("a: 1", "a: {b: 1}", {("a",), ("a", "b")}),
        ("a: {b: 1}", "a: 1", {("a",)}),
        ("a: 1", 'a: "1"', {("a",)}),
        ("a: yes", "a: 1", {("a",)}),
        ("a: 1.50", "a: 1.5", set()),
        ('a: "x"', "a: x", set()),
        ("a: [1, 2]", "a: [2, 1]", set()),
        ("a: [1, 2]", "a: [0, 1, 2]", {("a", 0)}),
        ("a: [1, 2]", "a: [1, 3]", {("a", 1)}),
        ("a: [1, 1]", "a: [1, 1, 1]", {("a", 2)}),
        ("a: [{b: 1, c: 1}, {b: 2, c: 2}]", "a: [{b: 2, c: 2}, {b: 1, c: 5}]", {("a", 1, "c")}),
        (
            "a: [{b: 1}, {b: 2}, {b: 3}]",
            "a: [{b: 1}, {b: 9}, {b: 3}, {b: 4}]",
            {("a", 1, "b"), ("a", 3), ("a", 3, "b")},
        ),
        ("", "a: {b: 1}", {("a",), ("a", "b")}),
    ],
)
def test_what_has_another_value_is_edited(base: str, now: str, expected: set[Path]) -> None:
    assert expected == edited_paths(parse(now).values, parse(base).values)


def test_one_number_of_the_reference_is_one_path() -> None:
    now = reference_text("plan.yaml").replace("R$ 30000", "R$ 31000", 1)

    assert {("plan", "average_deal")} == edited_paths(parse(now).values, parse(reference_text("plan.yaml")).values)


def test_a_folder_that_is_split_and_ordered_anew_is_not_edited(tmp_path) -> None:
    """All files in one, the sections in the opposite order."""
    document = read(FOLDER)
    one = parse("\n".join(reference_text(file.name) for file in sorted(FOLDER.glob("*.yaml"), reverse=True)))

    assert document.values == one.values
    assert set() == edited_paths(one.values, document.values)


VALUES = st.recursive(
    st.sampled_from([0, 1, True, "x", "y"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("abc"), below, max_size=3),
    max_leaves=8,
)
SECTIONS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)


@given(SECTIONS)
def test_nothing_is_edited_between_a_text_and_itself(values: dict[str, Any]) -> None:
    assert frozenset() == edited_paths(values, values)


@given(SECTIONS, SECTIONS)
def test_edited_paths_exist_and_tell_whether_something_was_written(now: dict[str, Any], base: dict[str, Any]) -> None:
    """Each path leads somewhere; without any, everything that is written now stood there before."""
    paths = edited_paths(now, base)
    for path in paths:
        value: Any = now
        for step in path:
            value = value[step]

    assert bool(paths) or _is_part(now, base)


def _is_part(now: Any, base: Any) -> bool:
    """Whether an older value holds all of a newer one, whatever else it holds and in whichever order."""
    if isinstance(now, dict) and isinstance(base, dict):
        return all(key in base and _is_part(child, base[key]) for key, child in now.items())
    if isinstance(now, list) and isinstance(base, list):
        left = list(base)
        for entry in now:
            match = next((other for other in left if _is_part(entry, other)), None)
            if match is None:
                return False
        return True
    return type(now) is type(base) and now == base
