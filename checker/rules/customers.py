"""Personas and value propositions: made together, from buyers, and few enough to be remembered."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Path, Problem, Severity
from checker.message import Written, all_of, any_of, say
from checker.rules.names import SIDES, Names
from checker.rules.rule import rule

MOST_PROPOSITIONS = 5


@rule(
    "SLA812",
    "More value propositions than anybody remembers",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        personas:
          director: {name: Director}
        value_propositions:
          alarm: {say: A warm room calls a person, for: director, proof: Log of 38 sites}
          report: {say: The report writes itself, for: director, proof: 22 audits passed}
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
          install: {say: Installed in one night, for: director, proof: Diary of 14 sites}
          battery: {say: Runs five years without a change, for: director, proof: Test of 2026}
          support: {say: A person answers at night, for: director, proof: Duty rota of 2026}   # SLA812
        """,
    good="""
        personas:
          director: {name: Director}
        value_propositions:
          alarm: {say: A warm room calls a person, for: director, proof: Log of 38 sites}
          report: {say: The report writes itself, for: director, proof: 22 audits passed}
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        """,
)
def many_propositions(agreement: Agreement) -> Iterator[Problem]:
    """
    A seller on the phone remembers three or four sentences, and a campaign carries one. Both teams choose the few
    strongest propositions, five at most, and leave the others to the product pages.
    """
    propositions = agreement.sections.value_propositions or {}
    if len(propositions) > MOST_PROPOSITIONS:
        yield Problem(
            At(("value_propositions", list(propositions)[MOST_PROPOSITIONS]), "key"),
            say(
                "{count} value propositions are more than anybody remembers",
                count=len(propositions),
            ),
            note=say("choose the {most} strongest or fewer", most=MOST_PROPOSITIONS),
        )


@rule(
    "SLA813",
    "A persona that no buyer was asked about",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        personas:
          director:
            name: Director
            problem: Throws away spoiled product
            built_from: {with: [marketing, sales]}       # SLA813
        value_propositions:
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        """,
    good="""
        personas:
          director:
            name: Director
            problem: Throws away spoiled product
            built_from: {interviews: 5, with: [marketing, sales]}
        value_propositions:
          payback: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        """,
)
def persona_without_interviews(agreement: Agreement) -> Iterator[Problem]:
    """
    A persona that was made up at a desk describes the buyer that one would like to have. `built_from` says how many
    real buyers were interviewed. In a draft it may still be missing; a signed agreement says it of each persona.
    """
    for name, persona in (agreement.sections.personas or {}).items():
        if persona.built_from is None:
            if agreement.is_signed:
                yield Problem(
                    At(("personas", name), "key"),
                    say("nobody wrote down what the persona {name} was made from", name=Written(name)),
                    note=say(
                        "add {built_from}",
                        built_from=Written("built_from: {interviews: 5, with: [marketing, sales]}"),
                    ),
                )
        elif not persona.built_from.interviews:
            yield Problem(
                At(("personas", name, "built_from"), "key"),
                say("no buyer was interviewed for the persona {name}", name=Written(name)),
                note=say("talk to five buyers, and write {interviews}", interviews=Written("interviews: 5")),
            )


@rule(
    "SLA814",
    "Made by one team alone",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        personas:
          director:
            name: Director
            built_from: {interviews: 5, with: [marketing]}   # SLA814
        value_propositions:
          payback:
            say: It pays back in a year
            for: director
            proof: Figures of 9 customers
            made_by: [marketing]                             # SLA814
        """,
    good="""
        personas:
          director:
            name: Director
            built_from: {interviews: 5, with: [marketing, sales]}
        value_propositions:
          payback:
            say: It pays back in a year
            for: director
            proof: Figures of 9 customers
            made_by: [marketing, sales]
        """,
)
def made_by_one_team(agreement: Agreement) -> Iterator[Problem]:
    """
    Sellers know the buyers, marketing knows the market: a persona or a value proposition that one of the two made alone
    lacks half of what is known, and the other half does not use it. Personas, the ideal customer and value propositions
    say who made them; both teams are among them.
    """
    known = Names(agreement).teams
    for path, teams in _makers(agreement):
        missing = [side for side in SIDES if side not in teams]
        # a team that is not known has a finding of its own, and may be the one that seems to be missing
        if missing and all(team in known for team in teams):
            yield Problem(
                At(path),
                say("{teams} had no part in this", teams=any_of(missing)),
                note=say("look at it together, and then add {teams}", teams=all_of(missing)),
            )


def _makers(agreement: Agreement) -> Iterator[tuple[Path, list[str]]]:
    sections = agreement.sections
    for section, entries in (("personas", sections.personas), ("groups", sections.groups)):
        for name, entry in (entries or {}).items():
            if entry.built_from is not None and entry.built_from.with_ is not None:
                yield (section, name, "built_from", "with"), entry.built_from.with_
    for name, proposition in (sections.value_propositions or {}).items():
        if proposition.made_by is not None:
            yield ("value_propositions", name, "made_by"), proposition.made_by
