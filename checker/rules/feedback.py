"""What comes back to marketing, and what is made of it: outcomes, improvements, content, and what teams do not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Message, Written, any_of, say
from checker.quantity import Duration, Unit
from checker.rules.days import after
from checker.rules.phrases import folded
from checker.rules.rule import TODAY, rule


@rule(
    "SLA606",
    "Outcomes are promised, but there is no list of them",
    severity=Severity.WARNING,
    since="0.1",
    needs=("outcomes",),
    bad="""
        sales_promises:
          outcome-known:
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written       # SLA606
            within: 15 days
            target: 95%
        """,
    good="""
        sales_promises:
          outcome-known:
            promise: Write what became of each lead
            starts: handed_off
            stops: outcome_written
            within: 15 days
            target: 95%
        outcomes: [won_deal, still_working, not_qualified]
        """,
)
def no_list_of_outcomes(agreement: Agreement) -> Iterator[Problem]:
    """
    Marketing learns from what became of its leads only where all sellers use the same few words for it. Who promises to
    write outcomes needs the list of them: at least that a lead became a customer, is still being worked on, or was
    never a good one.
    """
    if agreement.sections.outcomes is not None:
        return
    for promise in agreement.promises():
        if promise.clock is not None and promise.clock.stops == "outcome_written":
            yield Problem(
                At((*promise.path, "stops")),
                say("the outcomes that sellers write are not listed"),
                note=say("add {outcomes}", outcomes=Written("outcomes: [won_deal, still_working, not_qualified]")),
            )


@rule(
    "SLA607",
    "An improvement that nobody came back to",
    severity=Severity.WARNING,
    since="0.1",
    needs=(TODAY, "meetings"),
    bad="""
        people:
          ana: {name: Ana, team: sales}
        meetings:
          monthly: {every: month, who: [marketing, sales], topics: [wins, improvements]}
        log:
          meetings:
            - {what: monthly, on: 2027-02-03, by: ana}
          improvements:
            - {what: Ask for the phone number at the stand, on: 2027-02-03, by: ana, due: 2027-02-10}   # SLA607
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        meetings:
          monthly: {every: month, who: [marketing, sales], topics: [wins, improvements]}
        log:
          meetings:
            - {what: monthly, on: 2027-02-03, by: ana}
            - {what: monthly, on: 2027-03-03, by: ana}
          improvements:
            - {what: Ask for the phone number at the stand, on: 2027-02-03, by: ana, due: 2027-02-10}
        """,
)
def forgotten_improvement(agreement: Agreement, today: date) -> Iterator[Problem]:
    """
    An improvement that was agreed with a date, and that no meeting came back to after that date, is probably not done.
    It is settled by the log: a later meeting whose topics hold `improvements`, or a `note` that says what became of it.
    Until the next such meeting is due nothing is missing.
    """
    log = agreement.sections.log or {}
    meetings = agreement.sections.meetings or {}
    talking = {name for name, meeting in meetings.items() if "improvements" in meeting.topics}
    last = max((entry.on for entry in log.get("meetings", ()) if entry.what in talking), default=date.min)
    waits = [Duration(every.count, Unit(f"{every.unit}s")) for every in (meetings[name].every for name in talking)]
    for index, entry in enumerate(log.get("improvements", ())):
        if entry.due is None or entry.note is not None or entry.due <= max(last, entry.on):
            continue
        if min((after(entry.due, wait) for wait in waits), default=entry.due) < today:
            yield Problem(
                At(("log", "improvements", index, "due")),
                say("this was due on {day}, and no meeting has come back to it", day=entry.due),
                note=say("say in a {note} what became of it", note=Written("note")),
            )


@rule(
    "SLA608",
    "Content that speaks to somebody else",
    severity=Severity.WARNING,
    since="0.1",
    needs=("personas", "value_propositions", "objections"),
    bad="""
        people:
          camila: {name: Camila, team: marketing}
        objections:
          price: It costs too much
          no_wireless: Our rooms have no wireless network
        personas:
          quality_manager: {objections: [no_wireless]}
          director: {objections: [price]}
        content:
          audit_guide:
            stage: lead
            for: quality_manager                   # because
            by: camila
            answers: [no_wireless, price]          # SLA608
          loss_calculator: {stage: lead, for: director, by: camila, answers: price}
        """,
    good="""
        people:
          camila: {name: Camila, team: marketing}
        objections:
          price: It costs too much
          no_wireless: Our rooms have no wireless network
        personas:
          quality_manager: {objections: [no_wireless]}
          director: {objections: [price]}
        content:
          audit_guide:
            stage: lead
            for: quality_manager
            by: camila
            answers: no_wireless
          loss_calculator: {stage: lead, for: director, by: camila, answers: price}
        """,
)
def content_for_somebody_else(agreement: Agreement) -> Iterator[Problem]:
    """
    A piece of content is made for a kind of buyer. If it answers an objection that this buyer does not have, or carries
    a value proposition that is meant for another one, either the piece or the list is wrong.

    Buyers whose objections are not listed are left alone.
    """
    sections = agreement.sections
    personas, propositions = sections.personas or {}, sections.value_propositions or {}
    for name, content in (sections.content or {}).items():
        readers = as_list(content.for_)
        if not all(reader in personas for reader in readers):
            continue
        path: Path = ("content", name)
        because = (Because(At((*path, "for"))),)
        has = {objection for reader in readers for objection in personas[reader].objections or ()}
        is_listed = all(personas[reader].objections is not None for reader in readers)
        for at, objection in _each((*path, "answers"), content.answers):
            if is_listed and objection in (sections.objections or {}) and objection not in has:
                yield Problem(
                    at,
                    say(
                        "{personas} does not have the objection {objection}",
                        personas=any_of([_persona(agreement, reader) for reader in readers]),
                        objection=Written(objection),
                    ),
                    note=say("add it to the objections of the persona, or make a piece for those who have it"),
                    because=because,
                )
        for at, carried in _each((*path, "carries"), content.carries):
            meant_for = as_list(propositions[carried].for_) if carried in propositions else readers
            if set(meant_for) <= set(personas) and set(meant_for).isdisjoint(readers):
                yield Problem(
                    at,
                    say("the value proposition {name} is meant for somebody else", name=Written(carried)),
                    because=(*because, Because(At(("value_propositions", carried, "for")))),
                )


def _each(path: Path, names: str | list[str] | None) -> Iterator[tuple[At, str]]:
    if isinstance(names, str):
        yield At(path), names
    else:
        for index, name in enumerate(names or ()):
            yield At((*path, index)), name


def _persona(agreement: Agreement, name: str) -> str:
    persona = (agreement.sections.personas or {}).get(name)
    return agreement.text(persona.name if persona else None, name)


@rule(
    "SLA609",
    "A buyer and a stage without content",
    severity=Severity.INFO,
    since="0.1",
    needs=("content", "stages"),
    on_request=True,
    bad="""
        people:
          camila: {name: Camila, team: marketing}
        personas:
          quality_manager: {name: Quality manager}
          director: {name: Director}                       # SLA609
        stages:
          lead: {name: Lead, team: marketing}
          customer: {name: Customer, team: sales, is: won}
        content:
          audit_guide: {stage: lead, for: quality_manager, by: camila}
        value_propositions:
          pays_back: {say: It pays back in a year, for: director, proof: Figures of 9 customers}
        checks:
          severity:
            SLA609: info
        """,
    good="""
        people:
          camila: {name: Camila, team: marketing}
        personas:
          quality_manager: {name: Quality manager}
          director: {name: Director}
        stages:
          lead: {name: Lead, team: marketing}
          customer: {name: Customer, team: sales, is: won}
        content:
          audit_guide: {stage: lead, for: [quality_manager, director], by: camila}
        checks:
          severity:
            SLA609: info
        """,
)
def no_content(agreement: Agreement) -> Iterator[Problem]:
    """
    At each stage until the purchase a buyer has other questions. This rule names, for each persona, the stages for
    which there is no content: a plan for the next months, seldom a mistake. It runs only where `checks` gives it a
    severity.
    """
    sections = agreement.sections
    stages = [name for name, stage in agreement.stages.items() if stage.is_ not in ("anonymous", "won")]
    there = {(persona, item.stage) for item in (sections.content or {}).values() for persona in as_list(item.for_)}
    for persona in sections.personas or {}:
        missing = [
            agreement.text(agreement.stages[stage].name, stage) for stage in stages if (persona, stage) not in there
        ]
        if missing:
            yield Problem(
                At(("personas", persona), "key"),
                say(
                    "there is no content for {persona} at the stage {stages}",
                    persona=_persona(agreement, persona),
                    stages=any_of(missing),
                ),
            )


@rule(
    "SLA610",
    "A team does what it does not do",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        roles:
          marketing:
            does: [attract, teach]
            does_not: [cold calls]                 # because
        processes:
          prospecting:
            team: marketing
            steps: [Share posts, Cold calls]       # SLA610
        """,
    good="""
        roles:
          marketing:
            does: [attract, teach]
            does_not: [cold calls]
        processes:
          prospecting:
            team: sales
            steps: [Share posts, Cold calls]
        """,
)
def does_what_it_does_not(agreement: Agreement) -> Iterator[Problem]:
    """
    Where the border between two teams is drawn, nobody should stand on both sides: what a team `does_not` do is not
    among the things it `does`, nor a step of a process that is its own.

    The rule compares the words as they are written, without regard to capitals; it does not guess what is meant.
    """
    sections = agreement.sections
    for team, role in (sections.roles or {}).items():
        excluded = {folded(text): ("roles", team, "does_not", index) for index, text in enumerate(role.does_not or ())}
        done: list[tuple[Path, str]] = [
            (("roles", team, "does", index), text) for index, text in enumerate(role.does or ())
        ]
        for name, process in (sections.processes or {}).items() if excluded else ():
            if process.team == team:
                done += [(("processes", name, "steps", index), text) for index, text in enumerate(process.steps or ())]
        for path, text in done:
            if folded(text) in excluded:
                yield Problem(
                    At(path),
                    _excluded(team, text),
                    note=say("keep it in one of the two places"),
                    because=(Because(At(excluded[folded(text)])),),
                )


def _excluded(team: str, text: str) -> Message:
    return say("`{what}` is written under what {team} does not do", what=Written(text), team=Written(team))
