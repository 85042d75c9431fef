"""Neighbouring ranges in lists of which the first line that fits wins: what lies at their common edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, FieldIs, Meets, Question
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.criteria import passes
from checker.message import Written, say
from checker.quantity import Money
from checker.rules.ordered_lines import ordered_lists
from checker.rules.ranges import WHOLE_KINDS, Bound, Range, is_below, range_of
from checker.rules.rule import rule


@dataclass(frozen=True, slots=True)
class _Piece:
    """A test of a line, its range if it asks for one, and what else the line asks for."""

    leaf: FieldIs
    range: Range | None
    besides: frozenset[object]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A value that lies in both of two ranges, or in neither."""

    value: Bound
    is_missed: bool


@rule(
    "SLA308",
    "Ranges that miss or overlap each other at the edge",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          employees: {is: whole number}
          deal: {is: money}
        ranking:
          - {when: {employees: 50 to 200}, rank: medium}          # because
          - {when: {employees: at least 200}, rank: large}        # SLA308
          - {when: {deal: less than 10000}, rank: small deal}     # because
          - {when: {deal: more than 10000}, rank: large deal}     # SLA308
          - {otherwise: yes, rank: unknown}
        """,
    good="""
        fields:
          employees: {is: whole number}
          deal: {is: money}
        ranking:
          - {when: {employees: 50 to 199}, rank: medium}
          - {when: {employees: at least 200}, rank: large}
          - {when: {deal: at most 10000}, rank: small deal}
          - {when: {deal: more than 10000}, rank: large deal}
          - {otherwise: yes, rank: unknown}
        """,
)
def ranges_at_the_edge(agreement: Agreement) -> Iterator[Problem]:
    """
    "50 to 200" and "200 and more" both take a company of 200; "less than 10000" and "more than 10000" both leave out
    a deal of exactly 10000. In a list the first line that fits wins, and what fits none falls through to `otherwise`:
    the company and the deal on the edge do not go where one of the two teams thinks they go. A range (`50 to 200`),
    `at least` and `at most` include their ends, `more than` and `less than` do not.
    """
    for ordered in ordered_lists(agreement):
        tests = [list(_tests(agreement, line.when)) for line in ordered.lines if line.when is not None]
        pieces = [test for line in tests for test in line]
        told: set[tuple[Path, Bound]] = set()
        for first, second in combinations(pieces, 2):
            if first.besides != second.besides or first.leaf.path == second.leaf.path:
                continue
            edge = _edge(agreement, first, second)
            if edge is None or (edge.is_missed and any(_takes(agreement, piece, first, edge) for piece in pieces)):
                continue
            # one line may touch several others at the same value
            if (second.leaf.path, edge.value) not in told:
                told.add((second.leaf.path, edge.value))
                yield _problem(agreement, first, second, edge)


def _problem(agreement: Agreement, first: _Piece, second: _Piece, edge: _Edge) -> Problem:
    kind = agreement.field_kind(second.leaf.field)
    value = edge.value
    shown = Money(value, agreement.currency) if kind == "money" and isinstance(value, Fraction) else value
    field, test = Written(second.leaf.field), Written(first.leaf.test.written)
    return Problem(
        At(second.leaf.path),
        say("{field} {edge} is in neither of these ranges", field=field, edge=shown)
        if edge.is_missed
        else say("{field} {edge} is in both of these ranges; the line above takes it", field=field, edge=shown),
        because=(Because(At(first.leaf.path), say("the other range: {test}", test=test)),),
    )


def _tests(agreement: Agreement, condition: AllOf) -> Iterator[_Piece]:
    """Every test that a line asks for directly, or through one named group or stage alone."""
    parts = condition.parts
    if len(parts) == 1 and isinstance(parts[0], Meets) and parts[0].name in agreement.named_conditions:
        parts = agreement.named_conditions[parts[0].name].parts
    for part in parts:
        if isinstance(part, FieldIs):
            besides = frozenset(_asked(other) for other in parts if other is not part)
            yield _Piece(part, range_of(agreement, part), frozenset({part.field}) | besides)


def _asked(node: Question) -> object:
    """What a question asks, without where it stands."""
    if isinstance(node, FieldIs):
        return node.field, node.test.written
    return node.name if isinstance(node, Meets) else node.path


def _edge(agreement: Agreement, first: _Piece, second: _Piece) -> _Edge | None:
    """What is wrong between two ranges of one field, of which either may be the lower one."""
    if first.range is None or second.range is None:
        return None
    kind = agreement.field_kind(first.leaf.field) or ""
    for low, high in ((first.range, second.range), (second.range, first.range)):
        if low.high is None or high.low is None or (low.low is not None and not is_below(low.low, high.low)):
            continue
        if low.high == high.low:
            if low.with_high is high.with_low:
                return _Edge(low.high, is_missed=not low.with_high)
        elif (missed := _between(kind, low, high)) is not None:
            return _Edge(missed, is_missed=True)
    return None


def _takes(agreement: Agreement, piece: _Piece, beside: _Piece, edge: _Edge) -> bool:
    """Whether another line takes the value at the edge (`less than 50`, `50`, `more than 50`)."""
    kind = agreement.field_kind(piece.leaf.field) or ""
    return piece.besides == beside.besides and passes(piece.leaf.test, edge.value, kind) is True


def _between(kind: str, low: Range, high: Range) -> Bound | None:
    """The value that lies between two ranges which were meant to touch; None where they do, or are far apart."""
    end, begin = low.high, high.low
    if end is None or begin is None or not is_below(end, begin):
        return None
    if isinstance(end, date) and isinstance(begin, date):
        days = (begin - end).days - low.with_high - high.with_low + 1
        return end + timedelta(days=int(low.with_high)) if days == 1 else None
    if not isinstance(end, Fraction) or not isinstance(begin, Fraction):
        return None
    if kind in WHOLE_KINDS:
        missing = begin - end - low.with_high - high.with_low + 1
        return end + int(low.with_high) if missing == 1 else None
    return (end + begin) / 2 if low.with_high and high.with_low and begin - end <= 1 else None
