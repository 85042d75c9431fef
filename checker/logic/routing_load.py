"""How many leads the routing surely gives to some sellers, whatever the leads are like.

The plan says how many leads each channel brings to the handoff. Of a channel's leads, the first line of the routing
that surely takes them ends the list; a line above it that asks for something else may take any part of them. Several
sellers of one line take turns, so that a group of them gets its part. The least that a group S of sellers gets of n
leads is therefore

    n * min over the lines that may take them of |sellers of the line that are in S| / |sellers of the line|

and nothing where one of these lines gives them to a seller whom a field of the lead names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import AllOf, FieldIs, Kind, question
from checker.logic.plan import DerivedPlan
from checker.quantity import Month

MOST_LINES = 6
"""Among more different lines, unions of them are not looked at: their number doubles with each."""
CHANNEL = "channel"


class Overload(NamedTuple):
    """That sellers get more leads in a month than they can take. `lines` are positions in the routing."""

    sellers: tuple[str, ...]
    month: Month
    leads: Fraction
    most: Fraction
    lines: tuple[int, ...]


class _Line(NamedTuple):
    """A line of the routing: whose turn it is, None where a field says it; its tests, None for `otherwise`."""

    number: int
    sellers: tuple[str, ...] | None
    when: AllOf | None

    def part(self, group: frozenset[str]) -> Fraction:
        if self.sellers is None:
            return Fraction(0)
        return Fraction(sum(seller in group for seller in self.sellers), len(self.sellers))

    def takes(self, channel: str | None) -> bool | None:
        """Whether it takes leads of a channel: surely, surely not, or None where it depends on the lead."""
        if self.when is None:
            return True
        parts = [_fits(part, channel) if isinstance(part, FieldIs) else None for part in self.when.parts]
        if False in parts:
            return False
        return None if None in parts else True


def _fits(leaf: FieldIs, channel: str | None) -> bool | None:
    if leaf.field != CHANNEL or channel is None or leaf.test.kind not in (Kind.ONE_OF, Kind.NOT_ONE_OF):
        return None
    return (channel in leaf.test.operands) is (leaf.test.kind is Kind.ONE_OF)


def overloads(agreement: Agreement, plan: DerivedPlan) -> list[Overload]:
    """Each smallest group of sellers that gets too much, in its worst month; none where all sellers together do."""
    lines = _lines(agreement)
    limit: tuple[str, str] = ("limit_per_seller", "handoffs")
    stage = plan.inputs.handed_over
    if not lines or stage is None or limit not in plan.inputs.numbers or not plan.inputs.sellers:
        return []
    groups = list(_groups(lines))
    worst: dict[frozenset[str], Overload] = {}
    for month in plan.months:
        takes = {
            seller.name: plan.inputs.presence(seller, month) * plan.inputs.numbers[limit]
            for seller in plan.inputs.sellers
        }
        arriving = plan.number(stage, month)
        if arriving is None or arriving > sum(takes.values()):
            # too much for all of them is a finding of its own
            continue
        ways = [(number, _may_take(lines, channel)) for channel, number in _streams(plan, stage, month)]
        for group in groups:
            if any(not takes.get(seller) for seller in group):
                # somebody who is not there has a stand-in, who may be anybody
                continue
            leads = sum((number * min((line.part(group) for line in way), default=0) for number, way in ways), _ZERO)
            most = sum((takes[seller] for seller in group), _ZERO)
            if int(leads) > most and (group not in worst or leads - most > worst[group].leads - worst[group].most):
                used = sorted({line.number for _, way in ways for line in way if line.part(group)})
                named = tuple(seller.name for seller in plan.inputs.sellers if seller.name in group)
                worst[group] = Overload(named, month, leads, most, tuple(used))
    return [found for group, found in worst.items() if not any(other < group for other in worst)]


_ZERO = Fraction(0)


def _lines(agreement: Agreement) -> list[_Line]:
    handoff = agreement.sections.handoff
    sellers = agreement.sections.sellers or {}
    found = []
    for index, route in enumerate((handoff.routing if handoff else None) or ()):
        named = as_list(route.to)
        when = None if route.when is None else question(route.when, ("handoff", "routing", index, "when"))
        found.append(_Line(index, tuple(named) if all(name in sellers for name in named) else None, when))
    return found


def _groups(lines: Sequence[_Line]) -> Iterator[frozenset[str]]:
    """The groups that may get too much: each seller, those of each line, those of several lines; each once."""
    teams = list(dict.fromkeys(frozenset(line.sellers) for line in lines if line.sellers))
    found = dict.fromkeys(frozenset([seller]) for line in lines for seller in line.sellers or ())
    found |= dict.fromkeys(teams)
    for size in range(2, len(teams) + 1 if len(teams) <= MOST_LINES else 2):
        for several in combinations(teams, size):
            found[frozenset().union(*several)] = None
    return iter(found)


def _streams(plan: DerivedPlan, stage: str, month: Month) -> list[tuple[str | None, Fraction]]:
    """The month's leads by channel, or all together where the channels do not make up the total."""
    by_channel = [(channel, plan.number(stage, month, channel)) for channel in plan.passing(stage)]
    known: list[tuple[str | None, Fraction]] = [(name, number) for name, number in by_channel if number is not None]
    total = plan.number(stage, month) or _ZERO
    if known and len(known) == len(by_channel) and sum(number for _, number in known) == total:
        return known
    return [(None, total)]


def _may_take(lines: Sequence[_Line], channel: str | None) -> list[_Line]:
    """The lines that may take leads of a channel; empty where some of them may be taken by none."""
    found = []
    for line in lines:
        takes = line.takes(channel)
        if takes is not False:
            found.append(line)
        if takes:
            return found
    return []
