"""Sellers: what the routing gives to each, and what is written of them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Because, Choice, Problem, Severity
from checker.logic.plan import derive
from checker.logic.routing_load import Overload, overloads
from checker.message import Message, Written, all_of, say, say_counted
from checker.rules.plan_conflicts import NUMBERS
from checker.rules.rule import rule

LIMIT = ("limit_per_seller", "handoffs")


@rule(
    "SLA407",
    "The routing gives some sellers more than they can take",
    severity=Severity.WARNING,
    since="0.1",
    needs=(*NUMBERS, "handoff", "sellers", "limit_per_seller"),
    bad="""
        channels:
          fairs: {team: marketing}
          search: {team: marketing}
        targets:
          mql:
            fairs:
              2027-01: 10
            search:
              2027-01: 24
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {channel: fairs}, to: ana}
            - {otherwise: yes, to: bruno}      # SLA407
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {stand_in: ana}
        if_all_are_away: ana
        limit_per_seller:
          handoffs: 22 a month                 # because
        """,
    good="""
        channels:
          fairs: {team: marketing}
          search: {team: marketing}
        targets:
          mql:
            fairs:
              2027-01: 10
            search:
              2027-01: 24
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {channel: fairs}, to: ana}
            - {otherwise: yes, to: [ana, bruno]}
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {stand_in: ana}
        if_all_are_away: ana
        limit_per_seller:
          handoffs: 22 a month
        """,
)
def routing_overloads_sellers(agreement: Agreement) -> Iterator[Problem]:
    """
    The team as a whole can take the leads of the plan, but the routing does not spread them so: one seller drowns, and
    those leads wait, while another has time.

    What a line brings is known from the plan's targets by channel; sellers of one line take turns, so each gets the
    same part, also someone new who takes little at first. Of a line that asks for anything but the channel nothing is
    known, so only what surely comes is held against the limit: nothing is reported that could also go well. Where
    even all sellers together cannot take the leads, that is another finding.
    """
    for overload in overloads(agreement, derive(agreement)):
        *others, last = overload.lines
        ramps = [("sellers", name, "ramp") for name in overload.sellers if _ramp_counts(agreement, name, overload)]
        yield Problem(
            At(("handoff", "routing", last, "to")),
            _too_much(overload),
            because=(
                *(Because(At(("handoff", "routing", index, "to"))) for index in others),
                Because(At(LIMIT)),
                *(Because(At(path)) for path in ramps),
            ),
            choices=(
                Choice(say("let another seller take turns here, or take some of these leads on a line above")),
                Choice(say("raise the limit, if it is too low")),
            ),
        )


def _too_much(overload: Overload) -> Message:
    leads, most = int(overload.leads), int(overload.most)
    if len(overload.sellers) == 1:
        return say_counted(
            "in {month} the routing gives {seller} at least {leads} leads, and {seller} can take {count}",
            "in {month} the routing gives {seller} at least {leads} leads, and {seller} can take {count}",
            count=most,
            month=overload.month,
            seller=Written(overload.sellers[0]),
            leads=leads,
        )
    return say(
        "in {month} the routing gives {sellers} at least {leads} leads, and together they can take {most}",
        month=overload.month,
        sellers=all_of(overload.sellers),
        leads=leads,
        most=most,
    )


def _ramp_counts(agreement: Agreement, name: str, overload: Overload) -> bool:
    seller = (agreement.sections.sellers or {})[name]
    if seller.starts is None or seller.ramp is None:
        return False
    return (overload.month.year - seller.starts.year) * 12 + overload.month.number - seller.starts.month < len(
        seller.ramp
    )


@rule(
    "SLA408",
    "A seller who stands in for nobody",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: ana}       # SLA408
          bruno: {}
        if_all_are_away: bruno
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {}
        if_all_are_away: bruno
        """,
)
def own_stand_in(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever is away is not there to take their own leads: they wait until the seller is back, or for ever. Name a
    colleague as stand-in.
    """
    for name, seller in (agreement.sections.sellers or {}).items():
        if seller.stand_in == name and agreement.sections.if_all_are_away is not None:
            # without anybody for the time when all are away it is a circle of stand-ins, which is told already
            yield Problem(
                At(("sellers", name, "stand_in")),
                say("{seller} cannot stand in for {seller}", seller=Written(name)),
                note=say("name a colleague"),
            )
