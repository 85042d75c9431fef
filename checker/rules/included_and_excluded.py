"""Values that a condition both asks for and refuses."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AnyOf, FieldIs, Kind, NoneOf, Operand, Question, spelled
from checker.finding import At, Because, Problem, Severity
from checker.message import Written, all_of, say
from checker.rules.rule import rule


@rule(
    "SLA302",
    "A value that is asked for and refused at once",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          industry: {is: one of, values: [food distribution, pharma logistics, other]}
        stages:
          mql:
            team: marketing
            all:
              - industry: [food distribution, pharma logistics]    # because
            none_of:
              - industry: pharma logistics                         # SLA302
        """,
    good="""
        fields:
          industry: {is: one of, values: [food distribution, pharma logistics, other]}
        stages:
          mql:
            team: marketing
            all:
              - industry: [food distribution, pharma logistics]
        """,
)
def included_and_excluded(agreement: Agreement) -> Iterator[Problem]:
    """
    One line takes leads that have a value, another line of the same condition refuses them. The refusal wins, so the
    first line promises something that never happens. Marketing reads one line and sales the other: take the value out
    of one of them.
    """
    for condition, _ in agreement.written_conditions():
        asked, refused = taken_and_refused(condition)
        for second in refused:
            for first in asked:
                both = _shared(first, second)
                if both:
                    yield Problem(
                        At(second.path),
                        say(
                            "{field} {values} is asked for and refused at once",
                            field=Written(second.field),
                            values=all_of(both),
                        ),
                        note=say("refused here"),
                        because=(Because(At(first.path), say("asked for here")),),
                    )


def taken_and_refused(condition: AllOf) -> tuple[list[FieldIs], list[FieldIs]]:
    """The tests for plain values that a lead must pass, and those of which it may pass none."""
    asked: list[FieldIs] = []
    refused: list[FieldIs] = []

    def walk(node: Question, wanted: bool) -> None:
        match node:
            case FieldIs() if node.test.kind is Kind.ONE_OF:
                (asked if wanted else refused).append(node)
            case FieldIs() if node.test.kind is Kind.NOT_ONE_OF and wanted:
                refused.append(node)
            case AllOf() if wanted:
                for part in node.parts:
                    walk(part, wanted)
            case AnyOf() if not wanted:
                for part in node.parts:
                    walk(part, wanted)
            case NoneOf() if wanted:
                for part in node.parts:
                    walk(part, False)
            case _:
                pass

    walk(condition, True)
    return asked, refused


def _shared(first: FieldIs, second: FieldIs) -> list[str]:
    """The values that two tests of one field both name."""
    if first.field != second.field:
        return []
    named = {_folded(operand) for operand in second.test.operands}
    return [spelled(operand) for operand in first.test.operands if _folded(operand) in named]


def _folded(operand: Operand) -> str:
    return spelled(operand).casefold()
