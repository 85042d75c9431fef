"""What stands behind a target: a channel that is only tried out, a campaign that is a part of a channel's month."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.plan import DerivedPlan
from checker.message import Written, say, say_counted
from checker.quantity import Month
from checker.rules.plan_conflicts import MOST_LINES, NUMBERS, channel_label, plan_of, stage_label
from checker.rules.rule import rule


@rule(
    "SLA231",
    "The target rests on a channel that is on trial",
    severity=Severity.WARNING,
    since="0.1",
    needs=NUMBERS,
    bad="""
        channels:
          articles: {name: Articles, team: marketing}
          radio: {name: Radio, team: marketing, status: trial}       # SLA231
        targets:
          mql:
            all:
              2027-01 to 2027-03: 80                                 # because
            articles:
              2027-01 to 2027-03: 60
            radio:
              2027-01 to 2027-03: 20                                 # because
        """,
    good="""
        channels:
          articles: {name: Articles, team: marketing}
          radio: {name: Radio, team: marketing, status: trial}
        targets:
          mql:
            all:
              2027-01 to 2027-03: 80
            articles:
              2027-01 to 2027-03: 80
        """,
)
def target_on_trial(agreement: Agreement) -> Iterator[Problem]:
    """
    A channel on trial may be given up next month, and what it was to bring is then missing. The target of a month
    should be reached by the other channels; what the trial brings comes on top.

    The rule compares written totals with what the channels that are not on trial bring, as written or as it follows
    from the rates. A `why` beside the targets of the channel or of the total says that both teams know, and settles it.
    """
    on_trial = dict.fromkeys(name for name, channel in agreement.channels.items() if channel.status == "trial")
    targets = agreement.sections.targets or {}
    if not on_trial:
        return
    plan = plan_of(agreement)
    for stage in plan.stages:
        lines = targets.get(stage, {})
        if ALL_CHANNELS not in lines or lines[ALL_CHANNELS].why is not None:
            continue
        passing = dict.fromkeys(plan.passing(stage))
        carrying = [name for name in on_trial if name in passing and not _has_reason(agreement, name)]
        for month in plan.months if carrying else ():
            wanted = plan.number(stage, month) if plan.is_written(stage, month) else None
            by_channel = {name: plan.number(stage, month, name) for name in passing}
            brought = {name: number for name, number in by_channel.items() if number is not None}
            sure = sum((number for name, number in brought.items() if name not in on_trial), Fraction(0))
            # where even all channels do not reach it, the numbers contradict each other, which is another finding
            if wanted is None or len(brought) < len(by_channel) or not sure < wanted <= sum(brought.values()):
                continue
            yield _on_trial(agreement, plan, stage, month, carrying[0], sure, wanted)
            break


def _has_reason(agreement: Agreement, channel: str) -> bool:
    lines = (agreement.sections.targets or {}).values()
    return agreement.channels[channel].why is not None or any(
        channel in stage and stage[channel].why is not None for stage in lines
    )


def _on_trial(
    agreement: Agreement, plan: DerivedPlan, stage: str, month: Month, channel: str, sure: Fraction, wanted: Fraction
) -> Problem:
    lines = (plan.inputs.line(stage, name, month) for name in (ALL_CHANNELS, channel))
    return Problem(
        At(("channels", channel, "status")),
        say(
            "without {channel}, which is on trial, {month} brings {sure} of {wanted} for {stage}",
            channel=channel_label(agreement, channel),
            month=month,
            sure=sure,
            wanted=wanted,
            stage=stage_label(agreement, stage),
        ),
        note=say("plan the month without it, or write {why} beside its targets", why=Written("why:")),
        because=tuple(Because(At(line.path)) for line in lines if line is not None),
    )


@rule(
    "SLA232",
    "A campaign is to bring more than its channel",
    severity=Severity.ERROR,
    since="0.1",
    needs=(*NUMBERS, "campaigns", "handoff"),
    bad="""
        channels:
          newsletter: {name: Newsletter, team: marketing}
        campaigns:
          audit_season: {channel: newsletter, sends: 400, hands_over: 15, month: 2027-03}    # because
          spring_fair: {channel: newsletter, sends: 300, hands_over: 10, month: 2027-03}     # SLA232
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            newsletter:
              2027-01 to 2027-03: 20       # because
        """,
    good="""
        channels:
          newsletter: {name: Newsletter, team: marketing}
        campaigns:
          audit_season: {channel: newsletter, sends: 400, hands_over: 15, month: 2027-03}
          spring_fair: {channel: newsletter, sends: 300, hands_over: 5, month: 2027-03}
        handoff: {stage: mql, channel: The queue}
        targets:
          mql:
            newsletter:
              2027-01 to 2027-03: 20
        """,
)
def campaign_over_target(agreement: Agreement) -> Iterator[Problem]:
    """
    What a campaign hands over is a part of its channel's target of that month. Where the campaigns of a month together
    bring more, either the channel's target is too low, and sellers will get more leads than they planned for, or a
    campaign promises too much. No campaign hands over more than it sends, either.
    """
    handoff = agreement.sections.handoff
    together: dict[tuple[str, Month], list[tuple[str, int]]] = {}
    for name, campaign in (agreement.sections.campaigns or {}).items():
        path: Path = ("campaigns", name)
        if campaign.hands_over is None:
            continue
        if campaign.sends is not None and campaign.hands_over > campaign.sends:
            yield Problem(
                At((*path, "hands_over")),
                say(
                    "this campaign is sent to {sends} and cannot hand over {number}",
                    sends=campaign.sends,
                    number=campaign.hands_over,
                ),
                because=(Because(At((*path, "sends"))),),
            )
        elif handoff is not None and campaign.month is not None:
            together.setdefault((campaign.channel, campaign.month), []).append((name, campaign.hands_over))
    for (channel, month), campaigns in together.items():
        number = plan_of(agreement).number(handoff.stage, month, channel) if handoff is not None else None
        added = sum(brings for _, brings in campaigns)
        if number is None or added <= number or handoff is None:
            continue
        last, _ = campaigns[-1]
        line = plan_of(agreement).inputs.line(handoff.stage, channel, month)
        others = [("campaigns", name, "hands_over") for name, _ in campaigns[:-1]][-MOST_LINES:]
        yield Problem(
            At(("campaigns", last, "hands_over")),
            say_counted(
                "this campaign hands over {added} in {month}, more than the {number} of its channel {channel}",
                "the campaigns of {month} hand over {added}, more than the {number} of their channel {channel}",
                count=len(campaigns),
                month=month,
                added=added,
                number=number,
                channel=channel_label(agreement, channel),
            ),
            note=say("raise the channel's target, or lower a campaign"),
            because=tuple(Because(At(path)) for path in (*others, *([line.path] if line else []))),
        )
