"""Single tests in conditions: those that do not fit their field, and those that say nothing about a lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, Kind, Operand, leaves, spelled
from checker.agreement.fields import Field, read_operand
from checker.finding import At, Because, Edit, Problem, Severity
from checker.message import Message, Written, any_of, say
from checker.rules.kinds import NAMED_BY_FIELD
from checker.rules.ranges import ORDER_TESTS, ORDERED_KINDS, Range, is_below, range_of
from checker.rules.rule import rule
from checker.rules.values import did_you_mean, intended_test


def written_tests(agreement: Agreement) -> Iterator[FieldIs]:
    """Every test of a field, in the order of the format."""
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FieldIs):
                yield leaf


@rule(
    "SLA309",
    "A test that does not fit its field",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          employees: {is: whole number}
          job_title: {is: text}
          last_visit: {is: days ago}
          cold_rooms: {is: whole number}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 30 days     # SLA309
              - cold_rooms: at lest 3           # SLA309
              - job_title: at least 3           # SLA309
              - last_visit: at most 3 months    # SLA309
              - cold_rooms: 50 to 3             # SLA309
        """,
    good="""
        fields:
          employees: {is: whole number}
          job_title: {is: text}
          last_visit: {is: days ago}
          cold_rooms: {is: whole number}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 30
              - cold_rooms: at least 3
              - job_title: contains quality
              - last_visit: at most 90 days
              - cold_rooms: 3 to 50
        """,
)
def test_of_another_kind(agreement: Agreement) -> Iterator[Problem]:
    """
    A number can be compared with numbers, a date with dates, a text with neither. A test that does not fit what its
    field holds passes no lead at all, and nobody would notice: the leads that were meant just never arrive.

    Days are written as days (`at most 90 days`), also where they make up months, because a month is not always equally
    long. A range begins with its smaller end.
    """
    for leaf in written_tests(agreement):
        kind = agreement.field_kind(leaf.field)
        if kind is not None:
            yield from _misfit(agreement, leaf, kind)


def _misfit(agreement: Agreement, leaf: FieldIs, kind: str) -> Iterator[Problem]:
    at, test = At(leaf.path), leaf.test
    shown = {"field": Written(leaf.field), "kind": Written(kind)}
    if test.kind in ORDER_TESTS and kind not in ORDERED_KINDS:
        yield Problem(
            at,
            say("`{test}` makes no sense for {field}, which is `{kind}`", test=_written(leaf), **shown),
            note=_instead(agreement, leaf.field, kind),
        )
        return
    if test.kind is Kind.CONTAINS and kind in (*ORDERED_KINDS, "yes or no"):
        yield Problem(
            at,
            say("`{test}` makes no sense for {field}, which is `{kind}`", test=_written(leaf), **shown),
            note=_instead(agreement, leaf.field, kind),
        )
        return
    if kind not in ORDERED_KINDS:
        return
    odd = next((operand for operand in test.operands if not _is_read(kind, operand)), None)
    if odd is not None:
        meant = intended_test(odd) if test.kind is Kind.ONE_OF and isinstance(odd, str) else None
        yield Problem(
            at,
            say("`{operand}` cannot be compared with {field}, which is `{kind}`", operand=_shown(odd), **shown),
            note=_instead(agreement, leaf.field, kind) if meant is None else did_you_mean(meant),
            fixes=() if meant is None else (Edit(at, str(odd), meant, safe=True),),
        )
        return
    asked = range_of(agreement, leaf)
    if asked is not None and asked.low is not None and asked.high is not None and is_below(asked.high, asked.low):
        low, high = (spelled(operand) for operand in test.operands)
        yield Problem(
            at,
            say("nothing is {range}: a range begins with its smaller end", range=_written(leaf)),
            note=say("write {range}", range=Written(f"{high} to {low}")),
            fixes=(Edit(at, test.written, f"{high} to {low}"),),
        )


def _is_read(kind: str, operand: Operand) -> bool:
    try:
        read_operand(kind, operand)
    except ValueError:
        return False
    return True


def _shown(operand: Operand) -> Written:
    return Written(spelled(operand))


def _written(leaf: FieldIs) -> Written:
    return Written(leaf.test.written)


_EXAMPLES: Mapping[str, str] = {
    "whole number": "at least 3",
    "number": "at least 2.5",
    "money": "at least 30000",
    "date": "at least 2027-03-01",
    "days ago": "at most 90 days",
    "months": "at most 6 months",
    "text": "contains quality",
}


def _instead(agreement: Agreement, field: str, kind: str) -> Message:
    """What a test of this field looks like."""
    if kind in _EXAMPLES:
        return say("for example {example}", example=Written(_EXAMPLES[kind]))
    if kind == "stage" and agreement.stages:
        return say("for example {example}", example=Written(f"{list(agreement.stages)[-1]} or later"))
    if kind == "yes or no":
        return say("write one of {values}", values=any_of(("yes", "no")))
    values = agreement.field_values(field)
    if values:
        return say("write one of {values}", values=any_of(values))
    return say("write {known}, or a value", known=Written("known"))


# ---------------------------------------------------------------- tests that say nothing


@rule(
    "SLA322",
    "A test that every value passes",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          employees: {is: whole number, from: 1, to: 5000}
          country: {is: one of, values: [Brazil, Portugal, other]}
          company_type: {is: one of, values: [end user, student], blank_means: end user}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 1                       # SLA322
              - country: [Brazil, Portugal, other]          # SLA322
              - company_type: known                         # SLA322
        """,
    good="""
        fields:
          employees: {is: whole number, from: 1, to: 5000}
          country: {is: one of, values: [Brazil, Portugal, other]}
          company_type: {is: one of, values: [end user, student], blank_means: end user}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 50
              - country: [Brazil, Portugal]
              - company_type: not student
        """,
)
def test_that_says_nothing(agreement: Agreement) -> Iterator[Problem]:
    """
    A list of all values, or a bound that no value of the field can miss, looks like a requirement and is none: it only
    asks that the field is filled in. If that is what both teams want, `known` says it; else a value is too many or the
    bound too low. A field whose blanks stand for a value (`blank_means`) is known of every lead.
    """
    for leaf in written_tests(agreement):
        field = agreement.fields.get(leaf.field)
        if field is None:
            continue
        if leaf.test.kind in (Kind.KNOWN, Kind.NOT_KNOWN):
            if field.blank_means is not None:
                yield _always_known(leaf, field)
        elif leaf.test.kind is Kind.ONE_OF and _names_all(agreement, leaf):
            yield Problem(
                At(leaf.path),
                say("these are all the values of {field}: it only asks that one is noted", field=Written(leaf.field)),
                note=say("write {known}, or take out a value", known=Written("known")),
            )
        elif (asked := range_of(agreement, leaf)) is not None and _covers(asked, field):
            yield Problem(
                At(leaf.path),
                say(
                    "`{test}` lets every value of {field} through: the field goes from {low} to {high}",
                    test=_written(leaf),
                    field=Written(leaf.field),
                    low=field.from_,
                    high=field.to,
                )
                if field.from_ is not None and field.to is not None
                else say(
                    "`{test}` lets every value of {field} through", test=_written(leaf), field=Written(leaf.field)
                ),
                note=say("write {known}, or another bound", known=Written("known")),
            )


def _always_known(leaf: FieldIs, field: Field) -> Problem:
    shown = {"field": Written(leaf.field), "value": Written(str(field.blank_means))}
    message = (
        say("{field} is known of every lead: a blank stands for `{value}`", **shown)
        if leaf.test.kind is Kind.KNOWN
        else say("{field} is never unknown: a blank stands for `{value}`", **shown)
    )
    return Problem(
        At(leaf.path),
        message,
        note=say("ask for a value, or delete this line"),
    )


def _names_all(agreement: Agreement, leaf: FieldIs) -> bool:
    kind = agreement.field_kind(leaf.field)
    named = {spelled(operand).casefold() for operand in leaf.test.operands}
    if kind == "yes or no":
        return {"yes", "no"} <= named
    values = agreement.field_values(leaf.field)
    return (
        bool(values) and kind in ("one of", *NAMED_BY_FIELD) and {value.casefold() for value in values or ()} <= named
    )


def _covers(asked: Range, field: Field) -> bool:
    """Whether the range holds all that the field may hold."""
    low_open = asked.low is None or _begins_at(field.from_, asked)
    high_open = asked.high is None or _ends_at(field.to, asked)
    return low_open and high_open


def _begins_at(smallest: Fraction | None, asked: Range) -> bool:
    low = asked.low
    if smallest is None or not isinstance(low, Fraction):
        return False
    return low < smallest or (low == smallest and asked.with_low)


def _ends_at(largest: Fraction | None, asked: Range) -> bool:
    high = asked.high
    if largest is None or not isinstance(high, Fraction):
        return False
    return high > largest or (high == largest and asked.with_high)


@rule(
    "SLA323",
    "A bound that lies outside its field",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          employees: {is: whole number, from: 1, to: 2000}    # because
        stages:
          mql:
            team: marketing
            all:
              - employees: 50 to 5000                         # SLA323
        """,
    good="""
        fields:
          employees: {is: whole number, from: 1, to: 2000}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 50
        """,
)
def bound_outside_field(agreement: Agreement) -> Iterator[Problem]:
    """
    A field says from which to which number its values make sense; anything outside counts as a typing mistake. A
    condition that names a number outside of it either has a digit too many, or the field's own range is too narrow and
    good leads are thrown out as mistakes.
    """
    for leaf in written_tests(agreement):
        field, asked = agreement.fields.get(leaf.field), range_of(agreement, leaf)
        if field is None or asked is None or _covers(asked, field):
            continue
        for bound in (asked.low, asked.high):
            if not isinstance(bound, Fraction):
                continue
            name = Written(leaf.field)
            if field.to is not None and bound > field.to:
                yield Problem(
                    At(leaf.path),
                    say("{number} is more than {field} can be", number=bound, field=name),
                    because=(
                        Because(
                            At(("fields", leaf.field, "to")), say("its largest value is {number}", number=field.to)
                        ),
                    ),
                )
            elif field.from_ is not None and bound < field.from_:
                yield Problem(
                    At(leaf.path),
                    say("{number} is less than {field} can be", number=bound, field=name),
                    because=(
                        Because(
                            At(("fields", leaf.field, "from")),
                            say("its smallest value is {number}", number=field.from_),
                        ),
                    ),
                )
