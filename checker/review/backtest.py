"""How the criteria did on leads whose end is known: every one put to every lead, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from checker.agreement import Agreement
from checker.backtested import Subject
from checker.errors import NothingToJudge
from checker.funnel import Funnel
from checker.funnel.counts import Crossed
from checker.logic.aggregate import Crossing, Fact, Fits, field_is
from checker.logic.three_valued import every
from checker.measures.backtest.actions import action_points, numbers_of_actions
from checker.measures.backtest.closed import Closed, all_of_these, closed_leads, counted
from checker.measures.backtest.contribution import WON, contributions, name_of, table
from checker.measures.backtest.criterion import Criterion, criteria
from checker.measures.backtest.leaks import leaks, numbers_of_fields
from checker.measures.backtest.table import OfGroup, of_groups
from checker.measures.backtest.tested import Backtest, Tested, Unknown
from checker.measures.backtest.thresholds import Threshold, judged_together, thresholds
from checker.measures.bench import Bench, set_up
from checker.message import say


def backtest(agreement: Agreement, funnel: Funnel, as_of: date | None = None) -> Backtest:
    """Tests the criteria on a funnel, as things stood at the end of a day (`as_of`), else at the last stamp.

    Raises NothingToJudge where there are no criteria, or no leads whose end is known; WrongUsage, UnreadableInput,
    MissingExtra.
    """
    bench = set_up(agreement, funnel, as_of, looking_back=True)
    found = tuple(criteria(bench.view))
    if not found:
        raise NothingToJudge(say("no stage and no rank of the agreement has conditions, so there is nothing to test"))
    closed = closed_leads(bench)
    view = bench.view
    total = counted(
        bench, "fields and actions", numbers_of_fields(view, closed, found) | numbers_of_actions(view, closed)
    )
    leaking = leaks(view, closed, found, total)
    sound = {place: criterion for place, criterion in enumerate(found) if not leaking[place]}
    bounds = judged_together(
        {
            place: thresholds(bench, closed, criterion)
            for place, criterion in sound.items()
            if criterion.subject is Subject.STAGE
        }
    )
    tested = tuple(
        _tested(bench, closed, criterion, bounds.get(place, ()))
        if place in sound
        else Tested(criterion, leaking[place])
        for place, criterion in enumerate(found)
    )
    actions = action_points(view, total)
    funnel.files.check()
    return Backtest(
        bench.view.timeline.today,
        closed,
        tested,
        actions,
        funnel.data().files,
        {title: funnel.engine.sql(statement) for title, statement in bench.counter.statements.items()},
    )


def _tested(bench: Bench, closed: Closed, criterion: Criterion, bounds: Sequence[Threshold]) -> Tested:
    personas = list(bench.view.agreement.sections.personas or {})
    facts: dict[str, Fact] = {WON: closed.won}
    facts |= {name_of(place): criterion.fact(part) for place, part in enumerate(criterion.parts)}
    facts |= {_persona(name): Fits(field_is("persona", name), criterion.moment) for name in personas}
    groups = bench.counter.crossing(
        f"{criterion.subject} {criterion.name}", Crossing(facts, {}, all_of_these(closed.among, criterion.among))
    )
    places = range(len(criterion.parts))
    untold = [group for group in groups if every(group.answers[name_of(place)] for place in places) is None]
    unknown = [
        Unknown(place, sum(group.leads for group in untold if group.answers[name_of(place)] is None))
        for place in places
    ]
    return Tested(
        criterion,
        table=table(groups, places),
        channels=_parted(groups, places, lambda group: group.channel, bench.view.agreement.channels),
        personas=_parted(groups, places, lambda group: _persona_of(group, personas), personas) if personas else (),
        unknown=tuple(sorted((each for each in unknown if each.leads), key=lambda each: -each.leads)),
        contributions=contributions(criterion.parts, groups) if criterion.subject is Subject.STAGE else (),
        thresholds=tuple(bounds),
    )


def _persona(name: str) -> str:
    return f"persona {name}"


def _persona_of(group: Crossed, personas: Iterable[str]) -> str | None:
    return next((name for name in personas if group.answers[_persona(name)]), None)


def _parted(
    groups: Sequence[Crossed],
    places: Sequence[int],
    name_of_group: Callable[[Crossed], str | None],
    known: Iterable[str],
) -> tuple[OfGroup, ...]:
    """A table for each name that any lead has: in the order of the agreement, others behind, leads of none last."""
    there = {name_of_group(group) for group in groups}
    return of_groups(
        {
            name: table([group for group in groups if name_of_group(group) == name], places)
            for name in _in_order(there, known)
        }
    )


def _in_order(there: set[str | None], known: Iterable[str]) -> Iterator[str | None]:
    ordered = list(known)
    yield from (name for name in ordered if name in there)
    yield from sorted(name for name in there if name is not None and name not in ordered)
    if None in there:
        yield None
