"""What happens when promises are missed: steps, their order, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement, Promise
from checker.agreement.base import as_list
from checker.agreement.promises import Escalation
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.durations import surely_not_longer
from checker.message import Message, Written, all_of, any_of, say
from checker.quantity import Duration
from checker.rules.clock_events import HANDED_OFF, surely_before
from checker.rules.kinds import LEADS_SELLER
from checker.rules.names import SIDES
from checker.rules.rule import rule

TRIGGERS = ("missed", "late_by", "months_missed")


@rule(
    "SLA521",
    "Steps of escalation that do not rise",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        escalation:
          - {when: {late_by: 4 hours}, tell: seller, then: Call now}                              # because
          - {when: {late_by: 90 minutes}, tell: tomas, then: Give the lead to another seller}     # SLA521
        """,
    good="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        escalation:
          - {when: {late_by: 90 minutes}, tell: seller, then: Call now}
          - {when: {late_by: 4 hours}, tell: tomas, then: Give the lead to another seller}
        """,
)
def steps_that_do_not_rise(agreement: Agreement) -> Iterator[Problem]:
    """
    Each step of an escalation comes later than the one before it: first the seller hears of it, then the director. A
    second step that is due at the same time, or earlier, skips the first one: the director is called before the seller
    knew. Two people who are told at once belong into one step: `tell: [tomas, helena]`.

    Steps about the same promises are compared, and only those with the same kind of trigger. A step at 0 would be taken
    although nothing was missed. `late_by` counts from the deadline on.
    """
    last: dict[tuple[str, frozenset[str]], tuple[int, int | Duration]] = {}
    for index, step in enumerate(agreement.sections.escalation or ()):
        trigger, value = _trigger(step)
        at = At(_when(index, trigger))
        if value == 0:
            yield Problem(at, say("at 0 this step is taken although nothing was missed"), note=say("begin with 1"))
            continue
        key = (trigger, frozenset(as_list(step.of)))
        if key in last:
            earlier, before = last[key]
            if _is_no_later(value, before):
                yield Problem(
                    at,
                    say(
                        "this step does not come after the one before it: {this} is not more than {before}",
                        this=value,
                        before=before,
                    ),
                    because=(Because(At(_when(earlier, trigger))),),
                    note=say("let the steps rise, or tell several people in one step"),
                )
                continue
        last[key] = (index, value)


def _when(index: int, trigger: str) -> Path:
    return ("escalation", index, "when", trigger)


def _trigger(step: Escalation) -> tuple[str, int | Duration]:
    when = step.when
    if when.late_by is not None:
        return "late_by", when.late_by
    if when.missed is not None:
        return "missed", when.missed
    return "months_missed", when.months_missed or 0


def _is_no_later(value: int | Duration, before: int | Duration) -> bool:
    if isinstance(value, Duration) and isinstance(before, Duration):
        return surely_not_longer(value, before)
    return isinstance(value, int) and isinstance(before, int) and value <= before


@rule(
    "SLA522",
    "Steps for late leads that are out of order",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
            when_late_leads_reach:
              100% of allowed: The director calls these leads        # because
              50% of allowed: First topic of the weekly meeting      # SLA522
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
            when_late_leads_reach:
              50% of allowed: First topic of the weekly meeting
              100% of allowed: The director calls these leads
        """,
)
def late_leads_out_of_order(agreement: Agreement) -> Iterator[Problem]:
    """
    A promise of 90% allows one lead in ten to be late; these steps say what is done as that is used up, from the first
    to the last. Written in another order, people read the sharpest step first and take it too early, or skip the mild
    one. At 0% a step would be taken in a month in which nothing was late.
    """
    for promise in agreement.promises():
        before: tuple[Fraction, Path] | None = None
        for written in promise.written.when_late_leads_reach or () if promise.clock is not None else ():
            share = Fraction(written.partition("%")[0])
            path: Path = (*promise.path, "when_late_leads_reach", written)
            if share == 0:
                yield Problem(At(path, "key"), say("at 0% this step is taken although no lead was late"))
            elif before is not None and share < before[0]:
                yield Problem(
                    At(path, "key"),
                    say("this step comes before the one above it"),
                    because=(Because(At(before[1], "key")),),
                    note=say("write the steps from the smallest share to the largest"),
                )
            else:
                before = share, path


@rule(
    "SLA523",
    "A step of escalation that is never taken",
    severity=Severity.WARNING,
    since="0.1",
    needs=("marketing_promises", "sales_promises", "both_promise"),
    bad="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
        sales_promises:
          reason-given:
            promise: No return without a reason
            measure: return_reason_rate
            target: 100%
        escalation:
          - when: {late_by: 2 hours}      # SLA523
            of: reason-given              # because
            tell: tomas
            then: Ask for the reason
          - when: {missed: 1}
            of: handoff-speed             # because
            tell: seller                  # SLA523
            then: Look into the queue
        """,
    good="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
          rita: {name: Rita, team: marketing}
        handoff: {stage: mql, channel: The queue}
        marketing_promises:
          handoff-speed:
            promise: A lead reaches the queue at once
            starts: became_mql
            stops: handed_off
            within: 15 minutes
            target: 98%
        sales_promises:
          reason-given:
            promise: No return without a reason
            measure: return_reason_rate
            target: 100%
        escalation:
          - when: {months_missed: 2}
            of: reason-given
            tell: tomas
            then: Ask for the reasons
          - when: {missed: 1}
            of: handoff-speed
            tell: rita
            then: Look into the queue
        """,
)
def step_that_is_never_taken(agreement: Agreement) -> Iterator[Problem]:
    """
    Single leads are missed, and late by some hours, where a promise has a deadline. Of a measure that is judged by the
    month only `months_missed` can ever come. And `tell: seller` means the seller who has the lead: until it is handed
    over nobody has it, so that nobody would be told.
    """
    promises = agreement.promises()
    has_clocks = any(promise.clock is not None for promise in promises)
    for index, step in enumerate(agreement.sections.escalation or ()):
        trigger, _ = _trigger(step)
        about = [promise for name in as_list(step.of) if (promise := agreement.promise(name)) is not None]
        path: Path = ("escalation", index)
        because = (Because(At((*path, "of"))),) if step.of is not None else ()
        if promises and trigger != "months_missed" and not _any_clock(about, has_clocks, step):
            yield Problem(
                At(_when(index, trigger), "key"),
                _never(about),
                because=because,
                note=say("write {other} instead", other=Written("months_missed: 2")),
            )
        elif about and LEADS_SELLER in as_list(step.tell) and all(_is_before_handoff(one, agreement) for one in about):
            yield Problem(
                At((*path, "tell")),
                say("no seller has the lead yet when this is missed"),
                because=because,
                note=say("tell somebody of {team}", team="marketing"),
            )


def _any_clock(about: list[Promise], has_clocks: bool, step: Escalation) -> bool:
    return any(promise.clock is not None for promise in about) if step.of is not None and about else has_clocks


def _never(about: list[Promise]) -> Message:
    if about:
        return say("{promises} has no deadline, so no single lead is late", promises=any_of([one.id for one in about]))
    return say("no promise of this agreement has a deadline, so no single lead is late")


def _is_before_handoff(promise: Promise, agreement: Agreement) -> bool:
    stops = promise.clock.stops if promise.clock else ""
    return stops == HANDED_OFF or surely_before(stops, HANDED_OFF, agreement)


@rule(
    "SLA524",
    "A step of escalation that tells nobody who can act",
    severity=Severity.WARNING,
    since="0.1",
    needs=("people", "marketing_promises", "sales_promises"),
    bad="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
          lia: {name: Lia, team: product}      # because
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        escalation:
          - when: {missed: 1}
            tell: lia                          # SLA524
            then: Call now
        """,
    good="""
        people:
          tomas: {name: Tomas, team: sales, role: director}
          lia: {name: Lia, team: product}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        escalation:
          - when: {missed: 1}
            tell: [tomas, lia]
            then: Call now
        """,
)
def step_that_tells_nobody_involved(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever hears of a missed promise must be able to do something about it: somebody of marketing or sales, or of
    another team that works on the leads, because it brings them to a stage, runs a channel or keeps a tool. When only
    people of other teams are told, they forward it, or do not.
    """
    involved = _teams_involved(agreement)
    people = agreement.sections.people or {}
    for index, step in enumerate(agreement.sections.escalation or ()):
        told = as_list(step.tell)
        teams = {name: people[name].team if name in people else name for name in told}
        if LEADS_SELLER not in told and involved.isdisjoint(teams.values()) and all(_known(agreement, told)):
            path: Path = ("escalation", index, "tell")
            yield Problem(
                At(path),
                say("nobody who is told works on these leads: {names}", names=all_of(told)),
                because=tuple(Because(At(("people", name, "team"))) for name in told if name in people),
                note=say("tell somebody of {teams} as well", teams=any_of(SIDES)),
            )


def _teams_involved(agreement: Agreement) -> set[str]:
    sections = agreement.sections
    return {
        *SIDES,
        *(stage.team for stage in agreement.stages.values()),
        *(channel.team for channel in agreement.channels.values()),
        *(tool.team for tool in (sections.tools or {}).values()),
        *(process.team for process in (sections.processes or {}).values()),
    }


def _known(agreement: Agreement, told: list[str]) -> Iterator[bool]:
    """Whether each name is one of the agreement; what is unknown is told already."""
    people = agreement.sections.people or {}
    teams = {person.team for person in people.values()}
    for name in told:
        yield name in people or name in teams
