"""A line of the page about the data, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checker.funnel.nodes import Node
from checker.language import to_json
from checker.message import Message
from checker.record import Said
from checker.verdict import Quality

EXAMPLES = 3
"""How many examples are shown of each oddity."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Leads to be counted, and what is said where there are some.

    `told` gets their number, and that of the leads `among` which they were looked for (None: all). `count` is their
    number where it is known already. Where the condition asks for nothing but the value of one column, that is
    `of_value`: of many leads with few different values it is asked once a value. `after` is an event without which
    it does not hold.
    """

    condition: Node
    told: Callable[[int, int], Quality]
    among: Node | None = None
    count: int | None = None
    of_value: str | None = None
    after: str | None = None


def quality(
    what: str,
    count: int,
    said: Message,
    examples: Iterable[str] = (),
    *,
    about: str | None = None,
    column: str | None = None,
    among: int | None = None,
) -> Quality:
    """One line of the page about the data."""
    return Quality(
        what=what,
        count=count,
        said=Said(**to_json(said)),
        examples=tuple(examples),
        about=about,
        column=column,
        among=among,
    )
