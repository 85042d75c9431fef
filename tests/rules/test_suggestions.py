"""Which name was meant: near ones are offered, far ones are not, and nobody waits for it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import At
from checker.message import Written
from checker.rules.suggestions import guesses, meant, suggest
from checker.rules.values import intended_test

AT = At(("x",))
STAGES = ("visit", "lead", "mql", "sql", "opportunity", "customer")


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("custommer", STAGES, ["customer"]),
        ("Lead", STAGES, ["lead"]),
        ("mqll", STAGES, ["mql"]),
        ("xyz", STAGES, []),
        ("sql", (), []),
    ],
)
def test_near_names_are_offered(name: str, known: tuple[str, ...], expected: list[str]) -> None:
    assert expected == guesses(name, known)


def test_an_edit_is_safe_only_where_one_name_comes_near() -> None:
    one = suggest(AT, "custommer", STAGES)
    two = suggest(AT, "team_c", ("team_a", "team_b"))

    assert [("customer", True)] == [(fix.new, fix.safe) for fix in one.fixes]
    assert [False] == [fix.safe for fix in two.fixes]


def test_where_nothing_comes_near_the_known_names_are_told() -> None:
    few = suggest(AT, "xyz", STAGES).note
    many = suggest(AT, "xyz", [f"stage-{number}" for number in range(20)]).note

    assert few is not None
    assert STAGES == getattr(few.arguments["names"], "names", None)
    assert many is not None
    assert 20 == many.arguments["count"]
    assert 8 == len(getattr(many.arguments["names"], "names", ()))
    assert suggest(AT, "xyz", ()).note is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("slaes", "sales"),
        ("marketting", "marketing"),
        ("sales", None),
        ("sales2", None),
        ("presales", None),
        ("product", None),
        ("operations", None),
    ],
)
def test_a_slip_of_the_pen_is_told_from_a_team_of_its_own(name: str, expected: str | None) -> None:
    assert expected == meant(name, ("marketing", "sales"))


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=20))
def test_only_known_names_are_offered(name: str, known: list[str]) -> None:
    assert set(guesses(name, known)) <= set(known)


def test_nothing_is_looked_for_among_too_many_names() -> None:
    names = [f"{'long' * 20}{number}" for number in range(5000)]
    started = time.process_time()
    for number in range(100):
        suggest(AT, f"name{number}" * 30, names)

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("at lest 3", "at least 3"),
        ("atleast 3", "at least 3"),
        ("at mots R$ 300", "at most R$ 300"),
        ("more then 5 days", "more than 5 days"),
        ("les than 3", "less than 3"),
        (">= 50", "at least 50"),
        (">50", "more than 50"),
        ("min 3", "at least 3"),
        ("maximum 3 days", "at most 3 days"),
        ("up to 50", "at most 50"),
        ("between 5 and 10", "5 to 10"),
        ("contians quality", "contains quality"),
        ("knwon", "known"),
        ("not knwon", "not known"),
        ("quality", None),
        ("unknown", None),
        ("under pressure", None),
        ("container ship", None),
        ("over the counter", None),
        ("3", None),
        ("x" * 1000 + " 3", None),
    ],
)
def test_what_is_almost_a_test_is_known(written: str, expected: str | None) -> None:
    assert expected == intended_test(written)


def test_a_guess_is_told_as_it_would_be_written() -> None:
    note = suggest(AT, "custommer", STAGES).note

    assert note is not None
    assert Written("customer") == note.arguments["guess"]
