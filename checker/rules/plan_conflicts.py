"""Contradictions between a plan's numbers, worded: which line, what follows, and the two ways to settle it.

The rules about numbers share this: each picks the conflicts of its kinds. What one edit settles is one group, whose
first finding carries the choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from weakref import WeakKeyDictionary

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.finding import At, Because, Path, Problem, Proofs
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Kind, Sides, numbers_behind
from checker.logic.plan_conflict import Conflict, Conflicts
from checker.logic.plan_inputs import is_decision, plan_inputs
from checker.logic.plan_names import channel_label, months_named, person_label, stage_label
from checker.logic.plan_repairs import all_conflicts
from checker.logic.possible.contradictions import Settled
from checker.message import Message, Written, say, say_counted
from checker.quantity import Month, Period, Share
from checker.rules.plan_choices import choices
from checker.rules.plan_consequences import other_months_have_room, what_follows
from checker.rules.rule import PLANNED_NAMES, value_at

__all__ = [
    "CAPACITY",
    "MOST_LINES",
    "NUMBERS",
    "Broken",
    "broken_lines",
    "channel_label",
    "group_of",
    "groups_in_conflict",
    "impossible_lines",
    "impossible_together",
    "lines_in_conflict",
    "months_named",
    "person_label",
    "plan_of",
    "plan_proofs",
    "stage_label",
    "what_follows",
    "what_is_left",
]

MOST_LINES = 7
"""Other lines that one finding shows; eight with its own are what people can take in."""
NUMBERS = ("stages", "plan", "targets", "rates", "channels", "opened_before_plan", PLANNED_NAMES)
"""What must be readable before anything is said of a plan's numbers."""
CAPACITY = (Kind.HANDOFFS, Kind.NEW_OPPORTUNITIES, Kind.OPEN_OPPORTUNITIES)

Wording = Callable[["Broken"], Message]


class Broken:
    """One written line that breaks one kind of check, over the months in which it does."""

    def __init__(
        self, agreement: Agreement, plan: DerivedPlan, conflict: Conflict, parts: Sequence[tuple[Check, Sides]]
    ):
        self.agreement = agreement
        self.plan = plan
        self.conflict = conflict
        self.parts = tuple(parts)
        # the month in which it is worst speaks for the others
        self.check, self.sides = max(parts, key=lambda part: _excess(part[1]))

    @property
    def kind(self) -> Kind:
        return self.check.kind

    @property
    def at(self) -> Path:
        """The line that the finding is put on: for a capacity the line that settles it, else the one that is judged."""
        number = self.conflict.number
        if self.kind in CAPACITY and number is not None and number in self.behind:
            return number
        return self.check.at

    @property
    def behind(self) -> tuple[Path, ...]:
        """Every written number that the check rests on."""
        found: dict[Path, None] = {}
        for check, _ in self.parts:
            found |= dict.fromkeys(numbers_behind(self.plan.inputs, check.compute))
        return tuple(found)

    @property
    def period(self) -> Period:
        months = [check.month for check, _ in self.parts if check.month is not None]
        return Period(min(months), max(months))

    @property
    def month(self) -> Month:
        if self.check.month is None:
            raise ValueError(self.kind)
        return self.check.month

    @property
    def most(self) -> Fraction:
        """The upper bound that is broken."""
        if self.sides.high is None:
            raise ValueError(self.kind)
        return self.sides.high

    def stage(self, name: str | None = None) -> str:
        """What a stage is called."""
        return stage_label(self.agreement, name or self.check.stage or "")

    def problem(self, message: Message, is_first: bool) -> Problem:
        """The finding; the first of a group carries what follows and the choices."""
        others = [path for path in self.behind if path != self.at][:MOST_LINES]
        return Problem(
            At(self.at),
            message,
            because=tuple(
                Because(At(path), self._share_of_ramp(path) or just_written(self.agreement, path)) for path in others
            ),
            note=note_at(self.agreement, self.at),
            follows=self._follows() if is_first else (),
            choices=choices(self.agreement, self.conflict) if is_first else (),
            group=_group(self.conflict),
        )

    def _share_of_ramp(self, path: Path) -> Message | None:
        if path[0] != "sellers":
            return None
        seller = next(seller for seller in self.plan.inputs.sellers if path in seller.ramp)
        if seller.starts is None:
            return None
        return say(
            "{seller} counts as {share} of a seller in {month}",
            seller=person_label(self.agreement, seller.name),
            share=Share(self.plan.inputs.numbers[path]),
            month=seller.starts + int(path[-1]),
        )

    def _follows(self) -> tuple[Message, ...]:
        number = self.conflict.number
        if number is None or number[0] != "targets" or self.check.month is None:
            return ()
        follows = what_follows(self.agreement, self.plan, number, self.month)
        if self.kind is not Kind.HANDOFFS:
            return follows
        full = frozenset(check.month for check, _ in self.parts if check.month is not None)
        room = other_months_have_room(self.plan, number, full)
        return follows if room is None else (*follows, room)


def _excess(sides: Sides) -> Fraction:
    above = sides.actual - sides.high if sides.high is not None else Fraction(0)
    below = sides.low - sides.actual if sides.low is not None else Fraction(0)
    return max(above, below)


def note_at(agreement: Agreement, path: Path) -> Message:
    """What stands at the mark under a line."""
    return say("you wrote this") if path in agreement.edited else say("this is written here")


def just_written(agreement: Agreement, path: Path) -> Message | None:
    """For a line among others: that it is the one that was just written; None where it is not known to be."""
    if path not in agreement.edited:
        return None
    line = f"{path[-1]}: {spelled(value_at(agreement.written, path))}"
    return say("{line} (you wrote this)", line=Written(line))


def _group(conflict: Conflict) -> str | None:
    if conflict.number is not None:
        return group_of(conflict.number)
    return group_of(conflict.broken[0][0].at) if len(conflict.broken) > 1 else None


def group_of(number: Path) -> str:
    """The name of the group of findings that one written number settles."""
    return "plan:" + ".".join(str(step) for step in number)


def groups_in_conflict(agreement: Agreement) -> frozenset[str | None]:
    """The groups whose consequences a finding of a conflict already tells."""
    return frozenset(_group(part.conflict) for part, _ in _broken(agreement))


def lines_in_conflict(agreement: Agreement) -> frozenset[Path]:
    """The lines about which some rule on numbers has already something to say."""
    judged = frozenset(path for part, _ in _broken(agreement) for path in (part.at, part.check.at))
    return judged | impossible_together(agreement)


def impossible_together(agreement: Agreement) -> frozenset[Path]:
    """The lines that take part in a contradiction which no single check sees."""
    return frozenset(line for conflict in _conflicts(agreement).found for line in conflict.lines)


@lru_cache(maxsize=8)
def plan_of(agreement: Agreement) -> DerivedPlan:
    """The plan of an agreement; every rule about numbers looks at the same one."""
    return DerivedPlan(plan_inputs(agreement))


_FOUND: WeakKeyDictionary[Agreement, Conflicts] = WeakKeyDictionary()
"""What was found of each agreement: every rule about numbers looks at the same conflicts."""


def _conflicts(agreement: Agreement) -> Conflicts:
    if agreement not in _FOUND:
        _FOUND[agreement] = all_conflicts(plan_of(agreement).inputs, agreement.edited)
    return _FOUND[agreement]


@lru_cache(maxsize=8)
def _broken(agreement: Agreement) -> tuple[tuple[Broken, bool], ...]:
    plan = plan_of(agreement)
    found: list[tuple[Broken, bool]] = []
    for conflict in _conflicts(agreement).found:
        if not conflict.broken:
            continue
        grouped: dict[tuple[Kind, Path], list[tuple[Check, Sides]]] = {}
        for check, sides in conflict.broken:
            at = conflict.number if check.kind in CAPACITY and conflict.number is not None else check.at
            grouped.setdefault((check.kind, at), []).append((check, sides))
        parts = [Broken(agreement, plan, conflict, group) for group in grouped.values()]
        first = next((part for part in parts if part.at == conflict.number), parts[0])
        found += [(part, part is first) for part in parts]
    return tuple(found)


def broken_lines(agreement: Agreement, wording: dict[Kind, Wording]) -> Iterator[Problem]:
    """The findings of some kinds of checks, each worded by its kind."""
    for part, is_first in _broken(agreement):
        if part.kind in wording:
            yield part.problem(wording[part.kind](part), is_first)


# ---------------------------------------------------------------- lines that leave no plan possible


def impossible_lines(agreement: Agreement, wording: Callable[[Agreement, Conflict], Message]) -> Iterator[Problem]:
    """The findings about lines that no plan fits, though no single check sees it."""
    for conflict in _conflicts(agreement).found:
        if conflict.lines:
            decisions = [line for line in conflict.lines if is_decision(line)]
            at = conflict.number or (decisions or list(conflict.lines))[-1]
            # decisions are what people may change, so they are shown first where not all can be
            shown = sorted((line for line in conflict.lines if line != at), key=lambda line: not is_decision(line))
            others = [line for line in conflict.lines if line in shown[:MOST_LINES]]
            note = note_at(agreement, at)
            if len(shown) > MOST_LINES:
                note = say_counted(
                    "{note}; {count} more line than is shown takes part",
                    "{note}; {count} more lines than are shown take part",
                    count=len(shown) - MOST_LINES,
                    note=note,
                )
            yield Problem(
                At(at),
                wording(agreement, conflict),
                because=tuple(Because(At(path), just_written(agreement, path)) for path in others),
                note=note,
                choices=choices(agreement, conflict),
                group=group_of(at),
            )


def what_is_left(agreement: Agreement) -> Settled:
    """What became of the question whether any plan fits what is written, apart from what is reported."""
    return _conflicts(agreement).rest.settled


def plan_proofs(agreement: Agreement) -> Proofs:
    """How often the solver was asked about the plan so far, and what became of it."""
    found = _FOUND.get(agreement)
    settled = None if found is None else found.rest.settled
    return Proofs(
        held=int(settled is Settled.PROVED and found is not None and not found.rest.is_impossible),
        unknown=int(settled is Settled.UNKNOWN),
        skipped=int(settled is Settled.SKIPPED),
    )
