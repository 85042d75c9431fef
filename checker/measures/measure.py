"""The catalogue of measures: a function that says what is counted, with its declaration above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checker.agreement import Promise
from checker.measures.asked import Asked, Unit
from checker.measures.view import View
from checker.message import Message

Ask: TypeAlias = Callable[[Promise, View], Asked]


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to judge a promise, under the id that agreements use.

    `name` is what people call it; `executive`, `marketer` and `seller` say what each of them learns from it.
    """

    id: str
    unit: Unit
    name: Message
    executive: Message
    marketer: Message
    seller: Message
    ask: Ask

    @property
    def documentation(self) -> str:
        """What the function's docstring says: the formula, the population, what is left out."""
        return self.ask.__doc__ or ""


_CATALOGUE: dict[str, Measure] = {}


def measure(
    measure_id: str, unit: Unit, *, name: Message, executive: Message, marketer: Message, seller: Message
) -> Callable[[Ask], Ask]:
    """Declares the function below as the measure of this id."""

    def declare(ask: Ask) -> Ask:
        _CATALOGUE[measure_id] = Measure(measure_id, unit, name, executive, marketer, seller, ask)
        return ask

    return declare


def declared() -> Mapping[str, Measure]:
    """The measures declared by the modules imported so far; `checker.measures.catalogue` imports them all."""
    return _CATALOGUE
