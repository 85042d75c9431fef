"""The leads as they were at the cut-off: a view over the lead facts that every statement reads.

What happened after the cut-off has not happened yet. Duplicates that were merged into another lead are one lead with
it, with the earliest stamps of all; how a duplicate ended (returned, lost) is not how the lead ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from checker.funnel import answers, nodes
from checker.funnel.conditions import LeadColumn, Shape
from checker.funnel.fold import packed, unpacked
from checker.funnel.funnel import Funnel
from checker.funnel.nodes import Node

LEADS = "leads"
"""The view that statements read."""
MERGED, EARLIEST, FACTS = "merged", "earliest", "facts"
ALL = "all_"
"""Begins the name of a column that holds an event's stamps also where they lie outside of what is judged."""
BUILT_IN_COLUMNS = {
    "channel": "channel",
    "return_reason": "return_reason",
    "persona": "persona",
    "points": "score",
}
"""Built-in field -> the column of the lead facts that holds it where no field does."""
OWN_ENDS = ("returned", "lost")
"""Events of a duplicate that say nothing of the lead that it was merged into."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What the view `leads` holds, or another one that is read in its place.

    `shapes` are the columns of the lead facts that hold something. Of the events in `cut` some stamps lie outside of
    `begin` to `cut_off`; the view has them as they are, too. `days` are the events of which only the day is known for
    some leads. Other views have the same columns, and some of their own (`checker.funnel.rounds`). `merged` is how
    many duplicates were merged, `outside` how many stamps of each event lie before `begin`. Where an event in `told`
    happened, the column `told_<event>` is true: asked first, it spares the others for most of the rows. In the columns
    of texts that are `never_empty`, a blank is null; those that are `never_blank` hold something for every lead.
    """

    begin: int
    cut_off: int
    shapes: Mapping[str, Shape]
    cut: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    merged: int = 0
    outside: Mapping[str, int] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    never_empty: frozenset[str] = frozenset()
    never_blank: frozenset[str] = frozenset()
    view: str = LEADS

    def column(self, name: str) -> Node:
        """A column of the view."""
        return nodes.column(name, self.view)

    def has(self, name: str) -> bool:
        """Whether the data has a column."""
        return name in self.shapes

    def stamp(self, event: str) -> Node | None:
        """When an event happened; None where the data does not have the event."""
        return self.column(f"at_{event}") if self.has(f"at_{event}") else None

    def may_have(self, events: Iterable[str]) -> list[Node]:
        """A condition, or none, that holds wherever one of these events happened, and costs little to ask."""
        known = [event for event in events if self.has(f"at_{event}")]
        if not known or not self.told.issuperset(known):
            return []
        return [answers.some([self.column(f"told_{event}") for event in known])]

    def is_day(self, event: str) -> Node:
        """Whether only the day of an event is known."""
        return self.column(f"day_{event}") if event in self.days else nodes.truth(False)

    def field(self, name: str) -> LeadColumn | None:
        """A field of the agreement; None where the data does not have it."""
        for column in (f"field_{name}", BUILT_IN_COLUMNS.get(name, "")):
            if self.has(column):
                is_never = (column in self.never_empty, column in self.never_blank)
                return LeadColumn(self.column(column), self.shapes[column], *is_never)
        return None


def view_of_leads(facts: Funnel, begin: int, cut_off: int) -> Leads:
    """Makes the view of the leads as at the cut-off.

    Stamps before `begin`, which no calendar covers, are left out and counted.
    """
    shapes = {name: column.shape for name, column in facts.columns.items() if column.mapped}
    early = [name for name, event in facts.events.items() if event.first is not None and event.first < begin]
    late = [name for name, event in facts.events.items() if event.last is not None and event.last > cut_off]
    duplicates = _load_duplicates(facts) if "merged_into" in shapes else 0
    folded = _make_earliest(facts, shapes) if duplicates else ()
    values: list[Node] = []
    for column in shapes:
        value: Node = nodes.column(column, FACTS)
        kind, _, event = column.partition("_")
        if kind in ("at", "day") and event in folded:
            is_merged = nodes.is_known(nodes.column("lead_id", EARLIEST))
            value = nodes.case([(is_merged, nodes.column(column, EARLIEST))], value)
        if kind == "at" and (event in early or event in late):
            values.append(nodes.named(value.copy(), ALL + event))
            covered = exp.Between(this=value.copy(), low=nodes.number(begin), high=nodes.number(cut_off))
            value = nodes.case([(covered, value)])
        values.append(nodes.named(value, column))
    # a lead that others were merged into has their stamps, too
    told = frozenset() if duplicates else facts.told
    values += [nodes.column(f"told_{event}", FACTS) for event in facts.events if event in told]
    view = nodes.select(values, nodes.table(facts.facts, FACTS))
    if duplicates:
        view = _without_duplicates(view)
    facts.engine.make_view(LEADS, view)
    return Leads(
        begin,
        cut_off,
        shapes,
        frozenset(early + late),
        frozenset(name for name, event in facts.events.items() if event.days_only),
        duplicates,
        _count_before(facts, early, begin),
        told,
        frozenset(name for name, column in facts.columns.items() if column.is_never_empty),
        frozenset(name for name, column in facts.columns.items() if column.is_never_blank),
    )


def _count_before(facts: Funnel, events: Sequence[str], begin: int) -> Mapping[str, int]:
    """How many stamps of each event lie before an instant."""
    if not events:
        return {}
    counts = [nodes.how_many(nodes.less(nodes.column(f"at_{event}"), nodes.number(begin))) for event in events]
    named = [nodes.named(count, event) for count, event in zip(counts, events, strict=True)]
    row = facts.engine.row(nodes.select(named, nodes.table(facts.facts)))
    return {event: int(count) for event, count in zip(events, row, strict=True)}


# ---------------------------------------------------------------- duplicates


def _load_duplicates(facts: Funnel) -> int:
    """Loads which lead every merged one is counted as; how many leads are left out for that."""
    lead, into = nodes.column("lead_id", "duplicate"), nodes.column("merged_into", "duplicate")
    other = nodes.column("lead_id", "other")
    statement = (
        nodes.select([lead, into, other], nodes.table(facts.facts, "duplicate"), nodes.is_known(into.copy()))
        .join(
            nodes.table(facts.facts, "other"), on=nodes.equal(other.copy(), into.copy()), join_type="left", copy=False
        )
        .order_by(lead.copy(), copy=False)
    )
    target: dict[str, str] = {}
    there: set[str] = set()
    for name, survivor, found in facts.engine.rows(statement):
        target[name] = survivor
        there.update([name] if found is None else [name, found])
    survivors = surviving(target, there)
    facts.engine.load(MERGED, {"lead_id": "VARCHAR", "survivor": "VARCHAR"}, sorted(survivors.items()))
    return sum(name != survivor for name, survivor in survivors.items())


def surviving(target: Mapping[str, str], there: Collection[str]) -> dict[str, str]:
    """Each lead that was merged, and each that others were merged into -> the lead that it is counted as.

    `target` says into which lead each was merged, `there` which leads are in the data. Where the last of a chain is
    not in the data, or the chain is a circle, the first by its id stands for all of them.
    """
    ends: dict[str, str] = {}
    for lead in target:
        path = [lead]
        while path[-1] in target and target[path[-1]] not in path:
            path.append(target[path[-1]])
        circle = path[path.index(target[path[-1]]) :] if path[-1] in target else path[-1:]
        ends[lead] = min(circle)
    first: dict[str, str] = {}
    for lead in sorted(ends):
        first.setdefault(ends[lead], lead)
    counted = {end: end if end in there else lead for end, lead in first.items()}
    return {lead: counted[end] for lead, end in ends.items()} | {lead: lead for lead in counted.values()}


def _make_earliest(facts: Funnel, shapes: Mapping[str, Shape]) -> tuple[str, ...]:
    """Makes the table of the earliest stamps of all leads that others were merged into; for which events."""
    events = [column.removeprefix("at_") for column in shapes if column.startswith("at_")]
    events = [event for event in events if event not in OWN_ENDS]
    survivor = nodes.column("survivor", MERGED)
    # A stamp and its precision are one number, so that the earliest stamp brings its own precision along.
    earliest = [
        nodes.named(
            exp.Min(this=packed(nodes.column(f"at_{event}", FACTS), nodes.column(f"day_{event}", FACTS))), event
        )
        for event in events
    ]
    is_same = nodes.equal(nodes.column("lead_id", MERGED), nodes.column("lead_id", FACTS))
    stamps = (
        nodes.select([nodes.named(survivor, "lead_id"), *earliest], nodes.table(facts.facts, FACTS))
        .join(nodes.table(MERGED), on=is_same, copy=False)
        .group_by(survivor.copy(), copy=False)
    )
    apart: list[Node] = [nodes.column("lead_id")]
    for event in events:
        at, is_day = unpacked(nodes.column(event))
        apart += [nodes.named(at, f"at_{event}"), nodes.named(is_day, f"day_{event}")]
    facts.engine.make_table(EARLIEST, nodes.select(apart, nodes.inner(stamps, "stamps")))
    return tuple(events)


def _without_duplicates(view: exp.Select) -> exp.Select:
    lead = nodes.column("lead_id", FACTS)
    survivor = nodes.column("survivor", MERGED)
    is_counted = nodes.either([nodes.is_null(survivor), nodes.equal(survivor.copy(), lead)])
    for other in (MERGED, EARLIEST):
        is_same = nodes.equal(nodes.column("lead_id", other), lead.copy())
        view = view.join(nodes.table(other), on=is_same, join_type="left", copy=False)
    return view.where(is_counted, copy=False)
