"""A lead that a proof found, in words: "a lead with 20 employees and country Brazil whose cold rooms nobody noted"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.logic.criteria import NOTHING
from checker.logic.proof import Trait, Witness
from checker.message import Message, Written, all_of, any_of, say, say_counted
from checker.quantity import CURRENCY_SIGNS, Money

NOT_NOTED = "not known"
"""How the format writes a blank."""


def lead_in_words(agreement: Agreement, witness: Witness) -> Message:
    """The lead as the subject of a sentence."""
    blank = all_of(tuple(field_in_words(trait.field) for trait in witness.traits if _is_blank(trait)))
    known = [_described(agreement, trait) for trait in witness.traits if not _is_blank(trait)]
    if known and blank.names:
        return say("a lead with {traits} whose {fields} nobody noted", traits=listed(known), fields=blank)
    if blank.names:
        return say("a lead whose {fields} nobody noted", fields=blank)
    return say("a lead with {traits}", traits=listed(known)) if known else say("any lead")


def as_written(agreement: Agreement, witness: Witness) -> Mapping[str, str]:
    """Field -> its value as people write it in a condition."""
    return {trait.field: _as_written(agreement, trait) for trait in witness.traits}


def field_in_words(name: str) -> str:
    """A field's id as words."""
    return name.replace("_", " ").replace("-", " ")


def listed(messages: Sequence[Message]) -> Message:
    """Messages one after the other: "a, b and c"."""
    *others, last = messages
    if not others:
        return last
    joined = others[0]
    for message in others[1:]:
        joined = say("{first}, {second}", first=joined, second=message)
    return say("{first} and {second}", first=joined, second=last)


def _is_blank(trait: Trait) -> bool:
    return trait.value is None and trait.contains is None and not trait.times


def _described(agreement: Agreement, trait: Trait) -> Message:
    field, value = Written(field_in_words(trait.field)), trait.value
    kind = agreement.field_kind(trait.field)
    if trait.times:
        return listed([_done(action, count) for action, count in trait.times.items()])
    if trait.contains is not None:
        return _text(field, trait)
    if value is NOTHING:
        return say("no {field}", field=field)
    if isinstance(value, bool):
        return say("{field} {value}", field=field, value=say("yes") if value else say("no"))
    if isinstance(value, (int, Fraction, Decimal)):
        return _number(agreement, kind, field, Fraction(value))
    if isinstance(value, date):
        return say("{field} {value}", field=field, value=value)
    if isinstance(value, (list, tuple)):
        return say("{field} {value}", field=field, value=all_of(tuple(map(str, value))))
    return say("{field} {value}", field=field, value=Written(str(value)))


def _done(action: str, count: int) -> Message:
    return say_counted("{action} done once", "{action} done {count} times", count=count, action=Written(action))


def _text(field: Written, trait: Trait) -> Message:
    held = trait.contains or ()
    if held:
        return say("“{words}” in the {field}", words=all_of(held), field=field)
    if trait.lacks:
        return say("a {field} without “{words}”", words=any_of(trait.lacks), field=field)
    return say("a {field}", field=field)


def _number(agreement: Agreement, kind: str | None, field: Written, number: Fraction) -> Message:
    if kind == "days ago":
        return say_counted("{field} {count} day ago", "{field} {count} days ago", count=number, field=field)
    if kind == "months":
        return say_counted("{field} {count} month", "{field} {count} months", count=number, field=field)
    if kind == "money":
        return say("{field} {value}", field=field, value=Money(number, agreement.currency))
    if kind == "whole number" and field.text.endswith("s") and number != 1:
        return say("{number} {things}", number=number, things=field)
    return say("{field} {value}", field=field, value=number)


def _as_written(agreement: Agreement, trait: Trait) -> str:
    value, kind = trait.value, agreement.field_kind(trait.field)
    if trait.times:
        return ", ".join(f"{action} {count}x" for action, count in trait.times.items())
    if trait.contains:
        return "contains " + ", contains ".join(trait.contains)
    if value is None:
        return NOT_NOTED
    if value is NOTHING:
        return "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return spelled(value)
    if isinstance(value, (int, Fraction, Decimal)):
        return _number_as_written(agreement, kind, Fraction(value))
    return str(value)


def _number_as_written(agreement: Agreement, kind: str | None, number: Fraction) -> str:
    plain = str(number.numerator) if number.denominator == 1 else f"{Decimal(number.numerator) / number.denominator}"
    if kind == "days ago":
        return f"{plain} day" if number == 1 else f"{plain} days"
    if kind == "months":
        return f"{plain} month" if number == 1 else f"{plain} months"
    if kind == "money" and agreement.currency:
        return f"{CURRENCY_SIGNS.get(agreement.currency, agreement.currency)} {plain}"
    return plain
