"""Conditions that ask nothing: of any lead, or beside what is asked already."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AtLeastOf, FieldIs, Meets, Question
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.proof import Prover, prover_of
from checker.message import Written, say
from checker.rules.counted_conditions import counted_wrongly
from checker.rules.rule import rule


@rule(
    "SLA303",
    "A stage that every lead reaches",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        actions:
          ask_for_demo: {points: 30}
        points:
          over: 60 days
        fields:
          country: {is: one of, values: [Brazil, other], blank_means: other}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            any:
              - country: Brazil         # because
              - country: not Brazil     # SLA303
        """,
    good="""
        fields:
          country: {is: one of, values: [Brazil, other], blank_means: other}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            country: Brazil
        """,
)
def trivial_stage(agreement: Agreement) -> Iterator[Problem]:
    """
    The conditions of a stage let every lead through, also one that did nothing and of which nothing is known. The step
    before it is always 100%, and sales gets everybody. Often a bound is too low, or "any of these" stands where "all of
    these" was meant.
    """
    prover = prover_of(agreement)
    for name, stage in agreement.stages.items():
        condition = agreement.named_conditions.get(name)
        if not stage.has_conditions or condition is None or condition.path[0] != "stages":
            continue
        explained = {problem.at for problem in counted_wrongly.problems(agreement)}
        result = prover.trivial(condition)
        if not result.is_yes or any(At(path) in explained for path in result.conflict):
            continue
        *others, last = result.conflict or (condition.path,)
        yield Problem(
            At(last, "value" if result.conflict else "key"),
            say("every lead can become {stage}: nothing is asked of it", stage=Written(name)),
            because=tuple(Because(At(path)) for path in others),
        )


@rule(
    "SLA307",
    "A line that changes nothing",
    severity=Severity.INFO,
    since="0.1",
    on_request=True,
    bad="""
        fields:
          employees: {is: whole number}
          need: {is: one of, values: [confirmed, none]}
          budget: {is: one of, values: [confirmed, none]}
        stages:
          lead: {team: marketing}
          sql:
            team: sales
            all:
              - employees: at least 10     # SLA307
              - employees: at least 50     # because
              - need: confirmed            # because
              - at_least: 1
                of:
                  - need: confirmed        # SLA307
                  - budget: confirmed
        checks:
          severity:
            SLA307: info
        """,
    good="""
        fields:
          employees: {is: whole number}
          need: {is: one of, values: [confirmed, none]}
          budget: {is: one of, values: [confirmed, none]}
        stages:
          lead: {team: marketing}
          sql:
            team: sales
            all:
              - employees: at least 50
              - need: confirmed
              - budget: confirmed
        checks:
          severity:
            SLA307: info
        """,
)
def redundant_line(agreement: Agreement) -> Iterator[Problem]:
    """
    A line that is met by every lead that meets the others decides nothing. That may be on purpose, for people who read
    it; but whoever changes it later will wonder why nothing changes. This rule runs where `checks` gives it a severity,
    or with `sla validate --fail-on info`.

    In a list of which so many must hold, a condition that is always met there is counted for nothing: "three of these
    four" is then "two of the other three".
    """
    prover = prover_of(agreement)
    for condition, _ in agreement.written_conditions():
        if prover.satisfiable(condition).is_yes:
            yield from _redundant(agreement, prover, condition, condition)


def _redundant(agreement: Agreement, prover: Prover, whole: AllOf, node: Question) -> Iterator[Problem]:
    if isinstance(node, (FieldIs, Meets)):
        return
    for index, part in enumerate(node.parts):
        if isinstance(node, AtLeastOf):
            yield from _always_counted(prover, whole, part)
        elif len(node.parts) > 1 and isinstance(part, (FieldIs, Meets)):
            result = prover.redundant(node, index)
            if result.is_yes and not _same_later(node, index):
                yield Problem(
                    At(part.path),
                    say("without this line the same leads fit"),
                    because=tuple(Because(At(path)) for path in _besides(part, result.conflict)),
                )
        yield from _redundant(agreement, prover, whole, part)


def _always_counted(prover: Prover, whole: AllOf, part: Question) -> Iterator[Problem]:
    """A part of a list of which so many must hold that each lead which fits the whole meets anyway."""
    others = AllOf(tuple(item for item in whole.parts if not _holds(item, part.path)), whole.path)
    if not others.parts or not isinstance(part, FieldIs):
        return
    result = prover.implies(others, part)
    if result.is_yes:
        yield Problem(
            At(part.path),
            say("every lead that gets here meets this, so it is counted for nothing"),
            because=tuple(Because(At(path)) for path in _besides(part, result.conflict)),
        )


def _holds(node: Question, path: Path) -> bool:
    """Whether a path lies inside a node."""
    if isinstance(node, (FieldIs, Meets)):
        return node.path == path
    return any(_holds(part, path) for part in node.parts)


def _same_later(node: Question, index: int) -> bool:
    """Whether the same test stands further down: of two equal lines the second is told."""
    if isinstance(node, (FieldIs, Meets)):
        return False
    part = node.parts[index]
    return any(
        isinstance(part, FieldIs)
        and isinstance(other, FieldIs)
        and (part.field, part.test) == (other.field, other.test)
        for other in node.parts[index + 1 :]
    )


def _besides(part: Question, conflict: tuple[Path, ...]) -> Iterator[Path]:
    """The lines of a conflict that are not the part's own."""
    return (path for path in conflict if path != part.path and path[: len(part.path)] != part.path)
