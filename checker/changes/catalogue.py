"""All kinds of change, in the order in which they are told."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from checker.changes.kind import Comparison, Kind

MODULES = (
    "criteria",
    "groups",
    "lists",
    "points",
    "modes",
    "promises",
    "deadlines",
    "judging",
    "excuses",
    "escalation",
    "goal",
    "targets",
    "rates",
    "channels",
    "campaigns",
    "fields",
    "handoff",
    "payload",
    "sellers",
    "feedback",
    "clocks",
    "customers",
    "cooperation",
    "dictionary",
    "people",
    "wording",
    "translations",
)
"""Every file of this room that declares kinds, by subject: what matters most is told first."""


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Everything that is compared. Reading it imports every kind."""
    found: list[Comparison] = []
    for name in MODULES:
        module = import_module(f"checker.changes.{name}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, Comparison) and value.find.__module__ == module.__name__
        ]
    return tuple(dict.fromkeys(found))


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, each beside its mirror."""
    return tuple(dict.fromkeys(kind for one in comparisons() for kind in (one.kind, one.mirror)))


def kind_of(slug: str) -> Kind | None:
    """The kind of this name, in any case; None where there is none."""
    wanted = slug.lower()
    return next((kind for kind in kinds() if kind.slug == wanted), None)
