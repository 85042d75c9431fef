"""Conditions that ask nothing: of any lead, or beside what is asked already."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, AtLeastOf, NoneOf, Question
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.proof import Prover, prover_of
from checker.message import Written, say
from checker.rules.doubtful import VOCABULARY, asks_doubtful
from checker.rules.rule import rule


@rule(
    "SLA303",
    "A stage that every lead reaches",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          country: {is: one of, values: [Brazil, other], blank_means: other}    # because
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            any:
              - country: Brazil                                                 # because
              - country: not Brazil                                             # SLA303
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
        result = prover.trivial(condition)
        if not result.is_yes or asks_doubtful(agreement, [condition]):
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
    needs=VOCABULARY,
    on_request=True,
    bad="""
        fields:
          employees: {is: whole number}
          need: {is: one of, values: [confirmed, none]}
          budget: {is: one of, values: [confirmed, none]}
          authority: {is: one of, values: [decides, none]}
        stages:
          lead: {team: marketing}
          sql:
            team: sales
            all:
              - employees: at least 10     # SLA307
              - employees: at least 50     # because
              - need: confirmed            # because
              - at_least: 2
                of:
                  - need: confirmed        # SLA307
                  - budget: confirmed
                  - authority: decides
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
        if prover.satisfiable(condition).is_yes and not asks_doubtful(agreement, [condition]):
            yield from _changing_nothing(prover, condition)


def _changing_nothing(prover: Prover, condition: AllOf) -> Iterator[Problem]:
    """The lines that can all be deleted together, from the last one up; and what is counted for nothing."""
    kept = list(_requirements(condition))
    for requirement in reversed(kept.copy()):
        others = [item for item in kept if item is not requirement]
        if not others:
            return
        whole = AllOf(tuple(others), condition.path)
        result = prover.adds_nothing(requirement, whole)
        if result.is_yes:
            kept.remove(requirement)
            yield Problem(
                At(requirement.path),
                say("without this line the same leads fit"),
                because=_because(requirement, result.conflict),
            )
        elif isinstance(requirement, AtLeastOf):
            for part in requirement.parts:
                result = prover.adds_nothing(part, whole)
                if result.is_yes:
                    yield Problem(
                        At(part.path),
                        say("every lead that gets here meets this, so it is counted for nothing"),
                        because=_because(part, result.conflict),
                    )


def _requirements(node: Question) -> Iterator[Question]:
    """What must hold of a lead, one by one: for each line of `none_of`, that it does not."""
    if isinstance(node, AllOf):
        for part in node.parts:
            yield from _requirements(part)
    elif isinstance(node, NoneOf):
        for part in node.parts:
            yield NoneOf((part,), part.path)
    else:
        yield node


def _because(requirement: Question, conflict: tuple[Path, ...]) -> tuple[Because, ...]:
    """The lines that make a requirement follow, without its own."""
    own = requirement.path
    return tuple(Because(At(path)) for path in conflict if path[: len(own)] != own)
