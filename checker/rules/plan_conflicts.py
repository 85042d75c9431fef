"""Contradictions between a plan's numbers, worded: which line, what follows, and the two ways to settle it.

The rules about numbers share this: each picks the conflicts of its kinds. What one edit settles is one group, whose
first finding carries the choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Because, Choice, Edit, Path, Problem
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Check, Kind, Sides, numbers_behind
from checker.logic.plan_inputs import plan_inputs
from checker.logic.plan_repairs import Conflict, NumberEdit, conflicts
from checker.message import Argument, Message, Named, Written, say, say_counted
from checker.quantity import Month, Period, Share
from checker.rules.rule import PLANNED_NAMES, value_at

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
            because=tuple(Because(At(path), self._share_of_ramp(path)) for path in others),
            note=say("this is written here"),
            follows=self._follows() if is_first else (),
            choices=choices(self.agreement, self.conflict) if is_first else (),
            group=_group(self.conflict),
        )

    def _share_of_ramp(self, path: Path) -> Message | None:
        if path[0] != "sellers":
            return None
        return say(
            "{seller} counts as {share} of a seller in {month}",
            seller=person_label(self.agreement, str(path[1])),
            share=Share(self.plan.inputs.numbers[path]),
            month=self.month,
        )

    def _follows(self) -> tuple[Message, ...]:
        number = self.conflict.number
        if number is None or number[0] != "targets" or self.check.month is None:
            return ()
        return what_follows(self.agreement, self.plan, number, self.month)


def _excess(sides: Sides) -> Fraction:
    above = sides.actual - sides.high if sides.high is not None else Fraction(0)
    below = sides.low - sides.actual if sides.low is not None else Fraction(0)
    return max(above, below)


def _group(conflict: Conflict) -> str | None:
    return None if conflict.number is None else group_of(conflict.number)


def group_of(number: Path) -> str:
    """The name of the group of findings that one written number settles."""
    return "plan:" + ".".join(str(step) for step in number)


def groups_in_conflict(agreement: Agreement) -> frozenset[str | None]:
    """The groups whose consequences a finding of a conflict already tells."""
    return frozenset(_group(part.conflict) for part, _ in _broken(agreement))


def lines_in_conflict(agreement: Agreement) -> frozenset[Path]:
    """The lines about which some rule on numbers has already something to say."""
    return frozenset(path for part, _ in _broken(agreement) for path in (part.at, part.check.at))


@lru_cache(maxsize=8)
def plan_of(agreement: Agreement) -> DerivedPlan:
    """The plan of an agreement; every rule about numbers looks at the same one."""
    return DerivedPlan(plan_inputs(agreement))


@lru_cache(maxsize=8)
def _broken(agreement: Agreement) -> tuple[tuple[Broken, bool], ...]:
    plan = plan_of(agreement)
    found: list[tuple[Broken, bool]] = []
    for conflict in conflicts(plan.inputs):
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


# ---------------------------------------------------------------- what follows


def what_follows(agreement: Agreement, plan: DerivedPlan, number: Path, month: Month) -> tuple[Message, ...]:
    """What follows from one written number in a month, for each stage whose target rests on it.

    For the won stage it is the month in which that month's opportunities close.
    """
    said = []
    for name in plan.stages:
        at = month
        if name == plan.inputs.won and plan.closing:
            at = month + max(plan.closing, key=lambda lag: plan.closing[lag])
        if at not in plan.months or number not in numbers_behind(
            plan.inputs, partial(DerivedPlan.alone, stage=name, month=at)
        ):
            continue
        yields = plan.alone(name, at)
        if name == number[1] or yields is None:
            continue
        written = plan.number(name, at) if plan.is_written(name, at) else None
        if written is not None and written != yields:
            said.append(
                say(
                    "{stage}: {number} in {month} ({written} is written)",
                    stage=stage_label(agreement, name),
                    number=yields,
                    month=at,
                    written=written,
                )
            )
        else:
            said.append(
                say("{stage}: {number} in {month}", stage=stage_label(agreement, name), number=yields, month=at)
            )
    return tuple(said)


# ---------------------------------------------------------------- the choices


def choices(agreement: Agreement, conflict: Conflict) -> tuple[Choice, ...]:
    """The ways out: keep the number and change what follows, or keep the rest and write the number that fits."""
    if conflict.number is None:
        return ()
    written = spelled(value_at(agreement.written, conflict.number))
    return (*_keep(agreement, conflict, written), *_fit(agreement, conflict, written))


def _keep(agreement: Agreement, conflict: Conflict, written: str) -> Iterator[Choice]:
    ways = conflict.keeping
    if not ways:
        yield Choice(
            say("keep {written}: there is no way to do so by changing a few other lines", written=Written(written))
        )
    elif len(ways[0]) > 1:
        edits = tuple(_edit(agreement, edit) for edit in ways[0])
        yield Choice(
            say_counted(
                "keep {written} and change this line too",
                "keep {written} and change these {count} lines too",
                count=len(edits),
                written=Written(written),
            ),
            edits,
        )
    else:
        edits = tuple(_edit(agreement, way[0]) for way in ways)
        text = say("keep {written} and change this line too", written=Written(written))
        if len(edits) > 1:
            text = say("keep {written} and change one of these lines too", written=Written(written))
        yield Choice(text, edits)


def _fit(agreement: Agreement, conflict: Conflict, written: str) -> Iterator[Choice]:
    if conflict.number is None or conflict.fitting is None:
        return
    edit = _edit(agreement, NumberEdit(conflict.number, _number_at(agreement, conflict.number), conflict.fitting))
    only_above = all(sides.low is None for _, sides in conflict.broken)
    arguments: dict[str, Argument] = {"number": Written(edit.new), "written": Written(written)}
    if only_above and conflict.number[0] == "targets":
        message = say("keep all other lines: at most {number} instead of {written}", **arguments)
    elif only_above and conflict.number[0] in ("limit_per_seller", "sellers", "plan", "rates", "channels"):
        message = say("keep all other lines: at least {number} instead of {written}", **arguments)
    else:
        message = say("keep all other lines: {number} instead of {written}", **arguments)
    yield Choice(message, (edit,))


def _number_at(agreement: Agreement, path: Path) -> Fraction:
    return plan_of(agreement).inputs.numbers[path]


def _edit(agreement: Agreement, edit: NumberEdit) -> Edit:
    return Edit(
        At(edit.path),
        spelled(value_at(agreement.written, edit.path)),
        _rewritten(spelled(value_at(agreement.written, edit.path)), edit),
        why=_named(agreement, edit.path),
    )


def _named(agreement: Agreement, path: Path) -> Message | None:
    """What a line is about, where its number alone would not tell."""
    if path[0] == "targets":
        stage, channel, period = str(path[1]), str(path[2]), Period.parse(str(path[3]))
        if channel == ALL_CHANNELS:
            return say("{stage}, {period}", stage=stage_label(agreement, stage), period=period)
        return say(
            "{stage} from {channel}, {period}",
            stage=stage_label(agreement, stage),
            channel=channel_label(agreement, channel),
            period=period,
        )
    if path[0] == "sellers":
        return say(
            "{seller}, month {number} of the first months",
            seller=person_label(agreement, str(path[1])),
            number=int(path[-1]) + 1,
        )
    return _NAMES.get(path)


_NAMES: dict[Path, Message] = {
    ("plan", "revenue"): say("revenue of the plan"),
    ("plan", "customers"): say("customers of the plan"),
    ("plan", "pipeline_coverage"): say("pipeline coverage of the plan"),
    ("plan", "cost_per_customer"): say("cost of a customer"),
    ("limit_per_seller", "handoffs"): say("leads that one seller takes"),
    ("limit_per_seller", "new_opportunities"): say("new opportunities of one seller"),
    ("limit_per_seller", "open_opportunities"): say("open opportunities of one seller"),
}


def _rewritten(written: str, edit: NumberEdit) -> str:
    """The new number in the manner of the old text: `22 a month` -> `23 a month`, `R$ 9000` -> `R$ 9667`."""
    percent = written.endswith("%")
    old = _plain(edit.old * 100 if percent else edit.old)
    new = _plain(edit.new * 100 if percent else edit.new)
    return written.replace(old, new, 1) if old in written else new


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}".rstrip("0")


# ---------------------------------------------------------------- names


def stage_label(agreement: Agreement, stage: str) -> str:
    """How a stage is called in a sentence: its abbreviation in brackets, else its name."""
    entry = agreement.stages.get(stage)
    name = agreement.text(entry.name if entry else None, stage)
    if name.endswith(")") and " (" in name:
        return name.rpartition(" (")[2].removesuffix(")")
    return name


def channel_label(agreement: Agreement, channel: str) -> str:
    """How a channel is called."""
    entry = agreement.channels.get(channel)
    return agreement.text(entry.name if entry else None, channel)


def person_label(agreement: Agreement, person: str) -> str:
    """How a person is called."""
    entry = (agreement.sections.people or {}).get(person)
    return agreement.text(entry.name if entry else None, person)


def months_named(months: Sequence[Month]) -> Named | Period | Month:
    """Months as they are said: one, a span without holes, or a list."""
    if len(months) == 1:
        return months[0]
    first, last = min(months), max(months)
    if last - first + 1 == len(set(months)):
        return Period(first, last)
    return Named(tuple(str(month) for month in sorted(months)))
