"""Rules about names: those of the data that the agreement does not know, and those that no lead has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from checker.agreement import Agreement
from checker.finding import At, Because, Choice, Path, Problem, Severity
from checker.logic.plan_names import channel_label, person_label
from checker.message import Message, Written, all_of, say, say_counted
from checker.observed import Observed, Strangers
from checker.quantity import Month
from checker.rules.by_data.enough import is_enough
from checker.rules.rule import DATA, rule
from checker.rules.suggestions import guesses

LISTS: Mapping[str, str] = {
    "channel": "channels",
    "campaign": "campaigns",
    "owner": "sellers",
    "return_reason": "return_reasons",
}
"""What of a lead is one of a list of names -> the section with the list."""
LEADS_A_SELLER = 5
"""So many leads for each seller must there be before one without any is no chance."""
TRIAL_MONTHS = 6
"""For so many months a trial brings leads before somebody has to decide."""


@rule(
    "SLA117",
    "Leads with a name that the agreement does not know",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, channel, became_mql
        40, search, 2027-01-12
        12, fairs, 2027-02-03
        """,
    bad="""
        channels:                          # SLA117
          search: {team: marketing}
        """,
    good="""
        channels:
          search: {team: marketing}
          fairs: {team: marketing}
        """,
)
def unknown_names(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    Leads whose channel is on no list are in no target and in no budget: marketing brings them, and nobody counts them.
    The same holds for campaigns, for reasons of returns, and for owners who are neither sellers nor people of the
    agreement: their leads are nobody's.

    Either the name is missing in the agreement, or the source has to say which name of the agreement it stands for
    (`values:`). One finding tells of all unknown names of a list, with those that most leads have.
    """
    for strangers in observed.strangers:
        if strangers.about not in LISTS:
            continue
        section = LISTS[strangers.about]
        if section == "sellers" and not agreement.sections.sellers:
            section = "people"
        known = list(getattr(agreement.sections, section) or {})
        path: Path = ("source", "leads", strangers.about)
        yield Problem(
            At((section,), "key"),
            _unknown(strangers),
            because=_read_at(agreement, path, strangers.column),
            choices=tuple(ways_out(strangers, known, say("write it under {section}", section=Written(f"{section}:")))),
        )


def _unknown(strangers: Strangers) -> Message:
    if strangers.about == "owner":
        who = say_counted(
            "{count} lead belongs to somebody whom the agreement does not know",
            "{count} leads belong to somebody whom the agreement does not know",
            count=strangers.leads,
        )
    elif strangers.about == "channel":
        who = say_counted(
            "{count} lead came by a channel that the agreement does not know",
            "{count} leads came by a channel that the agreement does not know",
            count=strangers.leads,
        )
    elif strangers.about == "campaign":
        who = say_counted(
            "{count} lead came from a campaign that the agreement does not know",
            "{count} leads came from a campaign that the agreement does not know",
            count=strangers.leads,
        )
    else:
        who = say_counted(
            "{count} lead came back for a reason that the agreement does not know",
            "{count} leads came back for a reason that the agreement does not know",
            count=strangers.leads,
        )
    return with_examples(who, strangers)


def with_examples(told: Message, strangers: Strangers) -> Message:
    """A message with the values that most leads have, where they may be shown."""
    if not strangers.examples:
        return told
    return say("{told}: {values}", told=told, values=all_of(strangers.examples))


def ways_out(strangers: Strangers, known: Sequence[str], write: Message) -> Iterator[Choice]:
    """What to do about unknown values: write them down, or say which known one they stand for."""
    near = [(value, guesses(value, known)) for value in strangers.examples]
    value, meant = next(((value, found[0]) for value, found in near if found), ("", ""))
    into = Written("values:")
    mapped = (
        say("or say in the source, under {values}, that {value} is {meant}", values=into, value=value, meant=meant)
        if meant
        else say("or say in the source, under {values}, which known one it stands for", values=into)
    )
    yield Choice(write)
    yield Choice(mapped)


def _read_at(agreement: Agreement, path: Path, column: str) -> tuple[Because, ...]:
    written: Any = agreement.written
    for key in path:
        written = written.get(key) if isinstance(written, dict) else None
    told = say("it is read from the column {column}", column=Written(column))
    return () if written is None else (Because(At(path, "key"), told),)


@rule(
    "SLA118",
    "A seller without leads",
    severity=Severity.INFO,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, owner, became_mql, handed_off
        30, ana, 2027-01-12, 2027-01-12
        25, bruno, 2027-01-20, 2027-01-20
        """,
    bad="""
        stages: {mql: {team: marketing}, customer: {team: sales, is: won}}
        handoff: {stage: mql, channel: The queue}
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
          caio: {name: Caio, team: sales}
        sellers:
          ana: {}
          bruno: {}
          caio: {}                         # SLA118
        """,
    good="""
        stages: {mql: {team: marketing}, customer: {team: sales, is: won}}
        handoff: {stage: mql, channel: The queue}
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {}
          bruno: {}
        """,
)
def seller_without_leads(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    The plan counts on what every seller can take. One who gets no leads is room that is not there: the others get
    more than was agreed, or leads wait. Perhaps the person left, or the routing has no line for them.

    Told only where the data names owners, while the person sold, and where there were at least 30 leads and 5 for
    each seller, so that it is no chance. Where the data knows none of the sellers, their names are the cause, and
    that has its own finding.
    """
    handed = observed.handed
    sellers = agreement.sections.sellers or {}
    if handed is None or not any(name.casefold() in handed.by_owner for name in sellers):
        return
    for name, seller in sellers.items():
        leads = sum(number for month, number in handed.months.items() if _sold(seller.starts, seller.ends, month))
        if name.casefold() in handed.by_owner or not is_enough(leads) or leads < LEADS_A_SELLER * len(sellers):
            continue
        message = say_counted(
            "{seller} got none of the {count} lead that was handed over",
            "{seller} got none of the {count} leads that were handed over",
            count=leads,
            seller=person_label(agreement, name),
        )
        yield Problem(
            At(("sellers", name), "key"),
            message,
            choices=(
                Choice(say("if the person has left, write the last working day under {key}", key=Written("ends:"))),
                Choice(say("else give the person a line in the routing, or ask why the leads go to others")),
            ),
        )


def _sold(starts: date | None, ends: date | None, month: Month) -> bool:
    """Whether somebody sold in all of a month."""
    return (starts is None or starts <= month.first_day) and (ends is None or month.last_day <= ends)


@rule(
    "SLA119",
    "A channel whose leads do not fit its time",
    severity=Severity.WARNING,
    since="0.1",
    needs=(DATA,),
    data="""
        leads, channel, became_mql
        40, search, 2026-11-12
        20, fairs, 2026-11-20
        20, fairs, 2027-02-03
        """,
    bad="""
        channels:
          search: {team: marketing}
          fairs:
            team: marketing
            since: 2027-02                 # SLA119
        """,
    good="""
        channels:
          search: {team: marketing}
          fairs:
            team: marketing
            since: 2026-11
        """,
)
def channel_out_of_time(agreement: Agreement, observed: Observed) -> Iterator[Problem]:
    """
    A channel that brought leads before it began is a wrong date, or its leads are another channel's: both spoil what is
    said of it. And a trial that has brought leads for half a year has had its time: as long as it stays one, the goal
    must not lean on leads that come every month.

    Of a trial it is told once it has brought 30 leads, in six months or more.
    """
    for name, channel in agreement.channels.items():
        months = observed.channels.get(name, {})
        called = channel_label(agreement, name)
        if channel.since is not None:
            began = Month.parse(channel.since[:7])
            early = {month: number for month, number in months.items() if month < began}
            if early:
                yield Problem(
                    At(("channels", name, "since")),
                    say_counted(
                        "{channel} brought {count} lead before it began, the first in {month}",
                        "{channel} brought {count} leads before it began, the first in {month}",
                        count=sum(early.values()),
                        channel=called,
                        month=min(early),
                    ),
                    choices=(
                        Choice(say("write {month}, if it began then", month=Written(str(min(early))))),
                        Choice(say("or say in the source which channel these leads came by")),
                    ),
                )
        if channel.status == "trial" and len(months) >= TRIAL_MONTHS and is_enough(sum(months.values())):
            yield Problem(
                At(("channels", name, "status")),
                say_counted(
                    "{channel} is on trial, and has brought {count} lead in {months} months",
                    "{channel} is on trial, and has brought {count} leads in {months} months",
                    count=sum(months.values()),
                    channel=called,
                    months=len(months),
                ),
                choices=(
                    Choice(say("delete this line and give it a target: the trial has shown that it works")),
                    Choice(say("or end it, and delete the channel")),
                ),
            )
