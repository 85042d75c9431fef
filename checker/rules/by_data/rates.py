"""Rules about conversion rates that are not what the leads show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.criteria_written import criteria_written, rates_written, tests_written
from checker.agreement.history import History
from checker.agreement.written_rates import WrittenRate, written_rates
from checker.finding import At, Because, Choice, Edit, Path, Problem, Severity
from checker.logic.plan_names import channel_label, stage_label
from checker.logic.statistics import too_few_to_tell, wilson_interval
from checker.message import Message, Written, say, say_counted
from checker.observed import Matured, Observed
from checker.quantity import Period, Share
from checker.rules.by_data.enough import is_enough, rounded, rounded_outwards
from checker.rules.rule import DATA, RELEASES, rule, value_at


@rule(
    "SLA227",
    "A rate that the leads do not show",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, became_mql, became_customer
        2, 2027-01-01, 2027-01-01
        38, 2027-01-31, 2027-02-20
        60, 2027-01-31,
        1, 2027-06-30, 2027-06-30
        """,
    bad="""
        stages: {mql: {team: marketing}, customer: {team: sales, is: won}}
        rates:
          mql_to_customer: 15%             # SLA227
        sales_promises:
          win-rate:
            promise: Win customers from leads
            measure: rate
            of: mql_to_customer
            target: as planned
            judged_after: 90 days          # because
        """,
    good="""
        stages: {mql: {team: marketing}, customer: {team: sales, is: won}}
        rates:
          mql_to_customer: 40%
        sales_promises:
          win-rate:
            promise: Win customers from leads
            measure: rate
            of: mql_to_customer
            target: as planned
            judged_after: 90 days
        """,
)
def rate_outside_its_interval(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    All numbers of the plan rest on its rates. Where the leads that had their time went on more often, or less often,
    than is written, the targets that follow are too high or too low for everybody.

    Only months are counted in which every lead is as old as the promise about the rate says (`judged_after`) and which
    the data covers; 30 leads at least. Of a rate that nobody promises, the leads that went on say how long it takes:
    as long as 19 of 20 of them took, if there are 30 and the data goes back twice as far.

    The shares named are those that such a number of leads is compatible with at 95% (Wilson's interval), rounded
    outwards: a rate inside of them is let pass. A channel's own rate is held against its own leads, the rate for all
    against those of the other channels.
    """
    for rate in written_rates(agreement):
        share = rate.share
        matured = [item for item in observed.matured if item.rate == rate.id and rate.is_about(item.channel)]
        leads, reached = sum(item.leads for item in matured), sum(item.reached for item in matured)
        if not is_enough(leads) or too_few_to_tell(reached, leads, share.value):
            continue
        low, high = rounded_outwards(*wilson_interval(reached, leads))
        if low.value <= share.value <= high.value:
            continue
        months = Period(min(item.months.first for item in matured), max(item.months.last for item in matured))
        yield Problem(
            At(rate.path),
            say_counted(
                "{rate}: {share} is written, but {reached} of {count} lead that was old enough went on, which speaks "
                "for {low} to {high}",
                "{rate}: {share} is written, but {reached} of {count} leads that were old enough went on, which speaks "
                "for {low} to {high}",
                count=leads,
                rate=_label(agreement, rate),
                share=share,
                reached=reached,
                low=low,
                high=high,
            ),
            because=_judged_after(agreement, rate.id, months),
            follows=_as_found(matured),
            choices=_ways_out(agreement, rate.path, rounded(Fraction(reached, leads))),
        )


def _label(agreement: Agreement, rate: WrittenRate) -> Message:
    """How a rate is called: by its id, as it is written."""
    if rate.channel is None:
        return say("{rate}", rate=Written(rate.id))
    return say("{rate} of {channel}", rate=Written(rate.id), channel=channel_label(agreement, rate.channel))


def _judged_after(agreement: Agreement, rate: str, months: Period) -> tuple[Because, ...]:
    for promise in agreement.promises():
        measured = promise.measured
        if measured is not None and measured.measure == "rate" and measured.of == rate and measured.judged_after:
            told = say(
                "counted: the leads of {months}, each {age} old or older",
                months=months.first if months.first == months.last else months,
                age=measured.judged_after,
            )
            return (Because(At((*promise.path, "judged_after")), told),)
    return ()


def _why(path: Path, keep: Message) -> Message:
    """To keep a rate; that of a channel has a place for the reason."""
    return say("{keep}: write it under {why}", keep=keep, why=Written("why:")) if path[0] == "channels" else keep


def _as_found(matured: Sequence[Matured]) -> tuple[Message, ...]:
    """How old the leads are, where no promise says it and the data was asked."""
    found = [item for item in matured if not item.is_promised]
    if not found:
        return ()
    months = Period(min(item.months.first for item in found), max(item.months.last for item in found))
    return (
        say(
            "counted: the leads of {months}; 19 of 20 that went on did within {age}, and all of these are older",
            months=months.first if months.first == months.last else months,
            age=found[0].within,
        ),
    )


def _ways_out(agreement: Agreement, path: Path, shown: Share) -> tuple[Choice, ...]:
    old = value_at(agreement.written, path)
    text = f"{float(100 * shown.value):g}%"
    edits = (Edit(At(path), str(old), text),) if isinstance(old, str) else ()
    return (
        Choice(say("write {share}, which is what they show; targets that follow from it change", share=shown), edits),
        Choice(_why(path, say("or keep it, if you know what will be different"))),
    )


@rule(
    "SLA228",
    "A rate that was measured under an older rule",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA, RELEASES),
    data="""
        leads, became_lead, became_mql
        40, 2027-03-12, 2027-03-20
        """,
    bad="""
        # agreement.yaml
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 20         # because
          customer: {team: sales, is: won}
        rates:
          lead_to_mql: 20%                 # SLA228

        # releases/2027.1.yaml
        format: sla/v1
        agreement: An example
        release: {version: "2027.1", valid_from: 2027-01-01}
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 50
          customer: {team: sales, is: won}
        rates:
          lead_to_mql: 20%
        """,
    good="""
        # agreement.yaml
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 20
          customer: {team: sales, is: won}
        rates:
          lead_to_mql: 27%

        # releases/2027.1.yaml
        format: sla/v1
        agreement: An example
        release: {version: "2027.1", valid_from: 2027-01-01}
        fields: {employees: {is: whole number}}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            employees: at least 50
          customer: {team: sales, is: won}
        rates:
          lead_to_mql: 20%
        """,
)
def rate_of_an_older_rule(agreement: Agreement, observed: Observed, history: History) -> Iterator[Problem]:
    """
    Whoever makes a stage easier or harder to reach changes how many reach it, and how many of them go on. A rate that
    stayed as it was while the conditions of its stages changed was measured on other leads than those it is used for.

    Looked up in the versions that were released before (`releases/`): told where the rate has been the same since a
    version whose conditions of one of the two stages were others, once for all rates that one change concerns. What
    the leads show that are old enough stands beside it.
    """
    now = criteria_written(agreement)
    stages = {rate: (first, second) for first, second, rate in agreement.conversions()}
    found: dict[tuple[str, str], list[WrittenRate]] = {}
    for rate in written_rates(agreement):
        older = _older_rule(rate, stages[rate.id], now, history)
        if older is not None:
            found.setdefault(older, []).append(rate)
    tests = {release.version: tests_written(release.agreement) for release in history.releases}
    for (version, stage), (first, *others) in found.items():
        yield Problem(
            At(first.path),
            say(
                "{rate} is still {share}, as in version {version}, but what makes a lead {stage} has changed since",
                rate=_label(agreement, first),
                share=first.share,
                version=Written(version),
                stage=stage_label(agreement, stage),
            ),
            because=(
                *_changed(agreement, stage, tests[version].get(stage, frozenset())),
                *(Because(At(rate.path), _unchanged(agreement, rate, observed.matured)) for rate in others),
            ),
            follows=_shown_by(first, observed.matured),
            choices=(
                Choice(say("measure it on leads that came under the new conditions, and write what they show")),
                Choice(_why(first.path, say("or keep it, if you know why it stays the same"))),
            ),
        )


def _older_rule(
    rate: WrittenRate, stages: tuple[str, str], now: Mapping[str, object], history: History
) -> tuple[str, str] | None:
    """The last version that had this rate under other conditions, and the stage whose conditions they were."""
    for release in reversed(history.releases):
        if rates_written(release.agreement).get(rate.path) != rate.share:
            return None
        criteria = criteria_written(release.agreement)
        changed = [stage for stage in stages if stage in criteria and criteria[stage] != now.get(stage)]
        if changed:
            return release.version, changed[-1]
    return None


def _changed(agreement: Agreement, stage: str, older: frozenset[tuple[str, str]]) -> tuple[Because, ...]:
    """The lines of a stage's conditions that no older version had; the stage, where only lines are gone."""
    node = agreement.named_conditions.get(stage)
    tests = list(agreement.reached(node)) if node is not None else []
    new = [test.path for test in tests if (test.field, test.test.written) not in older]
    if not new:
        return (Because(At(("stages", stage), "key"), say("its conditions were others")),)
    return tuple(Because(At(path), say("the condition as it is now")) for path in dict.fromkeys(new))


def _unchanged(agreement: Agreement, rate: WrittenRate, matured: Sequence[Matured]) -> Message:
    told = say("{rate} is the same as before too", rate=_label(agreement, rate))
    return next((say("{told}; {shown}", told=told, shown=shown) for shown in _shown_by(rate, matured)), told)


def _shown_by(rate: WrittenRate, matured: Sequence[Matured]) -> tuple[Message, ...]:
    of_rate = [item for item in matured if item.rate == rate.id and rate.is_about(item.channel)]
    leads, reached = sum(item.leads for item in of_rate), sum(item.reached for item in of_rate)
    if not is_enough(leads):
        return ()
    return (say("{reached} of {leads} leads that were old enough went on", reached=reached, leads=leads),)
