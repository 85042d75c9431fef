"""Leads that count under only one of the two texts, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.conditions import Meets
from checker.changes.effects import effects
from checker.changes.showing import example
from checker.funnel.engine import Engine
from checker.funnel.versions import AskedOfLeads, Group, both_answers, leads_that_moved
from checker.impact import OfGroup, Part, StageImpact
from checker.logic.aggregate import Every, Fact, Fits
from checker.logic.plan_names import channel_label, stage_label
from checker.logic.proof import Comparison, Witness
from checker.logic.statistics import CONFIDENCE, chance_of_difference
from checker.measures.view import View
from checker.message import Message
from checker.quantity import Period

CUSTOMER, HANDED_OVER = "is customer", "is handed over"


def entered(stage: str) -> str:
    """The name of the mark that a lead once reached a stage, whatever its conditions say."""
    return f"entered {stage}"


def question_of(stage: str) -> str:
    """The name of the question whether a lead fits a stage."""
    return f"stage {stage}"


def question_of_group(group: str) -> str:
    """The name of the question whether a lead fits a group of conditions."""
    return f"group {group}"


def asked_conditions(agreement: Agreement, moments: Mapping[str, str]) -> AskedOfLeads:
    """Whether a lead fits each stage, as of the moment in which it reached it; a stage without conditions takes all.

    Also whether it fits each group, as of the handoff. `moments` gives the event of each stage.
    """
    facts: dict[str, Fact] = {}
    for stage, moment in moments.items():
        written = agreement.stages.get(stage)
        has_conditions = written is not None and written.has_conditions
        facts[question_of(stage)] = Fits(Meets(stage, ("stages", stage)), moment) if has_conditions else Every(())
    for group in agreement.sections.groups or {}:
        facts[question_of_group(group)] = Fits(Meets(group, ("groups", group)), "handed_off")
    return AskedOfLeads(facts)


def passes(agreement: Agreement, channel: str | None, stage: str) -> bool:
    """Whether leads of a channel come by a stage, and do not begin behind it."""
    entry = agreement.channels.get(channel) if channel is not None else None
    order = list(agreement.stages)
    begins = entry.starts_at if entry is not None else None
    return begins not in order or stage not in order or order.index(begins) <= order.index(stage)


def stage_impacts(
    old: Agreement, new: Agreement, view: View, engine: Engine, period: Period
) -> tuple[StageImpact, ...]:
    """Each stage of both texts that takes other leads, by proof or on this data; in the order of the stages."""
    found = []
    proved = effects(old, new)
    for stage in new.stages:
        if stage not in old.stages or not (old.stages[stage].has_conditions or new.stages[stage].has_conditions):
            continue
        groups = both_answers(engine, question_of(stage), period, [CUSTOMER, HANDED_OVER])
        groups = [group for group in groups if passes(new, group.channel, stage)]
        moved = any(group.old != group.new for group in groups)
        if stage in proved or moved:
            leads = leads_that_moved(engine, question_of(stage), period)
            ids: dict[bool | str, list[str]] = {True: [], False: []}
            for lead in leads:
                if passes(new, lead.channel, stage):
                    ids[lead.new].append(lead.lead)
            found.append(_stage(stage, old, new, view, groups, ids, proved.get(stage)))
    return tuple(found)


def _stage(
    stage: str,
    old: Agreement,
    new: Agreement,
    view: View,
    groups: list[Group],
    ids: Mapping[bool | str, list[str]],
    proved: Comparison | None,
) -> StageImpact:
    told = [group for group in groups if group.old is not None and group.new is not None]
    gained = _part(view, new, (group for group in told if group.new and not group.old), ids[True])
    lost = _part(view, new, (group for group in told if group.old and not group.new), ids[False])
    before = _part(view, new, (group for group in told if group.old))
    stayed = _part(view, new, (group for group in told if group.old and group.new))
    return StageImpact(
        stage=stage,
        label=stage_label(new, stage),
        among=sum(group.count for group in groups),
        before=before,
        after=_part(view, new, (group for group in told if group.new)),
        gained=gained,
        lost=lost,
        cannot_tell=sum(group.count for group in groups) - sum(group.count for group in told),
        groups=tuple(_groups(told, view, new)),
        invented_gained=_invented(None if proved is None else proved.gained, new, gained),
        invented_lost=_invented(None if proved is None else proved.lost, old, lost),
        too_few=_too_few(gained, before),
        lost_too_few=_too_few(lost, stayed),
        has_old_points=_has_old_points(stage, old, new, view),
    )


def _part(view: View, agreement: Agreement, groups: Iterable[Group], leads: Iterable[str] = ()) -> Part:
    listed = list(groups)
    return Part(
        count=sum(group.count for group in listed),
        customers=_marked(listed, CUSTOMER) if _tells_customers(view, agreement) else None,
        handed_over=_marked(listed, HANDED_OVER) if view.has_event("handed_off") else None,
        leads=tuple(leads),
    )


def _marked(groups: Iterable[Group], mark: str) -> int:
    return sum(group.count for group in groups if group.marks[mark])


def _tells_customers(view: View, agreement: Agreement) -> bool:
    won = agreement.stage_named("won")
    return won is not None and view.has_event(f"became_{won}")


def _groups(told: list[Group], view: View, agreement: Agreement) -> Iterator[OfGroup]:
    """By channel, then by persona, in the order of the agreement; leads of none last."""
    personas = agreement.sections.personas or {}
    ways: tuple[tuple[str, Callable[[Group], str | None], Iterable[str]], ...] = (
        ("channel", lambda group: group.channel, agreement.channels),
        ("persona", lambda group: group.persona, personas),
    )
    has_customers = _tells_customers(view, agreement)
    for by, name_of, known in ways:
        there = dict.fromkeys(name_of(group) for group in told)
        others = sorted(name for name in there if name is not None and name not in known)
        if by == "persona" and not personas:
            continue
        for name in (*known, *others, None):
            here = [group for group in told if name_of(group) == name]
            gained = [group for group in here if group.new and not group.old]
            lost = [group for group in here if group.old and not group.new]
            before = sum(group.count for group in here if group.old)
            after = sum(group.count for group in here if group.new)
            if before or after:
                yield OfGroup(
                    by=by,
                    name=name,
                    label=None if name is None else _label(agreement, by, name),
                    before=before,
                    after=after,
                    gained=sum(group.count for group in gained),
                    lost=sum(group.count for group in lost),
                    gained_customers=_marked(gained, CUSTOMER) if has_customers else None,
                    lost_customers=_marked(lost, CUSTOMER) if has_customers else None,
                )


def _label(agreement: Agreement, by: str, name: str) -> str:
    if by == "channel":
        return channel_label(agreement, name)
    persona = (agreement.sections.personas or {}).get(name)
    return agreement.text(persona.name if persona else None, name)


def _invented(witness: Witness | None, agreement: Agreement, real: Part) -> Message | None:
    """A lead of the proof in words, where no real one shows the same."""
    shown = None if real.count else example(witness, agreement)
    return None if shown is None else shown.message


def _too_few(some: Part, others: Part) -> bool | None:
    """Whether chance alone may well part the shares that became customers of two groups."""
    if some.customers is None or others.customers is None or not some.count or not others.count:
        return None
    return chance_of_difference(some.customers, some.count, others.customers, others.count) >= 1 - CONFIDENCE


def _has_old_points(stage: str, old: Agreement, new: Agreement, view: View) -> bool:
    """Whether a stage asks for points that the data has as a number which was counted by other rules than the new."""
    asks = any(
        leaf.field == "points"
        for side in (old, new)
        if stage in side.named_conditions
        for leaf in side.reached(side.named_conditions[stage])
    )
    return asks and view.leads.field("points") is not None and _rules_of_points(old) != _rules_of_points(new)


def _rules_of_points(agreement: Agreement) -> tuple[object, ...]:
    actions = agreement.sections.actions or {}
    return {name: action.points for name, action in actions.items()}, agreement.written.get("points")
