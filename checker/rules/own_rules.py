"""Checks that a company adds of its own, under `checks`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from checker.agreement import Agreement
from checker.agreement.beside import CompanyRule
from checker.agreement.conditions import FieldTest, Kind, parse_test, spelled
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Written, any_of, say
from checker.rules.own_paths import EVERY, as_word, found_at, is_in_the_format, lost_at, steps
from checker.rules.rule import rule

_SHOWN = 4
_QUANTITY = re.compile(
    r"(?:at most )?(?:[^0-9A-Za-z-]{1,2} ?|[A-Z]{1,3}\$? ?|zł ?|Fr ?)?"
    r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)(?P<unit>%|x| [a-z][a-z ]*)?\Z"
)
_COMPARED: Mapping[Kind, Callable[[Fraction, Fraction], bool]] = {
    Kind.AT_LEAST: ge,
    Kind.AT_MOST: le,
    Kind.MORE_THAN: gt,
    Kind.LESS_THAN: lt,
}


@rule(
    "SLA901",
    "A check of the company's own",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        currency: BRL
        plan:
          months: 2027-01 to 2027-06
          average_deal: R$ 18000                           # SLA901
        checks:
          rules:
            deal-size:
              field: plan.average_deal
              test: at least R$ 20000                      # because
              message: Finance accepts no plan below R$ 20000 a deal
        """,
    good="""
        currency: BRL
        plan:
          months: 2027-01 to 2027-06
          average_deal: R$ 30000
        checks:
          rules:
            deal-size:
              field: plan.average_deal
              test: at least R$ 20000
              message: Finance accepts no plan below R$ 20000 a deal
        """,
)
def own_check(agreement: Agreement) -> Iterator[Problem]:
    """
    Under `checks`, `rules`, a company writes what must hold of values of its agreement: the value's path, a test, and
    what to tell where it does not hold. The words of the tests are those of conditions: `at least`, `at most`,
    `50 to 2000`, `known`, a value or a list of values.

    A path is the words that lead to the value, with points between: `plan.average_deal`. `*` stands for every entry of
    a list or of names, as in `channels.*.budget`, and a number for one entry of a list: `ranking.1.rank` is the first.
    An entry in which nothing is written at the rest of the path passes, unless the test is `known`.

    Numbers are compared with numbers of the same unit: a share with a share, months with months. Where the units
    differ, that is reported instead.
    """
    checks = agreement.sections.checks
    for name, own in ((checks.rules if checks else None) or {}).items():
        if lost_at(agreement.written, own.field) is None or is_in_the_format(own.field):
            for path, value in found_at(agreement.written, own.field):
                yield from _judged(agreement, name, own, path, value)


def _judged(agreement: Agreement, name: str, own: CompanyRule, path: Path, value: Any) -> Iterator[Problem]:
    test = parse_test(own.test)
    if value is None and test.kind is not Kind.KNOWN:
        return
    because = (Because(At(("checks", "rules", name, "test"))),)
    holds = value is not None and passes(test, value)
    if holds is None:
        yield _incomparable(name, test, path, value, because)
    elif not holds:
        yield Problem(
            At(path, "key" if value is None else "value"),
            say("{check}: {message}", check=Written(name), message=agreement.text(own.message)),
            note=say("asked for: {test}", test=Written(test.written)),
            because=because,
        )


def _incomparable(name: str, test: FieldTest, path: Path, value: Any, because: tuple[Because, ...]) -> Problem:
    check = Written(name)
    if isinstance(value, (dict, list)):
        below = [f".{EVERY}", *(f".{as_word(step)}" for step in steps(value))]
        return Problem(
            At(path, "key"),
            say(
                "{check} cannot be checked: several values stand here, and {test} is a test of one",
                check=check,
                test=Written(test.written),
            ),
            note=say("add to its path {one}", one=any_of(below[:_SHOWN])),
            because=because,
        )
    return Problem(
        At(path),
        say(
            "{check} cannot be checked: {value} and {test} are of different kinds",
            check=check,
            value=Written(spelled(value)),
            test=Written(test.written),
        ),
        note=say("a test compares with the same unit"),
        because=because,
    )


def passes(test: FieldTest, value: Any) -> bool | None:
    """Whether a value of the agreement, as it was read, passes a test; None where the two cannot be compared."""
    if test.kind in (Kind.KNOWN, Kind.NOT_KNOWN):
        return test.kind is Kind.KNOWN
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value)):
        return None
    values = [spelled(item) for item in (value if isinstance(value, list) else [value])]
    operands = [spelled(operand) for operand in test.operands]
    if test.kind is Kind.CONTAINS:
        return any(operands[0].casefold() in item.casefold() for item in values)
    if test.kind in (Kind.ONE_OF, Kind.NOT_ONE_OF):
        among = any(_is_same(item, operand) for item in values for operand in operands)
        return among is (test.kind is Kind.ONE_OF)
    quantities = [_quantity(text) for text in (*values, *operands)]
    units = {quantity.unit for quantity in quantities if quantity is not None}
    if None in quantities or len(units) > 1 or len(values) > 1:
        return None
    number, *bounds = (quantity.number for quantity in quantities if quantity is not None)
    if test.kind is Kind.BETWEEN:
        return bounds[0] <= number <= bounds[1]
    return _COMPARED[test.kind](number, bounds[0])


class _Quantity(NamedTuple):
    number: Fraction
    unit: str


def _quantity(text: str) -> _Quantity | None:
    """`R$ 20000`, `at most R$ 12000`, `15%`, `2 months` as a number with its unit, in the plural."""
    found = _QUANTITY.match(text)
    if found is None:
        return None
    unit = (found["unit"] or "").strip()
    is_time = unit not in ("", "%", "x", "a month")
    return _Quantity(Fraction(found["number"]), unit + "s" if is_time and not unit.endswith("s") else unit)


def _is_same(one: str, other: str) -> bool:
    quantities = _quantity(one), _quantity(other)
    return quantities[0] == quantities[1] if None not in quantities else one.casefold() == other.casefold()
