"""Bounds worth trying: found on the leads that came earlier, judged on those that came later, never on the same.

Of each condition with a bound (`employees: at least 20`) other bounds are tried among the leads that fit all other
conditions. The one that parts customers from others best on the earlier leads is held against the present one on
the later leads: of those whom the new bound would move, do as many buy as of those to whom it moves them?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.agreement.conditions import FieldIs, Kind
from checker.agreement.fields import read_operand
from checker.backtested import Finding
from checker.funnel.counts import Crossed
from checker.logic.aggregate import Crossing, Fact, HeldNumber
from checker.logic.statistics import CONFIDENCE, adjusted, chance_of_difference
from checker.measures.backtest.closed import Closed, all_of_these
from checker.measures.backtest.criterion import Criterion
from checker.measures.backtest.table import FEWEST_CUSTOMERS, FEWEST_LEADS, NOBODY, Outcome
from checker.measures.bench import Bench

MOST_TRIED = 20
BOUNDS = (Kind.AT_LEAST, Kind.MORE_THAN, Kind.AT_MOST, Kind.LESS_THAN)
_LATER, _WON, _VALUE = "later", "won", "value"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What came of one condition with a bound.

    `tried` are how many other bounds were tried on `earlier` leads; `best` is the one that parted these best. `moved`
    are the later leads that it would move (in, with `is_looser`, else out), `others` those to whom it would move them:
    who fits neither bound, or who fits both. `chance` is how often chance alone parts the two at least as far, for all
    bounds that were judged together (Holm).
    """

    leaf: FieldIs
    present: Fraction
    finding: Finding
    tried: int = 0
    earlier: Outcome = NOBODY
    best: Fraction | None = None
    is_looser: bool = False
    moved: Outcome = NOBODY
    others: Outcome = NOBODY
    stay: Outcome = NOBODY
    chance: float | None = None


def thresholds(bench: Bench, closed: Closed, criterion: Criterion) -> tuple[Threshold, ...]:
    """Every condition of a criterion that has a bound, with what came of it; chances are not adjusted yet."""
    found = []
    for place, part in enumerate(criterion.parts):
        present = _bound(bench, part) if isinstance(part, FieldIs) else None
        if not isinstance(part, FieldIs) or present is None:
            continue
        others: list[Fact] = [criterion.fact(other) for at, other in enumerate(criterion.parts) if at != place]
        groups = bench.counter.crossing(
            f"bounds of {part.field} for {criterion.subject} {criterion.name}",
            Crossing(
                {_LATER: closed.later, _WON: closed.won},
                {_VALUE: HeldNumber(part.field, criterion.moment)},
                all_of_these(closed.among, criterion.among, *others),
            ),
        )
        found.append(_tried(part, present, [group for group in groups if group.numbers[_VALUE] is not None]))
    return tuple(found)


def judged_together(found: Mapping[int, Sequence[Threshold]]) -> dict[int, tuple[Threshold, ...]]:
    """The thresholds of all criteria, with chances that hold for all of them together, and what follows."""
    places = [
        (criterion, at) for criterion, each in found.items() for at, one in enumerate(each) if one.chance is not None
    ]
    chances = adjusted([found[criterion][at].chance or 0.0 for criterion, at in places])
    by_place = dict(zip(places, chances, strict=True))
    return {
        criterion: tuple(
            _judged(one, by_place[criterion, at]) if (criterion, at) in by_place else one for at, one in enumerate(each)
        )
        for criterion, each in found.items()
    }


def _judged(found: Threshold, chance: float) -> Threshold:
    moved, others = found.moved.share or Fraction(0), found.others.share or Fraction(0)
    is_better = moved > others if found.is_looser else moved < others
    worth = chance < 1 - CONFIDENCE and is_better
    return replace(found, chance=chance, finding=Finding.WORTH_TRYING if worth else Finding.NOT_CONFIRMED)


def _bound(bench: Bench, part: FieldIs) -> Fraction | None:
    """The number of a test with one bound; None for other tests."""
    kind = bench.view.agreement.field_kind(part.field)
    if part.test.kind not in BOUNDS or kind is None:
        return None
    try:
        value = read_operand(kind, part.test.operands[0])
    except ValueError:
        return None
    return value if isinstance(value, Fraction) else None


def _tried(leaf: FieldIs, present: Fraction, groups: Sequence[Crossed]) -> Threshold:
    earlier = [group for group in groups if not group.answers[_LATER]]
    later = [group for group in groups if group.answers[_LATER]]
    all_earlier = _outcome(earlier)
    candidates = [bound for bound in _candidates(leaf.test.kind, earlier) if bound != present]
    told = Threshold(leaf, present, Finding.TOO_FEW, len(candidates), all_earlier)
    if all_earlier.won < FEWEST_CUSTOMERS or not candidates:
        return told
    scored = [(chance, bound) for bound in candidates if (chance := _parts(leaf.test.kind, bound, earlier)) is not None]
    if not scored:
        return told
    best_chance, best = min(scored)
    if best_chance >= 1 - CONFIDENCE:
        return replace(told, finding=Finding.NO_SIGNAL)
    of_present = _parts(leaf.test.kind, present, earlier)
    if of_present is not None and of_present <= best_chance:
        return replace(told, finding=Finding.AS_IT_IS)
    return _held_against(replace(told, best=best), later)


def _held_against(found: Threshold, later: Sequence[Crossed]) -> Threshold:
    """The best bound on the later leads."""
    kind, best = found.leaf.test.kind, found.best
    assert best is not None, "a bound was found"
    now = {id(group): _passes(kind, found.present, group) for group in later}
    then = {id(group): _passes(kind, best, group) for group in later}
    is_looser = best < found.present if kind in (Kind.AT_LEAST, Kind.MORE_THAN) else best > found.present
    moved = _outcome([group for group in later if now[id(group)] is not then[id(group)]])
    both = _outcome([group for group in later if now[id(group)] and then[id(group)]])
    neither = _outcome([group for group in later if not now[id(group)] and not then[id(group)]])
    others, stay = (neither, both) if is_looser else (both, neither)
    told = replace(found, is_looser=is_looser, moved=moved, others=others, stay=stay)
    if min(moved.leads, others.leads) < FEWEST_LEADS or moved.won + others.won < FEWEST_CUSTOMERS:
        return told
    chance = chance_of_difference(moved.won, moved.leads, others.won, others.leads)
    return replace(told, chance=chance, finding=Finding.NOT_CONFIRMED)


def _outcome(groups: Sequence[Crossed]) -> Outcome:
    return Outcome(sum(group.leads for group in groups), sum(group.leads for group in groups if group.answers[_WON]))


def _candidates(kind: Kind, groups: Sequence[Crossed]) -> list[Fraction]:
    """At most so many bounds that part the leads into about equal pieces; each is a value that a lead has."""
    counts: dict[Fraction, int] = {}
    for group in groups:
        value = group.numbers[_VALUE]
        if value is not None:
            counts[value] = counts.get(value, 0) + group.leads
    values = sorted(counts)
    # the first or the last value would let all pass, or none
    values = values[1:] if kind in (Kind.AT_LEAST, Kind.LESS_THAN) else values[:-1]
    if len(values) <= MOST_TRIED:
        return values
    chosen: list[Fraction] = []
    total, before = sum(counts[value] for value in values), 0
    for value in values:
        if before * MOST_TRIED >= total * len(chosen):
            chosen.append(value)
        before += counts[value]
    return chosen


def _passes(kind: Kind, bound: Fraction, group: Crossed) -> bool:
    value = group.numbers[_VALUE]
    assert value is not None, "leads whose value is blank are left out"
    match kind:
        case Kind.AT_LEAST:
            return value >= bound
        case Kind.MORE_THAN:
            return value > bound
        case Kind.AT_MOST:
            return value <= bound
        case _:
            return value < bound


def _parts(kind: Kind, bound: Fraction, groups: Sequence[Crossed]) -> float | None:
    """How often chance alone parts the two sides of a bound so far, if more buy of those who pass; None otherwise."""
    inside = _outcome([group for group in groups if _passes(kind, bound, group)])
    outside = _outcome([group for group in groups if not _passes(kind, bound, group)])
    if min(inside.leads, outside.leads) < FEWEST_LEADS or (inside.share or 0) <= (outside.share or 0):
        return None
    return chance_of_difference(inside.won, inside.leads, outside.won, outside.leads)
