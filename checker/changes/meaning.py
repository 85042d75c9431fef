"""What an edit of the plan means, in one sentence for people who decide: the first leads, what is written, customers.

All numbers that follow stand below the edit (`checker.changes.consequences`); this sentence is for those who read
nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.agreement import Agreement
from checker.changes.consequences import Moved, moved_by_months
from checker.finding import Path
from checker.logic.plan_names import spelled_out, things, when
from checker.message import Argument, Message, say
from checker.quantity import Month


def meaning(old: Agreement, new: Agreement, path: Path, months: Sequence[Month]) -> Message | None:
    """The sentence; None where nothing follows. `months` are those of the edit, which the reader knows already.

    Told are the first stage of people that leads to the edited one, every number that is written and now disagrees, and
    the last stage.
    """
    found = {stage: moved for stage, moved in moved_by_months(old, new, path).items() if stage != path[1]}
    # a stage that is gone is a change of its own
    named = [stage for stage in found if stage in new.stages and new.stages[stage].is_ != "anonymous"]
    parts = [
        _part(new, stage, found[stage], months)
        for stage in named
        if stage in (named[0], named[-1]) or any(numbers.written is not None for numbers in found[stage])
    ]
    if not parts:
        return None
    return say("That means {parts}.", parts=spelled_out(parts))


def _part(agreement: Agreement, stage: str, moved: dict[Moved, list[Month]], months: Sequence[Month]) -> Message:
    """What becomes of one stage: its number where all months have the same, else how many more in all of them."""
    if len(moved) > 1 or any(numbers.old is None for numbers in moved):
        every = sorted(month for members in moved.values() for month in members)
        more = sum(
            ((numbers.new - (numbers.old or 0)) * len(members) for numbers, members in moved.items()), Fraction(0)
        )
        return _more(more, things(agreement, stage, abs(more)), every)
    [(numbers, members)] = moved.items()
    is_elsewhere = list(members) != list(months)
    if numbers.written is None:
        part = say(
            "{new} {things} instead of {old}",
            new=numbers.new,
            old=numbers.old or 0,
            things=things(agreement, stage, numbers.new),
        )
        return say("{part} {when}", part=part, when=when(members)) if is_elsewhere else part
    if numbers.new.denominator == 1:
        arguments: dict[str, Argument] = {
            "new": numbers.new,
            "things": things(agreement, stage, numbers.new),
            "written": numbers.written,
        }
        if is_elsewhere:
            return say("{new} {things} {when} where {written} are written", when=when(members), **arguments)
        return say("{new} {things} where {written} are written", **arguments)
    more = numbers.new - (numbers.old or 0)
    arguments = {"number": abs(more), "things": things(agreement, stage, abs(more)), "written": numbers.written}
    if more > 0:
        return say("{number} more {things} a month {when} where {written} are written", when=when(members), **arguments)
    return say("{number} fewer {things} a month {when} where {written} are written", when=when(members), **arguments)


def _more(more: Fraction, named: Message, months: Sequence[Month]) -> Message:
    arguments: dict[str, Argument] = {"number": abs(more), "things": named, "when": when(months)}
    if more < 0:
        return say("{number} fewer {things} in all {when}", **arguments)
    return say("{number} more {things} in all {when}", **arguments)
