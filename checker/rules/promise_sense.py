"""Whether a promise makes sense as a whole: judged in time, said once, without idle words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement, Promise
from checker.agreement.promises import Measured
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.durations import surely_not_longer, surely_shorter
from checker.message import Message, Written, say
from checker.quantity import Duration, Share, Unit
from checker.rules.kinds import Kind
from checker.rules.names import Names
from checker.rules.references import MEASURED_OF
from checker.rules.rule import rule

MOST = Fraction(9, 10)
"""The part of the deals that must have had the time to close when a win rate is judged."""
PERSISTENCE = "persistence_rate"


@rule(
    "SLA515",
    "A rate that is judged before the deals could close, or never",
    severity=Severity.WARNING,
    since="0.1",
    needs=("plan", "stages"),
    bad="""
        plan:
          months: 2027-01 to 2027-06
          sales_cycle: 3 months            # because
        rates: {opportunity_to_customer: 25%, mql_to_opportunity: 40%}
        stages:
          mql: {team: marketing}
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        sales_promises:
          win-rate:
            promise: Win one opportunity in four
            measure: rate
            of: opportunity_to_customer
            target: 25%
            judged_after: 30 days          # SLA515
          opportunities:
            promise: Make an opportunity of four leads in ten
            measure: rate                  # SLA515
            of: mql_to_opportunity
            target: 40%
        """,
    good="""
        plan:
          months: 2027-01 to 2027-06
          sales_cycle: 3 months
        rates: {opportunity_to_customer: 25%, mql_to_opportunity: 40%}
        stages:
          mql: {team: marketing}
          opportunity: {team: sales, is: pipeline}
          customer: {team: sales, is: won}
        sales_promises:
          win-rate:
            promise: Win one opportunity in four
            measure: rate
            of: opportunity_to_customer
            target: 25%
            judged_after: 4 months
          opportunities:
            promise: Make an opportunity of four leads in ten
            measure: rate
            of: mql_to_opportunity
            target: 40%
            judged_after: 60 days
        """,
)
def rate_judged_too_early(agreement: Agreement) -> Iterator[Problem]:
    """
    A month's leads are judged when the youngest of them is old enough (`judged_after`). If deals take three months to
    close and are judged after one, nearly all of them are still open: sales seems to win nobody, every month anew. And
    without an age, the month is never judged at all.

    Give it at least the sales cycle of the plan, better half as much again; where the cycle is given in parts, the time
    in which nine deals in ten have closed.
    """
    for promise in agreement.promises():
        measured = promise.measured
        if measured is None or measured.measure != "rate":
            continue
        needed = _time_to_close(agreement) if measured.of == _win_rate(agreement) else None
        if measured.judged_after is None:
            example = "90 days" if needed is None else str(needed[0])
            yield Problem(
                At((*promise.path, "measure")),
                say("nothing says when a month's leads are judged, so they never are"),
                note=say("add a line such as {example}", example=Written(f"judged_after: {example}")),
            )
        elif needed is not None and surely_shorter(measured.judged_after, needed[0]):
            yield Problem(
                At((*promise.path, "judged_after")),
                say(
                    "the deals are judged after {age}, but take {time} to close",
                    age=measured.judged_after,
                    time=needed[0],
                ),
                because=(Because(At(needed[1])),),
                note=say("write at least {time}", time=Written(str(needed[0]))),
            )


def _win_rate(agreement: Agreement) -> str | None:
    """The rate to the won stage, where it is from the stage that the sales cycle is counted from."""
    pipeline, won = agreement.stage_named("pipeline"), agreement.stage_named("won")
    return next(
        (rate for first, second, rate in agreement.conversions() if second == won and pipeline in (first, None)), None
    )


def _time_to_close(agreement: Agreement) -> tuple[Duration, Path] | None:
    """The months in which most deals have closed, and where that is written."""
    plan = agreement.sections.plan
    if plan is None or plan.sales_cycle is None:
        return None
    path: Path = ("plan", "sales_cycle")
    closed = Fraction(0)
    for lag, share in sorted(plan.closing().items()):
        closed += share
        if closed >= MOST:
            time = Duration(lag, Unit.MONTHS)
            return time, (*path, str(time)) if isinstance(plan.sales_cycle, dict) else path
    return None


@rule(
    "SLA516",
    "The same promise twice",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:                # because
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
          quick-call:                    # SLA516
            promise: Call everybody on the same day
            starts: handed_off
            stops: first_personal_contact
            within: 1 day
            target: 80%
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def same_promise_twice(agreement: Agreement) -> Iterator[Problem]:
    """
    Two promises of one team about the same leads and the same events, or about the same measure: each team remembers
    the one that suits it, and one miss counts twice. Keep one of them. Where they are meant for different leads, say
    which with `only`, or make one ladder of deadlines of the two.

    Half of the leads within an hour and nine in ten within four are two levels of one promise, and fine.
    """
    first: dict[tuple[str, ...], Promise] = {}
    names: set[str] = set()
    for promise in agreement.promises():
        if promise.id in names:
            # a name given twice is told already
            continue
        names.add(promise.id)
        key = (promise.owes, *_about(promise))
        earlier = first.setdefault(key, promise)
        if earlier is not promise and not _are_two_levels(earlier, promise):
            yield Problem(
                At(promise.path, "key"),
                say(
                    "{second} promises the same as {first}, about the same leads",
                    second=Written(promise.id),
                    first=Written(earlier.id),
                ),
                because=(Because(At(earlier.path, "key")),),
                note=say("keep one, or say with {only} which leads each is about", only=Written("only:")),
            )


def _are_two_levels(one: Promise, other: Promise) -> bool:
    """Whether two clocks ask for different shares in different times, neither of which follows from the other."""
    if len(one.deadlines) != 1 or len(other.deadlines) != 1:
        return [rung.time for rung in one.deadlines] != [rung.time for rung in other.deadlines]
    first, second = one.deadlines[0], other.deadlines[0]
    if not isinstance(first.target, Share) or not isinstance(second.target, Share):
        return False
    if surely_not_longer(first.time, second.time) and surely_not_longer(second.time, first.time):
        return False
    if surely_shorter(first.time, second.time):
        return first.target < second.target
    # where it is not sure which one is longer, neither follows from the other
    return second.target < first.target if surely_shorter(second.time, first.time) else True


def _about(promise: Promise) -> tuple[str, ...]:
    """What a promise is about, without its level."""
    only = repr(promise.written.only)
    if promise.clock is not None:
        return promise.clock.starts, promise.clock.stops, only
    measured = promise.measured
    if measured is None:
        return (promise.id,)
    return measured.measure, str(measured.of), repr(measured.needs), repr(measured.judged_after), only


@rule(
    "SLA517",
    "Words that change nothing about this promise",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact     # because
            within: 4 hours
            target: 90%
            no_answer_means: accepted         # SLA517
          reason-given:
            promise: No return without a reason
            measure: return_reason_rate       # because
            needs: {attempts: 6}              # SLA517
            target: 100%
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
          reason-given:
            promise: No return without a reason
            measure: return_reason_rate
            target: 100%
        """,
)
def words_without_effect(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever writes it counts on it, but nothing follows from it.

    `no_answer_means` settles what silence means where sales must decide, so it belongs to a clock that stops at
    `decided`. `needs` belongs to `persistence_rate`, `judged_after` to a `rate`, `of` to a measure of one stage, rate,
    field, reason or list. `when_late_leads_reach` and `not_owed_when` belong to deadlines: of other measures no lead is
    late. Take the line out, or move it to the promise that it is meant for.
    """
    events = Names(agreement).known(Kind.EVENT)
    for promise in agreement.promises():
        clock = promise.clock
        # an event that does not exist may be `decided`, misspelt
        waits_for_another = clock is not None and clock.stops in events and clock.stops != "decided"
        if clock is not None and clock.no_answer_means is not None and waits_for_another:
            yield Problem(
                At((*promise.path, "no_answer_means"), "key"),
                say("silence settles nothing here: this clock does not wait for a decision"),
                because=(Because(At((*promise.path, "stops"))),),
                note=say("it belongs to the promise that stops at {event}", event=Written("decided")),
            )
        if promise.measured is not None:
            for key, message in _idle(promise.measured):
                yield Problem(
                    At((*promise.path, key), "key"), message, because=(Because(At((*promise.path, "measure"))),)
                )


def _idle(measured: Measured) -> Iterator[tuple[str, Message]]:
    """The keys of a promise that its measure does not look at, and where they belong."""
    name = Written(measured.measure)
    if measured.needs is not None and measured.measure != PERSISTENCE:
        yield (
            "needs",
            say("{measure} does not look at this; it belongs to {other}", measure=name, other=Written(PERSISTENCE)),
        )
    if measured.judged_after is not None and measured.measure not in ("rate", "cost_per_customer"):
        yield (
            "judged_after",
            say("{measure} does not look at this; it belongs to {other}", measure=name, other=Written("rate")),
        )
    if measured.of is not None and measured.measure not in MEASURED_OF:
        yield "of", say("{measure} is of all leads, whatever stands here; take it out", measure=name)
    if measured.when_late_leads_reach is not None:
        yield "when_late_leads_reach", say("no lead is late here: this is no deadline")
    if measured.not_owed_when is not None:
        yield "not_owed_when", say("{measure} does not look at this; it belongs to a deadline", measure=name)
