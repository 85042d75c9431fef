"""The values that a test lets pass, where they are a range of numbers or days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, Kind
from checker.agreement.fields import read_operand

Bound: TypeAlias = Fraction | date
ORDERED_KINDS = ("whole number", "number", "money", "date", "days ago", "months")
"""Kinds of fields whose values are more or less than one another."""
WHOLE_KINDS = ("whole number", "days ago", "months")
"""Those of them between whose neighbouring values there is nothing."""
ORDER_TESTS = (Kind.AT_LEAST, Kind.AT_MOST, Kind.MORE_THAN, Kind.LESS_THAN, Kind.BETWEEN)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None where it is open; `with_low` and `with_high` say whether the ends are in."""

    low: Bound | None
    high: Bound | None
    with_low: bool = True
    with_high: bool = True


def range_of(agreement: Agreement, leaf: FieldIs) -> Range | None:
    """The range that a test asks for; None where it asks for something else, or cannot be read for its field."""
    kind = agreement.field_kind(leaf.field)
    if kind not in ORDERED_KINDS or leaf.test.kind not in ORDER_TESTS:
        return None
    try:
        bounds = [read_operand(kind, operand) for operand in leaf.test.operands]
    except ValueError:
        return None
    numbers = [bound for bound in bounds if isinstance(bound, (Fraction, date))]
    first, last = numbers[0], numbers[-1]
    match leaf.test.kind:
        case Kind.AT_LEAST:
            return Range(first, None)
        case Kind.MORE_THAN:
            return Range(first, None, with_low=False)
        case Kind.AT_MOST:
            return Range(None, last)
        case Kind.LESS_THAN:
            return Range(None, last, with_high=False)
        case _:
            return Range(first, last)


def is_below(first: Bound, second: Bound) -> bool:
    """Whether one bound is less than another of the same field."""
    if isinstance(first, date) or isinstance(second, date):
        return isinstance(first, date) and isinstance(second, date) and first < second
    return first < second
