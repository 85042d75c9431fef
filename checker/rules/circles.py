"""Chains that come back to where they began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.conditions import Meets, leaves
from checker.finding import At, Because, Problem, Severity
from checker.message import Written, all_of, say
from checker.rules.rule import rule


@rule(
    "SLA111",
    "Stand-ins that go round in a circle",
    severity=Severity.WARNING,
    since="0.1",
    needs=("if_all_are_away",),
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        sellers:
          ana: {stand_in: bruno}     # SLA111
          bruno: {stand_in: ana}     # because
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
          tomas: {name: Tomas, team: sales, role: director}
        sellers:
          ana: {stand_in: bruno}
          bruno: {stand_in: ana}
        if_all_are_away: tomas
        """,
)
def stand_ins_in_a_circle(agreement: Agreement) -> Iterator[Problem]:
    """
    Ana stands in for Bruno and Bruno for Ana: when both are away, nobody receives their leads. Name one person under
    `if_all_are_away` who then takes them, or let the chain end with someone outside it.
    """
    sections = agreement.sections
    if sections.if_all_are_away is not None:
        return
    stand_ins = {name: [seller.stand_in] for name, seller in (sections.sellers or {}).items() if seller.stand_in}
    for circle in circles(stand_ins):
        first, *others = ((At(("sellers", name, "stand_in")), name) for name in circle)
        yield Problem(
            first[0],
            say("if {names} are away, nobody takes their leads", names=all_of(circle)),
            note=say("name one more person under {key}", key=Written("if_all_are_away:")),
            because=tuple(Because(at, say("the stand-in of {name}", name=Written(name))) for at, name in others),
        )


@rule(
    "SLA112",
    "Conditions that go round in a circle",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          employees: {is: whole number}
        groups:
          ideal_customer:
            all:
              - employees: at least 50
              - meets: worth_a_call      # SLA112
          worth_a_call:
            meets: ideal_customer        # because
        stages:
          mql:
            team: marketing
            meets: ideal_customer
        """,
    good="""
        fields:
          employees: {is: whole number}
        groups:
          ideal_customer:
            employees: at least 50
          worth_a_call:
            meets: ideal_customer
        stages:
          mql:
            team: marketing
            meets: worth_a_call
        """,
)
def conditions_in_a_circle(agreement: Agreement) -> Iterator[Problem]:
    """
    A group or stage that asks for another one, which asks for the first again, says nothing: whether a lead meets it
    would depend on whether it meets it. Write the conditions themselves in one of the two places.
    """
    places: dict[tuple[str, str], At] = {}
    leads_to: dict[str, list[str]] = {}
    for name, node in agreement.named_conditions.items():
        for leaf in leaves(node):
            if isinstance(leaf, Meets):
                leads_to.setdefault(name, []).append(leaf.name)
                places.setdefault((name, leaf.name), At(leaf.path))
    for circle in circles(leads_to):
        steps = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        yield Problem(
            places[steps[0]],
            say(
                "{name} asks for {next_name}, which leads back to {name}",
                name=Written(circle[0]),
                next_name=Written(steps[0][1]),
            ),
            because=tuple(
                Because(
                    places[step], say("{name} asks for {next_name}", name=Written(step[0]), next_name=Written(step[1]))
                )
                for step in steps[1:]
            ),
        )


def circles(leads_to: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Every circle that a walk in file order closes, each once, from the name that stands first in the file."""
    order = {name: position for position, name in enumerate(leads_to)}
    done: set[str] = set()
    for start in leads_to:
        on_the_way: dict[str, Iterator[str]] = {}
        if start not in done:
            on_the_way[start] = iter(leads_to[start])
        while on_the_way:
            here, onward = next(reversed(on_the_way.items()))
            following = next(onward, None)
            if following is None:
                done.add(here)
                del on_the_way[here]
            elif following in on_the_way:
                walked = list(on_the_way)
                circle = walked[walked.index(following) :]
                first = min(range(len(circle)), key=lambda position: order[circle[position]])
                yield circle[first:] + circle[:first]
            elif following in leads_to and following not in done:
                on_the_way[following] = iter(leads_to[following])
