"""`at_least: N` of a list: how many there are to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import AtLeastOf, FieldIs, Meets, Question
from checker.finding import At, Because, Problem, Severity
from checker.message import say, say_counted
from checker.rules.rule import rule


@rule(
    "SLA310",
    "More conditions asked for than listed, or none",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          budget: {is: one of, values: [confirmed, none]}
          need: {is: one of, values: [confirmed, none]}
        stages:
          sql:
            team: sales
            at_least: 3                        # SLA310
            of:
              - budget: confirmed
              - need: confirmed
          opportunity:
            team: sales
            at_least: 0                        # SLA310
            of:
              - budget: confirmed
              - need: confirmed
        """,
    good="""
        fields:
          budget: {is: one of, values: [confirmed, none]}
          need: {is: one of, values: [confirmed, none]}
        stages:
          sql:
            team: sales
            at_least: 1
            of:
              - budget: confirmed
              - need: confirmed
          opportunity:
            team: sales
            all:
              - budget: confirmed
              - need: confirmed
        """,
)
def counted_wrongly(agreement: Agreement) -> Iterator[Problem]:
    """
    `at_least: 3` with two conditions under `of` can never hold, and `at_least: 0` always does: no lead gets through, or
    each one. A condition was probably taken out of the list and the number forgotten.
    """
    for node in _counted(agreement):
        at, listed = At(node.path), len(node.parts)
        if node.count > listed:
            yield Problem(
                at,
                say_counted(
                    "{asked} conditions must hold, but {count} is listed",
                    "{asked} conditions must hold, but {count} are listed",
                    count=listed,
                    asked=node.count,
                ),
                note=say("at most {number} can be asked for", number=listed),
            )
        elif node.count == 0:
            yield Problem(
                at,
                say("none of the {number} conditions below has to hold: every lead passes", number=listed),
                note=say("write how many must hold, or delete the list"),
            )


@rule(
    "SLA324",
    "A condition that counts twice",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          budget: {is: one of, values: [confirmed, none]}
          need: {is: one of, values: [confirmed, none]}
        stages:
          sql:
            team: sales
            at_least: 2
            of:
              - budget: confirmed
              - need: confirmed           # because
              - need: confirmed           # SLA324
        """,
    good="""
        fields:
          budget: {is: one of, values: [confirmed, none]}
          need: {is: one of, values: [confirmed, none]}
          timeline: {is: months}
        stages:
          sql:
            team: sales
            at_least: 2
            of:
              - budget: confirmed
              - need: confirmed
              - timeline: at most 6 months
        """,
)
def counted_twice(agreement: Agreement) -> Iterator[Problem]:
    """
    In a list of which so many must hold, the same condition written twice counts twice: "at least two of these" is then
    met by one answer alone. The second line was probably copied to be changed.
    """
    for node in _counted(agreement):
        first: dict[object, Question] = {}
        for part in node.parts:
            same = first.setdefault(_asked(part), part)
            if same is not part:
                yield Problem(
                    At(part.path),
                    say("this stands in the list already: whoever meets it has two of the {number}", number=node.count),
                    note=say("change it, or delete it"),
                    because=(Because(At(same.path), say("the same condition")),),
                )


def _counted(agreement: Agreement) -> Iterator[AtLeastOf]:
    for condition, _ in agreement.written_conditions():
        yield from _below(condition)


def _below(node: Question) -> Iterator[AtLeastOf]:
    if isinstance(node, (FieldIs, Meets)):
        return
    if isinstance(node, AtLeastOf):
        yield node
    for part in node.parts:
        yield from _below(part)


def _asked(node: Question) -> object:
    """What a question asks, without where it stands: equal for two that ask the same."""
    if isinstance(node, FieldIs):
        return node.field, node.test.kind, frozenset(map(str, node.test.operands))
    if isinstance(node, Meets):
        return node.name
    number = node.count if isinstance(node, AtLeastOf) else None
    return type(node), number, frozenset(map(_asked, node.parts))
