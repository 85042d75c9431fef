"""What the routing surely gives to sellers: against a world in which every other outcome is tried."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.logic.plan import derive
from checker.logic.routing_load import overloads
from checker.text import parse

SELLERS = ("ana", "bruno", "caio")
CHANNELS = ("fairs", "search")
TESTS = {
    "fairs": "when: {channel: fairs}",
    "not fairs": "when: {channel: not fairs}",
    "both": "when: {channel: [fairs, search]}",
    "large": "when: {large: yes}",
    "large fairs": "when: {channel: fairs, large: yes}",
    "rest": "otherwise: yes",
}
Line = tuple[str, tuple[str, ...]]
lines = st.lists(
    st.tuples(st.sampled_from(sorted(TESTS)), st.lists(st.sampled_from(SELLERS), min_size=1, max_size=3).map(tuple)),
    min_size=1,
    max_size=4,
)


def agreement_of(
    routing: list[Line], leads: tuple[int, int], limit: int, sellers: tuple[str, ...] = SELLERS
) -> Agreement:
    routes = "".join(f"    - {{{TESTS[test]}, to: [{', '.join(to)}]}}\n" for test, to in routing)
    targets = "".join(f"    {name}: {{2027-01: {number}}}\n" for name, number in zip(CHANNELS, leads, strict=True))
    text = (
        "format: sla/v1\nagreement: Ours\nstages:\n  mql: {team: marketing}\n  customer: {team: sales, is: won}\n"
        "fields:\n  large: {is: yes or no}\n"
        "channels:\n  fairs: {team: marketing}\n  search: {team: marketing}\n"
        f"targets:\n  mql:\n{targets}"
        f"handoff:\n  stage: mql\n  channel: The queue\n  routing:\n{routes}"
        "sellers:\n" + "".join(f"  {name}: {{stand_in: ana}}\n" for name in SELLERS) + "limit_per_seller:\n"
        f"  handoffs: {limit} a month\n"
    )
    agreement = build(parse(text).values)
    assert agreement.problems == ()
    return agreement


def worlds() -> Iterator[dict[str, bool]]:
    """Whether the leads of each channel are large: what a routing may turn on, and nobody knows."""
    for answers in product((True, False), repeat=len(CHANNELS)):
        yield dict(zip(CHANNELS, answers, strict=True))


def takes(test: str, channel: str, large: bool) -> bool:
    return {
        "fairs": channel == "fairs",
        "not fairs": channel != "fairs",
        "both": True,
        "large": large,
        "large fairs": channel == "fairs" and large,
        "rest": True,
    }[test]


def gets(group: set[str], routing: list[Line], leads: tuple[int, int], world: dict[str, bool]) -> Fraction:
    """How many leads a group gets in one world: the first line that fits, its sellers in turn."""
    total = Fraction(0)
    for channel, number in zip(CHANNELS, leads, strict=True):
        line = next((to for test, to in routing if takes(test, channel, world[channel])), ())
        total += Fraction(number * sum(seller in group for seller in line), len(line)) if line else 0
    return total


@given(lines, st.tuples(st.integers(0, 60), st.integers(0, 60)), st.integers(1, 40))
@settings(max_examples=300)
def test_what_is_reported_comes_in_every_world(routing: list[Line], leads: tuple[int, int], limit: int) -> None:
    agreement = agreement_of(routing, leads, limit)

    for found in overloads(agreement, derive(agreement)):
        least = min(gets(set(found.sellers), routing, leads, world) for world in worlds())
        assert found.leads <= least
        assert int(found.leads) > found.most == limit * len(found.sellers)


@given(lines, st.tuples(st.integers(0, 60), st.integers(0, 60)), st.integers(1, 40))
@settings(max_examples=300)
def test_a_seller_who_gets_too_much_in_every_world_is_reported(
    routing: list[Line], leads: tuple[int, int], limit: int
) -> None:
    """Where all leads surely find a seller, the team as a whole can take them, and no line hides behind another."""
    assume(sum("large" in test for test, _ in routing) <= 1)
    closed = [*routing, ("rest", ("ana", "bruno", "caio"))]
    agreement = agreement_of(closed, leads, limit)
    reported = [set(found.sellers) for found in overloads(agreement, derive(agreement))]
    too_much = [
        seller
        for seller in SELLERS
        if sum(leads) <= limit * len(SELLERS)
        and int(min(gets({seller}, closed, leads, world) for world in worlds())) > limit
    ]

    assert [] == [seller for seller in too_much if {seller} not in reported]


@pytest.mark.parametrize(
    ("routing", "expected"),
    [
        ([("rest", ("ana",))], [(("ana",), 40)]),
        ([("fairs", ("ana",)), ("rest", ("bruno",))], [(("bruno",), 30)]),
        ([("fairs", ("ana",)), ("rest", ("bruno", "caio"))], []),
        ([("rest", ("ana", "bruno"))], []),
        ([("large", ("caio",)), ("rest", ("ana",))], []),  # all of them may be large
        ([("large", ("ana",)), ("rest", ("ana",))], [(("ana",), 40)]),
        ([("not fairs", ("ana", "ana", "bruno")), ("rest", ("caio",))], []),  # ana gets 20 of 30
    ],
)
def test_ten_leads_of_fairs_and_thirty_of_search(
    routing: list[Line], expected: list[tuple[tuple[str, ...], int]]
) -> None:
    """Each of three sellers can take 22."""
    agreement = agreement_of(routing, (10, 30), 22)

    assert expected == [(found.sellers, int(found.leads)) for found in overloads(agreement, derive(agreement))]


def test_where_all_sellers_together_cannot_take_them_nothing_is_said_of_one() -> None:
    agreement = agreement_of([("rest", ("ana",))], (40, 40), 22)

    assert [] == overloads(agreement, derive(agreement))
