"""Rules about targets that the data cannot judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.agreement import Agreement
from checker.finding import At, Because, Choice, Path, Problem, Severity
from checker.logic.plan_names import months_named, stage_label
from checker.message import Written, say, say_counted
from checker.observed import Observed
from checker.quantity import Month
from checker.rules.rule import DATA, rule


@rule(
    "SLA226",
    "Targets for months that the data does not hold",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql
        40, 2027-03-01
        35, 2027-04-12
        45, 2027-05-31
        """,
    bad="""
        plan: {months: 2027-01 to 2027-05}
        targets:
          mql:
            all:
              2027-01 to 2027-02: 40       # SLA226
              2027-03 to 2027-05: 40
        """,
    good="""
        plan: {months: 2027-03 to 2027-05}
        targets:
          mql:
            all:
              2027-03 to 2027-05: 40
        """,
)
def targets_outside_the_data(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    What was not recorded is not zero, and cannot be judged: for these months nobody will ever know whether the target
    was reached. Often the export was cut to too short a time, or holds another system's leads only.

    Months that go on or lie ahead are not told, nor stages that the data does not have at all: there each promise
    says what it lacks. One finding tells of all months of a stage.
    """
    for lack in observed.uncovered:
        first, *others = _lines(agreement, lack.stage, lack.months)
        yield Problem(
            At(first, "key"),
            say_counted(
                "{count} month of the target for {stage} is not in the data ({months}): it holds {first} to {last}",
                "{count} months of the targets for {stage} are not in the data ({months}): it holds {first} to {last}",
                count=len(lack.months),
                stage=stage_label(agreement, lack.stage),
                months=months_named(lack.months),
                first=lack.first,
                last=lack.last,
            ),
            because=tuple(Because(At(path, "key"), say("this target is for such a month too")) for path in others),
            choices=(
                Choice(say("export the leads of these months too")),
                Choice(
                    say(
                        "if the data does hold all of them, say so under {coverage} in the source",
                        coverage=Written("coverage:"),
                    )
                ),
            ),
        )


def _lines(agreement: Agreement, stage: str, months: Sequence[Month]) -> list[Path]:
    """The lines of a stage's targets that are for one of these months."""
    channels = (agreement.sections.targets or {})[stage]
    return [
        ("targets", stage, channel, text)
        for channel, line in channels.items()
        for text, period, _ in line.written()
        if any(month in period for month in months)
    ]
