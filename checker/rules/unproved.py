"""Questions about criteria that nobody has an answer to: not in time, or not without the solver."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Problem, Severity
from checker.logic.proof import prover_of
from checker.message import Written, say, say_counted
from checker.rules.rule import rule

NOT_ASKED = "proofs-not-asked"
"""Kind of the problem that the solver is missing: told only where all proofs are required."""


@rule(
    "SLA399",
    "Criteria that could not be proved",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        actions:
          ask_for_demo: {points: 40}
        fields:
          country: {is: text}
        points:
          over: 60 days
          lost:
            - {when: {country: Argentina}, points: 5}
            - {when: {country: Bolivia}, points: 6}
            - {when: {country: Chile}, points: 7}
            - {when: {country: Ecuador}, points: 8}
            - {when: {country: Paraguay}, points: 9}
            - {when: {country: Peru}, points: 10}
            - {when: {country: Uruguay}, points: 11}
        stages:
          lead: {team: marketing}
          mql:                           # SLA399
            team: marketing
            points: at least 30
        """,
    good="""
        actions:
          ask_for_demo: {points: 40}
        fields:
          country: {is: text}
        points:
          over: 60 days
          lost:
            - {when: {country: [Argentina, Bolivia, Chile]}, points: 6}
            - {when: {country: [Ecuador, Paraguay, Peru, Uruguay]}, points: 10}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            points: at least 30
        """,
)
def unproved_criteria(agreement: Agreement) -> Iterator[Problem]:
    """
    Whether some lead fits these conditions, or none, was not settled within the limit: they may still exclude each
    other. That is neither a fault nor a sign that all is well. Conditions become easier to prove, and to read, when
    many similar lines are put together; points lost for more than six reasons are not tried.

    With `sla validate --require-proofs` this is an error, and so is a machine on which the solver is missing: use it
    where a pull request is checked.
    """
    # the last rule about criteria: all other questions have been asked by now
    prover = prover_of(agreement)
    for path in prover.unproved:
        yield Problem(
            At(path, "key"),
            say("it could not be proved within the limit whether these conditions exclude each other"),
            note=say("put similar lines together"),
        )
    skipped = prover.proofs.skipped
    if skipped:
        yield Problem(
            At(("format",)),
            say_counted(
                "{count} proof about criteria is required and was not made",
                "{count} proofs about criteria are required and were not made",
                count=skipped,
            ),
            note=say("the solver is not installed; {command} brings it", command=Written('pip install "z3-solver"')),
            kind=NOT_ASKED,
        )
