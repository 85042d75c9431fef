"""Agreements of five fields, the few leads that there can be under them, and conditions of every kind on these.

The leads are listed one by one, so that whatever the solver says of all leads can be counted out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from checker.agreement import Agreement, build
from checker.agreement.conditions import Question
from checker.finding import Path
from checker.logic.criteria import NOTHING, DoneAction, LeadValue

ON = date(2027, 3, 1)
LONG_AGO = date(2027, 1, 29)
"""The day before the window of thirty days."""
RAW = "a blank that stands for nothing"

FIELDS: dict[str, Any] = {
    "employees": {"is": "whole number", "from": 1, "to": 4},
    "kind": {"is": "one of", "values": ["a", "b", "c"], "blank_means": "b"},
    "account": {"is": "one of", "values": ["x", "y"], "optional": True},
    "title": {"is": "text"},
    "visit": {"is": "days ago", "from": 0, "to": 3},
    "actions": {"is": "list of actions"},
}
TESTS: dict[str, list[Any]] = {
    "employees": [
        *(f"{words} {number}" for words in ("at least", "at most", "more than", "less than") for number in range(6)),
        "1 to 3",
        "2 to 2",
        "3 to 9",
        2,
        "not 3",
        [1, 4],
        "known",
        "not known",
    ],
    "kind": ["a", "b", ["a", "c"], ["a", "b", "c"], "not a", "not b", "z", "known", "not known", "contains a"],
    "account": ["x", ["x", "y"], "not x", "known", "not known"],
    "title": [
        "contains quality",
        "contains qual",
        "contains sales",
        "quality",
        "not Quality",
        ["boss", "sales"],
        "known",
        "not known",
    ],
    "visit": ["at least 2 days", "at most 1 days", "more than 3 days", "known", "not known"],
    "actions": ["open", "not ask", ["open", "ask"], "contains s", "known", "not known"],
    "last_action": ["open", "not open", "known", "not known"],
    "mode": ["buying", "not buying", "known", "not known"],
    "points": [
        *(
            f"{words} {number}"
            for words in ("at least", "at most", "more than", "less than")
            for number in range(-1, 5)
        ),
        "1 to 2",
        "not 2",
        3,
        [0, 2],
    ],
    "persona": ["first", "not first", ["first", "second"], "known", "not known"],
    "accepted": [True, False, "not yes"],
    "return_reason": ["late", "not late", "known", "not known"],
    "stage": ["lead", "mql or later", "before mql"],
}
PLAIN = ("employees", "kind", "account", "title", "accepted", "return_reason", "stage")
DONE = ("actions", "last_action", "mode", "points", "visit", "persona", "accepted")
VALUES: dict[str, list[tuple[LeadValue, Path | None]]] = {
    "employees": [
        *((number, None) for number in (1, 2, 3, 4)),
        (None, None),
        *((number, ("fields", "employees", "from")) for number in (-1, 0)),
        *((number, ("fields", "employees", "to")) for number in (5, 6, 9, 10)),
    ],
    "kind": [
        *((value, None) for value in ("a", "b", "c")),
        (None, None),
        *((value, ("fields", "kind", "values")) for value in ("z", "?")),
        (RAW, ("fields", "kind", "blank_means")),
    ],
    "account": [
        *((value, None) for value in ("x", "y")),
        (None, None),
        ("?", ("fields", "account", "values")),
        (RAW, ("fields", "account", "optional")),
    ],
    "title": [
        *((text, None) for text in ("boss", "quality", "sales", "qual-", "quality-", "-sales", "qual-sales")),
        ("quality-sales", None),
        ("-", None),
        (None, None),
    ],
    "visit": [
        *((number, None) for number in (1, 2)),
        (None, None),
        (4, ("fields", "visit", "to")),
        (-1, ("fields", "visit", "from")),
    ],
    "accepted": [(True, None), (False, None)],
    "stage": [(name, None) for name in ("lead", "mql", "customer")] + [("?", ("stages",))],
}
"""Field -> each value, and the line that says that there is none such, if one does."""


def values_of(groups: Mapping[str, Any], *, counted: str = "every time", losses: int = 2) -> dict[str, Any]:
    """The values of an agreement with these groups; both fields of `lost` and ways of counting are in play."""
    lost = [
        {"when": {"visit": "at least 2 days"}, "points": 2},
        {"when": {"accepted": False}, "points": 1},
    ]
    points: dict[str, Any] = {"over": "30 days", "each_action": counted}
    return {
        "format": "sla/v1",
        "agreement": "Small world",
        "fields": FIELDS,
        "actions": {"open": {"mode": "learning", "points": 1}, "ask": {"mode": "buying", "points": 2}, "look": {}},
        "points": points | ({"lost": lost[:losses]} if losses else {}),
        "modes": {"learning": {}, "buying": {}},
        "personas": {
            "first": {"recognised_by": {"visit": "at most 1 days"}},
            "second": {"recognised_by": {"visit": "at least 0 days"}},
        },
        "return_reasons": {"late": {"found": "before accepting", "back_to": "marketing", "then": "nurture"}},
        "stages": {"lead": {"team": "marketing"}, "mql": {"team": "marketing"}, "customer": {"team": "sales"}},
        "groups": dict(groups),
    }


def agreement_of(groups: Mapping[str, Any], **choices: Any) -> Agreement:
    """An agreement of the small world."""
    agreement = build(values_of(groups, **choices))
    assert not agreement.problems
    return agreement


# ---------------------------------------------------------------- conditions


def conditions(fields: tuple[str, ...], groups: tuple[str, ...] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions on some of the fields, as they are written."""
    leaf = st.sampled_from(fields).flatmap(lambda field: st.sampled_from(TESTS[field]).map(lambda test: {field: test}))
    leaves = leaf | st.sampled_from(groups).map(lambda name: {"meets": name}) if groups else leaf

    def wider(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        some = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda key, items: {key: items}, st.sampled_from(("all", "any", "none_of")), some),
            st.builds(lambda count, items: {"at_least": count, "of": items}, st.integers(0, 4), some),
            st.builds(lambda first, second: first | second, parts, parts).filter(_is_whole),
        )

    return st.recursive(leaves, wider, max_leaves=6)


def _is_whole(condition: Mapping[str, Any]) -> bool:
    return ("at_least" in condition) is ("of" in condition)


@st.composite
def agreements(draw: st.DrawFn, fields: tuple[str, ...]) -> Agreement:
    """Agreements with three groups, of which the later ones may build on the earlier ones."""
    first = draw(conditions(fields))
    second = draw(conditions(fields, ("one",)))
    third = draw(conditions(fields, ("one", "two")))
    counted = draw(st.sampled_from(("every time", "once")))
    losses = draw(st.integers(0, 2))
    return agreement_of({"one": first, "two": second, "three": third}, counted=counted, losses=losses)


# ---------------------------------------------------------------- leads


@dataclass(frozen=True)
class SmallLead:
    """A lead of the small world, and the lines that say that there is none such."""

    values: Mapping[str, Any]
    excluded_by: frozenset[Path]


MOST_POINTS = 8
"""Past so many points no test of the small world tells leads apart, whatever they lose."""
WORTH = {"open": 1, "ask": 2, "look": 0}


def leads(fields: frozenset[str], *, is_once: bool) -> Iterator[SmallLead]:
    """Every lead, as far as these fields go."""
    recorded = [name for name in VALUES if name in fields]
    choices: list[list[tuple[Any, Path | None]]] = [VALUES[name] for name in recorded]
    if "return_reason" in fields:
        recorded.append("return_reason")
        choices.append([("late", None), (NOTHING, None), (None, None), ("?", ("return_reasons",))])
    if fields & {"actions", "last_action", "mode", "points"}:
        recorded.append("actions")
        choices.append([(done, None) for done in histories(can_repeat="points" in fields and not is_once)])
    for combination in product(*choices):
        yield SmallLead(
            {name: value for name, (value, _) in zip(recorded, combination, strict=True)},
            frozenset(path for _, path in combination if path is not None),
        )


def histories(*, can_repeat: bool) -> Iterator[tuple[DoneAction, ...] | None]:
    """What a lead may have done, the last action first: some actions in the window, some before it; in the window one
    way to get each number of points from the same actions, for nothing else of repeating is asked anywhere."""
    yield None
    for recent in _subsets(WORTH):
        for repeats in _repeats(recent) if can_repeat else ((),):
            for past in _subsets(WORTH):
                done = [DoneAction(name, ON) for name in (*recent, *repeats)]
                before = [DoneAction(name, LONG_AGO) for name in past]
                for last in dict.fromkeys(done or before):
                    latest = list(done or before)
                    latest.remove(last)
                    yield (last, *latest, *(before if done else ()))


def _subsets(names: Iterable[str]) -> list[tuple[str, ...]]:
    subsets: list[tuple[str, ...]] = [()]
    for name in names:
        subsets += [(*subset, name) for subset in subsets]
    return subsets


def _repeats(recent: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    worth = [name for name in recent if WORTH[name]]
    once = sum(WORTH[name] for name in recent)
    if not worth:
        yield ()
        return
    cheapest = min(worth, key=WORTH.__getitem__)
    for count in range((MOST_POINTS - once) // WORTH[cheapest] + 1):
        yield (cheapest,) * count


def reached_fields(agreement: Agreement, *questions: Question) -> frozenset[str]:
    """The recorded fields that questions lead to."""
    found: set[str] = set()
    open_questions = list(questions)
    while open_questions:
        for leaf in agreement.reached(open_questions.pop()):
            if leaf.field == "points":
                found |= {"points", "visit", "accepted"}
            elif leaf.field == "persona":
                found.add("visit")
            else:
                found.add(leaf.field)
    return frozenset(found)
