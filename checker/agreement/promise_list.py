"""Every section's promises in one form, rung by rung: what rules, measures, lists and pages go through."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.agreement.base import Prose
from checker.agreement.conditions import AllOf, question
from checker.agreement.promises import Clock, Measured, Promised
from checker.agreement.scalars import AS_PLANNED, MonthlyRate
from checker.finding import Path
from checker.quantity import Duration, Share

Owes: TypeAlias = Literal["marketing", "sales", "both"]
SECTIONS: dict[str, Owes] = {"marketing_promises": "marketing", "sales_promises": "sales", "both_promise": "both"}
"""Section -> the side that owes what stands in it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One rung of a clock: which leads, by when, and the share that must be in time.

    `name` is None where the promise has a single deadline. `when` is None where the rung takes every lead (that no
    rung above took).
    """

    name: str | None
    when: AllOf | None
    time: Duration
    target: Share | str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with its address; `deadlines` is empty for a measure."""

    id: str
    owes: Owes
    path: Path
    written: Promised
    only: AllOf | None
    deadlines: tuple[Deadline, ...]

    @property
    def clock(self) -> Clock | None:
        return self.written if isinstance(self.written, Clock) else None

    @property
    def measured(self) -> Measured | None:
        return self.written if isinstance(self.written, Measured) else None

    @property
    def sentence(self) -> Prose:
        return self.written.promise

    @property
    def target(self) -> Share | MonthlyRate | str | None:
        """A share, a monthly rate, `as planned`, or None where nothing is said (or each rung says its own)."""
        return self.written.target

    @property
    def is_as_planned(self) -> bool:
        return self.target == AS_PLANNED

    def judged_ids(self) -> tuple[str, ...]:
        """The ids under which results are reported: `first-response.asked` for each rung, else the promise's own."""
        named = [f"{self.id}.{deadline.name}" for deadline in self.deadlines if deadline.name is not None]
        return tuple(named) or (self.id,)


def promise(section: str, name: str, written: Promised) -> Promise:
    """One promise of a section in the common form."""
    path: Path = (section, name)
    only = None if written.only is None else question(written.only, (*path, "only"))
    deadlines = _deadlines(written, path) if isinstance(written, Clock) else ()
    return Promise(name, SECTIONS[section], path, written, only, deadlines)


def _deadlines(clock: Clock, path: Path) -> tuple[Deadline, ...]:
    if isinstance(clock.within, Duration):
        return (Deadline(None, None, clock.within, clock.target, (*path, "within")),)
    rungs = []
    for index, rung in enumerate(clock.within):
        at: Path = (*path, "within", index)
        when = None if rung.when is None else question(rung.when, (*at, "when"))
        rungs.append(Deadline(rung.name, when, rung.time, rung.target or clock.target, at))
    return tuple(rungs)
