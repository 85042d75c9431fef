"""Real leads in the place of invented ones: what shows a change, where the data holds somebody who does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.agreement import Agreement
from checker.change import Change, ExampleLead
from checker.funnel.engine import Engine
from checker.funnel.versions import leads_that_moved
from checker.impact import Impact, ListKind
from checker.message import Message, Named, say, say_counted
from checker.quantity import Period
from checker.review.impact_of_payload import OFFERED, REQUIRED, asked_payload, question_of_payload
from checker.review.impact_of_stages import question_of_group


@dataclass(frozen=True, slots=True)
class Answers:
    """Name of a question -> the leads of which only the new, and only the old text says yes."""

    gained: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: Mapping[str, Sequence[str]] = field(default_factory=dict)


def answers_that_moved(
    old: Agreement, new: Agreement, changes: Iterable[Change], engine: Engine, period: Period
) -> Answers:
    """The leads that show what groups of both texts take, and what goes along with whom."""
    groups = [name for name in new.sections.groups or {} if name in (old.sections.groups or {})]
    names = [question_of_group(name) for name in groups] + list(asked_payload(new, changes).facts)
    gained: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    for name in names:
        for lead in leads_that_moved(engine, name, period):
            (gained if lead.new else lost).setdefault(name, []).append(lead.lead)
    return Answers(gained, lost)


def with_real_leads(changes: Iterable[Change], impact: Impact, answers: Answers) -> tuple[Change, ...]:
    """The changes with the leads that show them: real ones by their ids; an invented one is said to be so."""
    return tuple(_shown(change, impact, answers) for change in changes)


def _shown(change: Change, impact: Impact, answers: Answers) -> Change:
    before, now = _real(change, impact, answers)
    return replace(
        change,
        only_old=_of(before) or _invented(change.only_old),
        only_new=_of(now) or _invented(change.only_new),
    )


def _real(change: Change, impact: Impact, answers: Answers) -> tuple[Sequence[str], Sequence[str]]:
    """The leads that only the old, and only the new text takes."""
    subject = change.kind.partition("-")[0]
    if subject == "criterion":
        stage = next((stage for stage in impact.stages if stage.stage == change.what), None)
        return ((), ()) if stage is None else (stage.lost.leads, stage.gained.leads)
    if subject == "group":
        name = question_of_group(change.what)
        return answers.lost.get(name, ()), answers.gained.get(name, ())
    if change.kind in REQUIRED:
        name = question_of_payload(change.what)
        return answers.lost.get(name, ()), answers.gained.get(name, ())
    if change.kind in OFFERED:
        name = question_of_payload(change.what)
        return (), answers.gained.get(name, ()) or answers.lost.get(name, ())
    if subject == "promise" and change.only_new is not None:
        moved = [lead for each in impact.promises if each.promise == change.what for lead in each.worse or each.better]
        return (), moved
    if subject in (ListKind.RANKING, ListKind.ROUTING):
        wanted = tuple(_names(change.message.arguments.get(name)) for name in ("old", "new"))
        return (), [
            lead
            for listed in impact.lists
            if listed.kind == subject
            for move in listed.moved
            if (frozenset(move.old), frozenset(move.new)) == wanted
            for lead in move.leads.leads
        ]
    return (), ()


def _names(argument: object) -> frozenset[str]:
    """The sellers, or the rank, that a message names."""
    if isinstance(argument, Named):
        return frozenset(argument.names)
    if isinstance(argument, Message):
        rank = argument.arguments.get("rank")
        return frozenset([rank]) if isinstance(rank, str) else frozenset()
    return frozenset()


def _of(leads: Sequence[str]) -> ExampleLead | None:
    """The first of some leads; None where there is none."""
    if not leads:
        return None
    if len(leads) == 1:
        return ExampleLead(say("lead {lead}", lead=leads[0]), {"lead_id": leads[0]})
    told = say_counted(
        "lead {lead}, and {count} more", "lead {lead}, and {count} more", count=len(leads) - 1, lead=leads[0]
    )
    return ExampleLead(told, {"lead_id": leads[0]})


def _invented(lead: ExampleLead | None) -> ExampleLead | None:
    if lead is None or lead.is_typical:
        return lead
    return replace(lead, message=say("{lead} (invented: no real lead was found)", lead=lead.message))
