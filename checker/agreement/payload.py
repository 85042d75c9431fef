"""Which fields go along with a handed-over lead, and which of them must be filled in.

Everything that the criteria, the ranking, the routing and the deadlines ask about a lead goes along by itself:
reached through groups and stages (`meets`), points (their actions and the fields of `lost`) and mode
(the last action).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.agreement.base import as_list
from checker.agreement.conditions import Condition, FieldIs, question
from checker.agreement.handoff import PayloadField
from checker.finding import Path

if TYPE_CHECKING:
    from checker.agreement.agreement import Agreement

ASKED_OF_HISTORY = ("stage", "channel", "persona", "accepted", "return_reason")
"""Built-in fields that are worked out from events and other fields; they are no fields of the payload."""


@dataclass(frozen=True, slots=True)
class PayloadItem:
    """A field of the payload: `listed_at` is where `must_have` or `nice_to_have` names it, None if it goes by itself.

    `used_at` are the conditions that ask for it.
    """

    field: str
    required: bool
    listed_at: Path | None
    used_at: tuple[Path, ...]


def payload(agreement: Agreement) -> tuple[PayloadItem, ...]:
    """The payload in the order of the format: must_have, what goes along by itself, nice_to_have."""
    handoff = agreement.sections.handoff
    if handoff is None:
        return ()
    used = _fields_in_use(agreement)
    items: dict[str, PayloadItem] = {}
    for name, path in _listed(handoff.must_have, "must_have"):
        items[name] = PayloadItem(name, True, path, tuple(used.get(name, ())))
    for name, places in used.items():
        field = agreement.fields.get(name)
        required = field is None or (field.is_optional is not True and field.blank_means is None)
        items.setdefault(name, PayloadItem(name, required, None, tuple(places)))
    for name, path in _listed(handoff.nice_to_have, "nice_to_have"):
        items.setdefault(name, PayloadItem(name, False, path, ()))
    return tuple(items.values())


def _listed(names: list[str] | dict[str, PayloadField] | None, key: str) -> Iterator[tuple[str, Path]]:
    """Each name of a list or mapping, and its path: a position in a list, the name itself in a mapping."""
    for index, name in enumerate(names or ()):
        yield name, ("handoff", key, name if isinstance(names, dict) else index)


def _fields_in_use(agreement: Agreement) -> dict[str, list[Path]]:
    """Field -> where the handoff stage, ranking, routing and ladders ask for it; known before the handoff only."""
    used: dict[str, list[Path]] = {}
    for leaf in _leaves_at_handoff(agreement):
        for name in _kept_fields(agreement, leaf.field):
            field = agreement.fields.get(name)
            if field is None or field.known_before_handoff:
                used.setdefault(name, []).append(leaf.path)
    return used


def _kept_fields(agreement: Agreement, name: str) -> Iterable[str]:
    """The recorded fields behind a field of a condition."""
    if name == "points":
        yield "actions" if "actions" in agreement.fields else "points"
        points = agreement.sections.points
        for lost in as_list(points.lost if points else None):
            for leaf in agreement.reached(question(lost.when, ("points", "lost", "when"))):
                yield from _kept_fields(agreement, leaf.field)
    elif name == "mode":
        yield "last_action"
    elif name not in ASKED_OF_HISTORY:
        yield name


def _leaves_at_handoff(agreement: Agreement) -> Iterator[FieldIs]:
    sections = agreement.sections
    handoff = sections.handoff
    asked: list[tuple[Condition, Path]] = []
    if handoff is not None and handoff.stage in agreement.stages:
        asked.append((agreement.stages[handoff.stage], ("stages", handoff.stage)))
    asked += [(rank.when, ("ranking", i, "when")) for i, rank in enumerate(sections.ranking or []) if rank.when]
    routes = (handoff.routing if handoff else None) or []
    asked += [(route.when, ("handoff", "routing", i, "when")) for i, route in enumerate(routes) if route.when]
    for condition, path in asked:
        yield from agreement.reached(question(condition, path))
    for promise in agreement.promises():
        for deadline in promise.deadlines:
            if deadline.when is not None:
                yield from agreement.reached(deadline.when)
