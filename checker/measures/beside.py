"""What stands beside a verdict, exactly: see `checker.beside_verdict`, which is what a results file keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checker.agreement.beside import NotCounted
from checker.agreement.promises import Escalation
from checker.logic.pace import Pace
from checker.message import Message
from checker.quantity import Month


@dataclass(frozen=True, slots=True)
class Recent:
    """The misses among the leads that fell due in the last working days; `by_chance` is how often a team that keeps
    its target exactly shows as many, or more.
    """

    days: int
    since: date
    missed: int
    due: int
    times_as_fast: Fraction
    by_chance: float
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Together:
    """The last three judged months as one; `target` is theirs, weighted by their leads."""

    months: tuple[Month, ...]
    part: int
    whole: int
    target: Fraction
    is_kept: bool
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class StepReached:
    """The step of a budget of misses that is reached, with the agreement's words for what is done."""

    share: Fraction
    used: int
    allowed: int
    then: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """A step of escalation (its place counted from 0) that is to be taken now, how much triggered it, and in words
    what that is and who is told.
    """

    place: int
    step: Escalation
    count: int
    when: Message
    whom: Message


@dataclass(frozen=True, slots=True)
class Excepted:
    """Leads that one agreed exception leaves out."""

    count: int
    exception: NotCounted


@dataclass(frozen=True, slots=True)
class Released:
    """Leads not owed, because they were wrongly qualified, or because of a promise that was late."""

    count: int
    because: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it. `unknown_would_break` is whether a promise counts as kept only because leads that do not say enough
    are left out; `stand_ins` are events that are read off another one.
    """

    pace: Pace | None = None
    recent: tuple[Recent, ...] = ()
    together: Together | None = None
    step: StepReached | None = None
    escalations: tuple[Escalated, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    released: tuple[Released, ...] = ()
    stand_ins: tuple[tuple[str, str], ...] = ()
    unknown_would_break: bool = False


NOTHING = Beside()
