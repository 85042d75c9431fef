"""Leads that have another rank, or would have gone to another seller."""

from __future__ import annotations

from collections.abc import Iterable

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.agreement.conditions import question
from checker.change import Change
from checker.funnel.engine import Engine
from checker.funnel.versions import AskedOfLeads, ListedLine, both_answers, leads_that_moved
from checker.impact import ListImpact, ListKind, Moved, Part
from checker.logic.plan_names import person_label
from checker.quantity import Period
from checker.review.impact_of_stages import HANDED_OVER

_PARTED = "|"
"""Between sellers who take turns; no id holds it."""
_KIND_OF_CHANGE = {ListKind.RANKING: "ranking-changed", ListKind.ROUTING: "routing-changed"}


def asked_lists(agreement: Agreement) -> AskedOfLeads:
    """What the ranking gives each lead at the cut-off, and to whom the routing gives it at the handoff."""
    sections = agreement.sections
    ranks = [
        ListedLine(None if line.when is None else question(line.when, ("ranking", index, "when")), line.rank)
        for index, line in enumerate(sections.ranking or ())
    ]
    routes = []
    for index, line in enumerate((sections.handoff.routing if sections.handoff else None) or ()):
        when = None if line.when is None else question(line.when, ("handoff", "routing", index, "when"))
        names = as_list(line.to)
        is_field = len(names) == 1 and names[0] in agreement.fields and names[0] not in (sections.people or {})
        routes.append(ListedLine(when, _PARTED.join(sorted(names)), is_field))
    return AskedOfLeads(lists={ListKind.RANKING: (None, ranks), ListKind.ROUTING: ("handed_off", routes)})


def list_impact(
    kind: ListKind, old: Agreement, new: Agreement, changes: Iterable[Change], engine: Engine, period: Period
) -> ListImpact | None:
    """The leads that an ordered list treats otherwise; of the routing, among those that were handed over.

    None where no lead does and nothing is told of the list, or where one of the texts has none.
    """
    if not all(asked_lists(side).lists[kind][1] for side in (old, new)):
        return None
    mark = HANDED_OVER if kind is ListKind.ROUTING else None
    groups = both_answers(engine, kind, period, [HANDED_OVER])
    asked = [group for group in groups if mark is None or group.marks[mark]]
    told = [group for group in asked if None not in (group.old, group.new)]
    ids: dict[tuple[str, str], list[str]] = {}
    for lead in leads_that_moved(engine, kind, period, mark):
        ids.setdefault((str(lead.old), str(lead.new)), []).append(lead.lead)
    moved = [
        Moved(_names(kind, old, was), _names(kind, new, now), Part(len(leads), leads=tuple(leads)))
        for (was, now), leads in ids.items()
    ]
    is_told = any(change.kind == _KIND_OF_CHANGE[kind] for change in changes)
    if not moved and not is_told:
        return None
    moved.sort(key=lambda move: (-move.leads.count, move.old, move.new))
    among = sum(group.count for group in asked)
    return ListImpact(kind, among, tuple(moved), among - sum(group.count for group in told))


def _names(kind: ListKind, agreement: Agreement, given: str) -> tuple[str, ...]:
    if not given:
        return ()
    if kind is ListKind.RANKING:
        return (given,)
    return tuple(person_label(agreement, name) for name in given.split(_PARTED))
