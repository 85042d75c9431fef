"""Values of the agreement as a sentence shows them: names that people read instead of ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.agreement.cooperation import OtherTopic
from checker.agreement.promises import LateWith
from checker.agreement.scalars import AS_PLANNED, Cadence, Hours, MonthlyRate, Multiple
from checker.change import ExampleLead
from checker.logic.leads_in_words import lead_in_words, traits_as_values
from checker.logic.proof import Witness
from checker.message import Argument, Message, Written, all_of, say, say_counted
from checker.quantity import Duration, Month, Period, Share

_NAMED = (
    "people",
    "stages",
    "channels",
    "campaigns",
    "fields",
    "actions",
    "modes",
    "groups",
    "personas",
    "content",
    "return_reasons",
    "meetings",
    "tools",
    "processes",
    "working_time",
)
"""Sections whose entries may have a name for people, in the order in which an id is looked for."""


def named(agreement: Agreement, name: str, *sections: str) -> str:
    """The name that people read of what an id stands for; looked for in these sections, else in all."""
    for section in sections or _NAMED:
        entry = (getattr(agreement.sections, section) or {}).get(name)
        if entry is not None:
            written = getattr(entry, "name", None)
            return agreement.text(written, name.replace("_", " "))
    return name.replace("_", " ")


def names(agreement: Agreement, ids: Iterable[str], *sections: str) -> Argument:
    """Several of them, joined."""
    return all_of([named(agreement, name, *sections) for name in ids])


def shown(agreement: Agreement, value: Any, *, is_money: bool = False) -> Argument:
    """Any value of the format that stands at one key."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, (list, tuple)):
        return all_of([str(_flat(agreement, item)) for item in value])
    if isinstance(value, (int, Fraction)):
        return agreement.money(Fraction(value)) if is_money else Fraction(value)
    if isinstance(value, (Share, Duration, Month, Period, date)):
        return value
    return _composed(agreement, value)


def _composed(agreement: Agreement, value: Any) -> Argument:
    if isinstance(value, Cadence):
        return cadence(value)
    if isinstance(value, MonthlyRate):
        return say("{count} a month", count=value.count)
    if isinstance(value, Multiple):
        return say("{count} times", count=value.value)
    if isinstance(value, dict):
        parts = [
            f"{spelled(key) if isinstance(key, (str, int)) else key}: {_flat(agreement, item)}"
            for key, item in value.items()
        ]
        return all_of(parts)
    if value == AS_PLANNED:
        return say("the plan's number")
    return str(_flat(agreement, value))


def cadence(value: Cadence) -> Message:
    """How often."""
    if value.unit == "week":
        return say_counted("every week", "every {count} weeks", count=value.count)
    return say_counted("every month", "every {count} months", count=value.count)


def _flat(agreement: Agreement, value: Any) -> str:
    """One value among several, as a plain text."""
    if isinstance(value, Share):
        percent = value.value * 100
        return f"{percent.numerator if percent.denominator == 1 else float(percent)}%"
    if isinstance(value, Hours):
        return f"{clock(value.opens)} to {clock(value.closes)}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, OtherTopic):
        return value.other
    if isinstance(value, LateWith):
        return value.late
    if isinstance(value, bool):
        return "yes" if value else "no"
    return named(agreement, value) if isinstance(value, str) else str(value)


def clock(seconds: int) -> str:
    """A time of the day, from seconds since midnight."""
    minutes = seconds // 60 % 1440 if seconds != 86400 else 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def within_instead(new: Duration, old: Duration) -> tuple[Argument, Argument]:
    """Two lengths of time for "{new} instead of {old}": the unit is said once where both have the same."""
    return new, (Written(str(old.count)) if new.unit is old.unit else old)


def example(witness: Witness | None, agreement: Agreement) -> ExampleLead | None:
    """A lead of a proof, for people and for programs."""
    if witness is None:
        return None
    return ExampleLead(lead_in_words(witness, agreement), traits_as_values(witness, agreement))
