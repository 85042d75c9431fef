"""Promises about something that nobody writes down, or that the agreement does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement, Promise
from checker.agreement.events import became
from checker.agreement.source import SystemSource
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.names import LOG_LISTS
from checker.rules.rule import rule

HANDED_OFF, FIRST_CONTACT, ATTEMPT = "handed_off", "first_personal_contact", "contact_attempt"
EVENTS_OF: Mapping[str, tuple[str, ...]] = {
    "acceptance_rate": ("decided",),
    "payload_completeness": (HANDED_OFF,),
    "persistence_rate": (ATTEMPT,),
    "return_reason_rate": ("returned",),
    "recycled_on_time": ("returned",),
    "single_channel": (HANDED_OFF,),
    "missed_leads": (HANDED_OFF,),
    "wrongly_qualified": (HANDED_OFF,),
    "rehandoff_rate": ("handed_off_again",),
    "capacity_use": (HANDED_OFF,),
}
"""Measure -> the events that it cannot do without; those of a stage are found by `events_of`."""


@rule(
    "SLA502",
    "A clock that nobody can read",
    severity=Severity.ERROR,
    since="0.1",
    needs=("tools", "source"),
    bad="""
        tools:                            # because
          crm:
            team: sales
            records: [handed_off, decided]
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact    # SLA502
            within: 4 hours
            target: 90%
        """,
    good="""
        tools:
          crm:
            team: sales
            records: [handed_off, decided, first_personal_contact]
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def clock_without_a_record(agreement: Agreement) -> Iterator[Problem]:
    """
    A clock needs two moments that some tool writes down. If none of the tools records one of them, and the data does
    not hold it either, nobody will ever know whether the promise was kept, and both teams will believe what suits
    them.

    List the event under `records` of the tool that writes it down; if none does, choose an event that is written down,
    or begin to write it down first. The first personal contact follows from contact attempts.
    """
    for event, places in _unrecorded_by_clocks(agreement).items():
        first, *others = places
        yield Problem(
            At(first),
            say("no tool records {event}, so nobody can tell whether this promise is kept", event=Written(event)),
            because=(
                *(Because(At(path)) for path in others[:3]),
                Because(At(("tools",), "key"), _tools(agreement)),
            ),
            note=say("list it under {records} of the tool that writes it down", records=Written("records:")),
        )


def _unrecorded_by_clocks(agreement: Agreement) -> dict[str, list[Path]]:
    """Event -> where the clocks name it that no tool records it for."""
    found: dict[str, list[Path]] = {}
    recorded = recorded_events(agreement)
    if recorded is None:
        return found
    for promise in agreement.promises():
        if promise.clock is not None:
            for key, event in (("starts", promise.clock.starts), ("stops", promise.clock.stops)):
                if event not in recorded and event in agreement.events:
                    found.setdefault(event, []).append((*promise.path, key))
    return found


def recorded_events(agreement: Agreement) -> frozenset[str] | None:
    """Every event that a tool records or the data holds; None where the agreement does not say."""
    tools, source = agreement.sections.tools, agreement.sections.source
    if not tools or isinstance(source, SystemSource):
        # what a known system's export holds is known to the reader of the data alone
        return None
    if any(field.kept_in is not None and field.kept_in not in tools for field in agreement.fields.values()):
        # a tool is missing or misspelt, which is told already: who knows what it would record
        return None
    recorded = {record for tool in tools.values() for record in tool.records}
    recorded |= set((source.events if source else None) or ())
    if ATTEMPT in recorded:
        recorded.add(FIRST_CONTACT)
    return frozenset(recorded)


def _tools(agreement: Agreement) -> Message:
    return say("what {names} record", names=all_of(list(agreement.sections.tools or {})))


@rule(
    "SLA503",
    "A measure for which nobody keeps the data",
    severity=Severity.ERROR,
    since="0.1",
    needs=("tools", "source", "log"),
    bad="""
        tools:                              # because
          crm:
            team: sales
            records: [handed_off, decided]
        sales_promises:
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate       # SLA503
            of: no_answer
            needs: {attempts: 6, channels: 2}
            target: 90%
          objection-log:
            promise: Write down the objections we hear
            measure: entries
            of: objections_heard            # SLA503
            target: 10 a month
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
        """,
    good="""
        tools:
          crm:
            team: sales
            records: [handed_off, decided, contact_attempt, objections_heard]
        sales_promises:
          persistence:
            promise: Try often enough before giving up
            measure: persistence_rate
            of: no_answer
            needs: {attempts: 6, channels: 2}
            target: 90%
          objection-log:
            promise: Write down the objections we hear
            measure: entries
            of: objections_heard
            target: 10 a month
        return_reasons:
          no_answer: {found: after accepting, back_to: nobody, then: close}
        """,
)
def measure_without_data(agreement: Agreement) -> Iterator[Problem]:
    """
    A promise is worth what can be seen of it. Sales promises six attempts, but no tool keeps the attempts: then the
    promise is either never looked at, or every month ends in a quarrel about what people remember.

    List what the measure needs under `records` of the tool that keeps it. Lists that no tool keeps, such as objections
    heard or pieces published, are written by hand under `log`.
    """
    recorded = recorded_events(agreement)
    if recorded is None:
        return
    reported = set(_unrecorded_by_clocks(agreement))
    because = (Because(At(("tools",), "key"), _tools(agreement)),)
    for promise in agreement.promises():
        measured = promise.measured
        if measured is None:
            continue
        missing = [event for event in events_of(promise, agreement) if event not in recorded and event not in reported]
        if missing:
            reported |= set(missing)
            yield Problem(
                At((*promise.path, "measure")),
                say("no tool records {events}, which this is measured by", events=all_of(missing)),
                because=because,
                note=say("list it under {records} of the tool that writes it down", records=Written("records:")),
            )
        elif measured.measure == "entries" and measured.of in LOG_LISTS and not _is_kept(measured.of, agreement):
            yield Problem(
                At((*promise.path, "of")),
                say("no tool keeps the list {list}, and there is none in the log", list=Written(measured.of)),
                because=because,
                note=say("list it under {records} of the tool that keeps it", records=Written("records:")),
            )


def _is_kept(name: str, agreement: Agreement) -> bool:
    sections = agreement.sections
    files = sections.source.files if sections.source else None
    kept = {record for tool in (sections.tools or {}).values() for record in tool.records}
    return name in kept or name in (sections.log or {}) or name in (files or {})


def events_of(promise: Promise, agreement: Agreement) -> tuple[str, ...]:
    """The events that a measure cannot do without; of stages without names there are none."""
    measured = promise.measured
    if measured is None:
        return ()
    if measured.measure == "volume" and measured.of is not None:
        return _arrivals(agreement, measured.of)
    if measured.measure == "rate":
        pair = next((pair[:2] for pair in agreement.conversions() if pair[2] == measured.of), ())
        return _arrivals(agreement, *pair)
    won, pipeline = agreement.stage_named("won"), agreement.stage_named("pipeline")
    if measured.measure == "revenue":
        return () if won is None else _arrivals(agreement, won)
    if measured.measure == "cost_per_customer":
        return () if pipeline is None else _arrivals(agreement, pipeline)
    if measured.measure == "pipeline_coverage":
        return () if won is None or pipeline is None else (*_arrivals(agreement, pipeline, won), "lost")
    return EVENTS_OF.get(measured.measure, ())


def _arrivals(agreement: Agreement, *stages: str) -> tuple[str, ...]:
    handoff = agreement.sections.handoff
    handed_over = handoff.stage if handoff is not None else None
    return tuple(
        HANDED_OFF if stage == handed_over else became(stage)
        for stage in stages
        if stage in agreement.stages and agreement.stages[stage].is_ != "anonymous"
    )


@rule(
    "SLA504",
    "A promise about something that the agreement does not say",
    severity=Severity.ERROR,
    since="0.1",
    needs=("handoff", "stages", "return_reasons", "meetings", "plan", "limit_per_seller"),
    bad="""
        marketing_promises:
          handoff-data:
            promise: Every must-have field is filled in
            measure: payload_completeness       # SLA504
            target: 95%
          come-back:
            promise: Contact nurtured leads again when we said we would
            measure: recycled_on_time           # SLA504
            target: 90%
        """,
    good="""
        fields:
          phone: {is: text}
        handoff:
          stage: mql
          channel: The queue
          must_have: [phone]
        marketing_promises:
          handoff-data:
            promise: Every must-have field is filled in
            measure: payload_completeness
            target: 95%
          come-back:
            promise: Contact nurtured leads again when we said we would
            measure: recycled_on_time
            target: 90%
        return_reasons:
          too_early: {found: after accepting, back_to: marketing, then: nurture, come_back_after: 60 days}
        """,
)
def promise_about_nothing(agreement: Agreement) -> Iterator[Problem]:
    """
    Some promises rest on another part of the agreement: complete data on the list of fields that go along, one channel
    on the handoff that names it, a call back in time on the day that the reason gives, meetings held on the meetings.
    Where that part is missing, everybody imagines another one. Write it down, or take the promise out.
    """
    for promise in agreement.promises():
        if promise.measured is not None and (missing := _missing(promise.measured.measure, agreement)) is not None:
            yield Problem(At((*promise.path, "measure")), missing)


def _missing(measure: str, agreement: Agreement) -> Message | None:
    handoff = agreement.sections.handoff
    if handoff is None and agreement.is_signed:
        # that a signed agreement does not describe the handoff is told already
        return _missing_elsewhere(measure, agreement)
    if measure == "payload_completeness" and handoff is None:
        return say("this is about the handoff, and there is none; describe it under {key}", key=Written("handoff:"))
    if measure == "payload_completeness" and not any(item.required for item in agreement.payload):
        return say("no field must go along with a lead, so none can be missing; list them under {key}", key=_MUST_HAVE)
    if measure in ("single_channel", "missed_leads", "wrongly_qualified", "rehandoff_rate") and handoff is None:
        return say("this is about the handoff, and there is none; describe it under {key}", key=Written("handoff:"))
    if measure == "wrongly_qualified" and handoff is not None and _is_bare(handoff.stage, agreement):
        return say(
            "{stage} has no conditions, so no lead can be wrongly qualified; write them under {key}",
            stage=Written(handoff.stage),
            key=Written("stages:"),
        )
    return _missing_elsewhere(measure, agreement)


def _missing_elsewhere(measure: str, agreement: Agreement) -> Message | None:
    """What a measure rests on that is not the handoff."""
    sections, plan = agreement.sections, agreement.sections.plan
    if measure == "recycled_on_time" and not any(
        reason.come_back_after is not None for reason in (sections.return_reasons or {}).values()
    ):
        return say("no return reason says when a lead is contacted again; write {key} there", key=_COME_BACK)
    if measure == "meetings_held" and not sections.meetings:
        return say("no meetings are agreed that could be held; list them under {key}", key=Written("meetings:"))
    if measure == "revenue" and agreement.stages and agreement.stage_named("won") is None:
        return say("no stage brings revenue; write {key} at the last one", key=Written("is: won"))
    if measure == "pipeline_coverage" and (plan is None or plan.pipeline_coverage is None):
        return say("the plan names no pipeline coverage; write {key} there", key=Written("pipeline_coverage: 4x"))
    if measure == "cost_per_customer" and (plan is None or plan.cost_per_customer is None):
        return say("the plan names no limit; write {key} there", key=Written("cost_per_customer: at most …"))
    if measure == "capacity_use" and (sections.limit_per_seller is None or sections.limit_per_seller.handoffs is None):
        return say("nothing says what a seller can take; write {key}", key=Written("limit_per_seller:"))
    return None


def _is_bare(stage: str, agreement: Agreement) -> bool:
    """Whether a stage asks nothing of a lead."""
    return stage in agreement.stages and stage not in agreement.named_conditions


_MUST_HAVE = Written("must_have:")
_COME_BACK = Written("come_back_after:")
