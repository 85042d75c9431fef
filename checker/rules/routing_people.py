"""Routing: whether the people who are to get leads are there, and who gets them otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Written, say
from checker.rules.kinds import Kind
from checker.rules.names import Names
from checker.rules.rule import rule


@rule(
    "SLA318",
    "Leads for a seller who is not there",
    severity=Severity.ERROR,
    since="0.1",
    needs=("handoff", "plan", "sellers"),
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        plan:
          months: 2027-01 to 2027-06
        sellers:
          ana: {}
          bruno: {ends: 2026-12-15}                    # because
        if_all_are_away: ana
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: [ana, bruno]}    # SLA318
            - {otherwise: yes, to: ana}
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        plan:
          months: 2027-01 to 2027-06
        sellers:
          ana: {}
          bruno: {ends: 2027-07-15}
        if_all_are_away: ana
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: [ana, bruno]}
            - {otherwise: yes, to: ana}
        """,
)
def absent_seller(agreement: Agreement) -> Iterator[Problem]:
    """
    The routing gives leads to someone who has left before the plan begins, or comes only after it has ended. In all the
    months of the plan these leads would wait for nobody. Name another seller, or correct the day under `sellers`.
    """
    plan, sellers = agreement.sections.plan, agreement.sections.sellers or {}
    if plan is None:
        return
    for path, name in _named(agreement):
        seller = sellers.get(name)
        if seller is None:
            continue
        person = Written(name)
        if seller.ends is not None and seller.ends < plan.months.first.first_day:
            yield Problem(
                At(path),
                say("{person} has left before the plan begins", person=person),
                because=(
                    Because(At(("sellers", name, "ends")), say("the last working day of {person}", person=person)),
                ),
            )
        elif seller.starts is not None and seller.starts > plan.months.last.last_day:
            yield Problem(
                At(path),
                say("{person} starts after the plan has ended", person=person),
                because=(
                    Because(At(("sellers", name, "starts")), say("the first working day of {person}", person=person)),
                ),
            )


@rule(
    "SLA319",
    "Leads of one seller for whom nobody stands in",
    severity=Severity.ERROR,
    since="0.1",
    needs=("handoff", "if_all_are_away", "sellers"),
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {ends: 2027-12-31}
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: ana}
            - {otherwise: yes, to: bruno}        # SLA319
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {ends: 2027-12-31}
        if_all_are_away: ana
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: ana}
            - {otherwise: yes, to: bruno}
        """,
)
def nobody_stands_in(agreement: Agreement) -> Iterator[Problem]:
    """
    A line of the routing gives its leads to one person alone. On the day that this person is ill, nobody answers them,
    and the promised response time runs. Name a `stand_in` under `sellers`, one person who takes the leads
    `if_all_are_away`, or a second seller on the line: then they take turns.
    """
    sections = agreement.sections
    if sections.sellers is None or sections.if_all_are_away is not None:
        return
    routes = (sections.handoff.routing if sections.handoff else None) or []
    for index, route in enumerate(routes):
        people = as_list(route.to)
        if len(people) != 1 or people[0] in agreement.fields:
            continue
        seller = sections.sellers.get(people[0])
        if seller is None or seller.stand_in is None:
            yield Problem(
                At(("handoff", "routing", index, "to")),
                say("when {person} is away, nobody takes these leads", person=Written(people[0])),
                note=say(
                    "name a {stand_in}, or someone under {key}",
                    stand_in=Written("stand_in"),
                    key=Written("if_all_are_away:"),
                ),
            )


@rule(
    "SLA320",
    "A seller who gets no leads",
    severity=Severity.WARNING,
    since="0.1",
    needs=("fields", "handoff", "sellers"),
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
          dora: {name: Dora, team: sales}
        sellers:
          ana: {stand_in: bruno}
          bruno: {stand_in: ana}
          dora: {stand_in: ana}                  # SLA320
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: ana}
            - {otherwise: yes, to: bruno}
        if_all_are_away: ana
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
          dora: {name: Dora, team: sales}
        sellers:
          ana: {stand_in: dora}
          bruno: {stand_in: dora}
          dora: {stand_in: ana}
        fields:
          state: {is: text}
        handoff:
          stage: mql
          channel: The queue
          routing:
            - {when: {state: SP}, to: ana}
            - {otherwise: yes, to: bruno}
        if_all_are_away: ana
        """,
)
def seller_without_leads(agreement: Agreement) -> Iterator[Problem]:
    """
    The capacity of the team counts everybody under `sellers`. Someone whom no line of the routing names, and who stands
    in for nobody, is counted and never gets a lead: the others have more to do than the plan believes. Add the seller
    to a line, or take the entry out.

    A field that holds the seller of the account may give leads to anybody, but only those of accounts that have one.
    """
    sections = agreement.sections
    sellers = sections.sellers or {}
    if sections.handoff is None or not sections.handoff.routing:
        return
    named = {name for _, name in _named(agreement)}
    if not named <= set(Names(agreement).known(Kind.SELLER_OR_FIELD)):
        # the name that is not known may be any of theirs misspelt
        return
    named |= {seller.stand_in for seller in sellers.values() if seller.stand_in is not None}
    named |= {sections.if_all_are_away} if sections.if_all_are_away else set()
    for name in sellers:
        if name not in named:
            yield Problem(
                At(("sellers", name), "key"),
                say("no line of the routing gives {person} a lead", person=Written(name)),
                note=say("name this seller under {key}, or delete the entry", key=Written("routing:")),
            )


def _named(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Everybody whom a line of the routing names, and where."""
    handoff = agreement.sections.handoff
    for index, route in enumerate((handoff.routing if handoff else None) or []):
        path: Path = ("handoff", "routing", index, "to")
        for position, name in enumerate(as_list(route.to)):
            if name not in agreement.fields:
                yield ((*path, position) if isinstance(route.to, list) else path), name
