"""Rules about who and what is there in which month: sellers, channels, campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan_checks import Kind
from checker.logic.plan_names import campaign_label, channel_label, months_named, person_label, stage_label
from checker.message import Message, say
from checker.rules.plan_capacity import WITH_SELLERS
from checker.rules.plan_conflicts import NUMBERS, Broken, broken_lines, plan_of
from checker.rules.rule import rule


@rule(
    "SLA219",
    "A seller's months do not fit",
    severity=Severity.ERROR,
    since="0.1",
    needs=("sellers", "plan", "targets", "limit_per_seller", "stages", "people"),
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana:
            stand_in: bruno
            starts: 2027-03-01      # because
            ends: 2027-01-31        # SLA219
          bruno:
            starts: 2027-01-04
            ramp: [50%, 25%, 100%]  # SLA219
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana:
            stand_in: bruno
            starts: 2027-01-04
            ends: 2027-03-31
          bruno:
            starts: 2027-01-04
            ramp: [25%, 50%, 100%]
        """,
)
def months_of_a_seller(agreement: Agreement) -> Iterator[Problem]:
    """
    What a month's sellers can take is counted by who is there, so those months must make sense.

    A seller's last day comes after the first one; in the first months, the share that someone new takes on does not
    fall; and in each month of the plan at least one seller works.
    """
    sellers = agreement.sections.sellers or {}
    for name, seller in sellers.items():
        at: Path = ("sellers", name)
        if seller.starts is not None and seller.ends is not None and seller.ends < seller.starts:
            yield Problem(
                At((*at, "ends")),
                say(
                    "{seller} leaves on {ends}, before the first day on {starts}",
                    seller=person_label(agreement, name),
                    ends=seller.ends,
                    starts=seller.starts,
                ),
                because=(Because(At((*at, "starts"))),),
            )
        for index, (first, second) in enumerate(pairwise(seller.ramp or ())):
            if second.value < first.value:
                yield Problem(
                    At((*at, "ramp", index + 1)),
                    say(
                        "{seller} takes on {second} in month {month}, less than the {first} of the month before",
                        seller=person_label(agreement, name),
                        second=second,
                        month=index + 2,
                        first=first,
                    ),
                )
                break
    yield from _nobody_works(agreement)


def _nobody_works(agreement: Agreement) -> Iterator[Problem]:
    """Months in which leads arrive for nobody; where a limit is written, the rule about limits says so."""
    inputs = plan_of(agreement).inputs
    if not inputs.sellers or not inputs.plan_is_written or ("limit_per_seller", "handoffs") in inputs.numbers:
        return
    empty = [month for month in inputs.months if not any(seller.works_in(month) for seller in inputs.sellers)]
    if empty:
        yield Problem(
            At(("sellers",), "key"),
            say("in {months} no seller works", months=months_named(empty)),
            because=(Because(At(("plan", "months"))),),
        )


@rule(
    "SLA220",
    "A target where its channel brings nothing",
    severity=Severity.ERROR,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          ads: {team: marketing, since: 2027-02}           # because
          prospecting: {team: sales, starts_at: sql}       # because
        targets:
          mql:
            ads:
              2027-01 to 2027-03: 20                       # SLA220
            prospecting:
              2027-01 to 2027-03: 10                       # SLA220
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
    good="""
        channels:
          ads: {team: marketing, since: 2027-02}
          prospecting: {team: sales, starts_at: sql}
        targets:
          mql:
            ads:
              2027-02 to 2027-03: 20
          sql:
            prospecting:
              2027-02 to 2027-03: 10
        stages:
          mql: {team: marketing}
          sql: {team: sales}
        """,
)
def target_before_its_channel(agreement: Agreement) -> Iterator[Problem]:
    """
    A channel is promised to bring leads before it exists, or at a stage that its leads never pass.

    A channel with `since` has no targets for earlier months (0 may be written), and one with `starts_at` has none for
    the stages before it.
    """
    inputs = plan_of(agreement).inputs
    for (stage, channel), lines in inputs.lines.items():
        if channel == ALL_CHANNELS or stage not in inputs.stages:
            continue
        if inputs.stages.index(stage) < inputs.starts_at[channel]:
            yield Problem(
                At(lines[0].path),
                say(
                    "{channel} starts at {start}, so it has no {stage}",
                    channel=channel_label(agreement, channel),
                    start=stage_label(agreement, inputs.stages[inputs.starts_at[channel]]),
                    stage=stage_label(agreement, stage),
                ),
                because=(Because(At(("channels", channel, "starts_at"))),),
            )
            continue
        for line in lines:
            early = [month for month in line.period if not inputs.has_begun(channel, month)]
            if early and inputs.numbers[line.path]:
                yield Problem(
                    At(line.path),
                    say(
                        "{channel} begins in {since}, but a target is written for {months}",
                        channel=channel_label(agreement, channel),
                        since=inputs.begins[channel],
                        months=months_named(early),
                    ),
                    because=(Because(At(("channels", channel, "since"))),),
                )


def _campaign_is_bigger(broken: Broken) -> Message:
    return say(
        "campaigns of {channel} hand over {handed} in {month}, but its target is {target}",
        channel=channel_label(broken.agreement, broken.check.channel or ""),
        handed=broken.sides.actual,
        month=broken.month,
        target=broken.most,
    )


@rule(
    "SLA221",
    "A campaign hands over more than its channel",
    severity=Severity.ERROR,
    since="0.1",
    needs=(*WITH_SELLERS, "campaigns"),
    bad="""
        plan: {months: 2027-01 to 2027-02}
        channels:
          email: {team: marketing}
        campaigns:
          audits:
            channel: email
            sends: 400
            hands_over: 25           # SLA221
            month: 2027-01
          news:
            channel: email
            sends: 10                # because
            hands_over: 15           # SLA221
            month: 2027-02
        targets:
          mql:
            email:
              2027-01 to 2027-02: 20 # because
        stages:
          mql: {team: marketing}
        handoff: {stage: mql, channel: The queue}
        """,
    good="""
        plan: {months: 2027-01}
        channels:
          email: {team: marketing}
        campaigns:
          audits:
            channel: email
            sends: 400
            hands_over: 15
            month: 2027-01
        targets:
          mql:
            email:
              2027-01: 20
        stages:
          mql: {team: marketing}
        handoff: {stage: mql, channel: The queue}
        """,
)
def campaign_is_bigger_than_its_channel(agreement: Agreement) -> Iterator[Problem]:
    """
    A campaign's leads are part of its channel's target, not on top of it.

    What the campaigns of a channel hand over in a month is at most the channel's target at the stage that is handed
    over, written or following from the rates; and no campaign hands over more than it is sent to.
    """
    yield from broken_lines(agreement, {Kind.CAMPAIGN: _campaign_is_bigger})
    for name, campaign in (agreement.sections.campaigns or {}).items():
        sends, hands_over = campaign.sends, campaign.hands_over
        if sends is not None and hands_over is not None and hands_over > sends:
            yield Problem(
                At(("campaigns", name, "hands_over")),
                say(
                    "{campaign} is sent to {sends}, so it cannot hand over {handed}",
                    campaign=campaign_label(agreement, name),
                    sends=sends,
                    handed=hands_over,
                ),
                because=(Because(At(("campaigns", name, "sends"))),),
            )
