"""Rules about plans that say some things only: a total here, a channel there, a few months."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Problem, Severity
from checker.logic.plan_repairs import Conflict
from checker.logic.possible.contradictions import Settled
from checker.message import Message, Written, say, say_counted
from checker.rules.plan_capacity import WITH_SELLERS
from checker.rules.plan_conflicts import impossible_lines, what_is_left
from checker.rules.plan_names import line_label
from checker.rules.rule import rule


def _no_plan_fits(agreement: Agreement, conflict: Conflict) -> Message:
    number, fitting, written = conflict.number, conflict.fitting, conflict.written
    label = None if number is None else line_label(agreement, number)
    if fitting is None or written is None or label is None:
        return say_counted(
            "this line cannot be kept by any plan",
            "no plan can keep these {count} lines together, whatever the numbers that are not written",
            count=len(conflict.lines),
        )
    if fitting < written:
        return say(
            "{line}: {written} is written, but the other lines leave at most {most}",
            line=label,
            written=written,
            most=fitting,
        )
    return say(
        "{line}: {written} is written, but the other lines ask for at least {least}",
        line=label,
        written=written,
        least=fitting,
    )


@rule(
    "SLA217",
    "No plan fits everything that is written",
    severity=Severity.ERROR,
    since="0.2",
    needs=WITH_SELLERS,
    bad="""
        channels:
          ads: {team: marketing}
        rates:
          lead_to_mql: 20%          # because
        targets:
          lead:
            all:
              2027-01: 400          # because
          mql:
            ads:
              2027-01: 90           # SLA217
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        channels:
          ads: {team: marketing}
        rates:
          lead_to_mql: 20%
        targets:
          lead:
            all:
              2027-01: 400
          mql:
            ads:
              2027-01: 70
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def no_plan_fits(agreement: Agreement) -> Iterator[Problem]:
    """
    Each line looks right, and yet nobody could keep them all.

    A plan may say a total here and a channel there, and leave the rest open. Then it is asked whether any numbers for
    the rest fit all that is written: rates, sums, the sales cycle, the goal, what sellers take. If none do, the fewest
    lines that contradict each other are shown; without any one of them, some plan would fit.
    """
    return impossible_lines(agreement, _no_plan_fits)


@rule(
    "SLA218",
    "It was not settled whether any plan fits",
    severity=Severity.WARNING,
    since="0.2",
    needs=WITH_SELLERS,
    bad="""
        channels:
          fairs:
            team: marketing
            rates: {mql_to_sql: 25%}
          ads:
            team: marketing
            rates: {mql_to_sql: 50%}
        targets:                    # SLA218
          mql:
            all:
              2027-01: 80
          sql:
            all:
              2027-01: 35
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
    good="""
        channels:
          fairs:
            team: marketing
            rates: {mql_to_sql: 25%}
          ads:
            team: marketing
            rates: {mql_to_sql: 50%}
        targets:
          mql:
            fairs:
              2027-01: 20
            ads:
              2027-01: 60
          sql:
            all:
              2027-01: 35
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
)
def not_settled(agreement: Agreement) -> Iterator[Problem]:
    """
    Nothing is known to be wrong, but nobody has shown that it is right.

    Where targets are left open, a solver looks for numbers that fit all that is written. It stops after a few seconds:
    then this is said, and the example shows where. Write a few more of the targets, and the question becomes easier.
    """
    if what_is_left(agreement) is Settled.UNKNOWN:
        yield Problem(
            At(("targets",), "key"),
            say("whether any plan fits these targets could not be settled within the limit"),
            note=say("write more of the numbers that {targets} leaves open", targets=Written("targets:")),
        )
