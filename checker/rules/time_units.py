"""Units of time: what passes at night, and what stands still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement
from checker.finding import At, Because, Edit, Path, Problem, Severity
from checker.message import Written, say
from checker.quantity import Duration, Unit
from checker.rules.rule import rule, value_at

BUSINESS: Mapping[Unit, Unit] = {
    Unit.MINUTES: Unit.BUSINESS_MINUTES,
    Unit.HOURS: Unit.BUSINESS_HOURS,
    Unit.DAYS: Unit.BUSINESS_DAYS,
}


@rule(
    "SLA505",
    "Two kinds of time in one ladder of deadlines",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          asked_for_us: {is: yes or no}
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 2 hours, target: 95%}     # SLA505
              - {name: other, otherwise: yes, time: 4 business hours, target: 90%}       # because
        """,
    good="""
        fields:
          asked_for_us: {is: yes or no}
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within:
              - {name: asked, when: {asked_for_us: yes}, time: 2 business hours, target: 95%}
              - {name: other, otherwise: yes, time: 4 business hours, target: 90%}
        """,
)
def two_kinds_of_time(agreement: Agreement) -> Iterator[Problem]:
    """
    `2 hours` run through the night and the weekend, `4 business hours` only while the office is open. Side by side in
    one ladder they are nearly always a slip: the leads that should be called first are promised a call at three on a
    Sunday morning, which nobody makes. Where it is meant, because those leads really are called at night, say so by
    setting this rule to `off` under `checks`.
    """
    for promise in agreement.promises():
        business = [rung for rung in promise.deadlines if rung.time.unit.is_business]
        for rung in promise.deadlines:
            if not business or rung.time.unit.is_business:
                continue
            at = At((*rung.path, "time"))
            unit = BUSINESS.get(rung.time.unit)
            meant = None if unit is None else str(Duration(rung.time.count, unit))
            yield Problem(
                at,
                say("this deadline comes nearer at night and on Sundays too, while the others stand still"),
                because=tuple(Because(At((*other.path, "time"))) for other in business[:3]),
                note=None if meant is None else say("did you mean {guess}?", guess=Written(meant)),
                fixes=() if meant is None else (Edit(at, str(value_at(agreement.written, at.path)), meant),),
            )


@rule(
    "SLA506",
    "A working time that changes nothing",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours               # because
            working_time: office          # SLA506
            target: 90%
        """,
    good="""
        working_time:
          office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00", holidays: {country: PL}}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 business hours
            working_time: office
            target: 90%
        """,
)
def working_time_without_effect(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever names a working time means that the clock stands still outside it. But only business minutes, hours and days
    stand still; `4 hours` pass at night as well. A lead that comes in on Friday evening is late before Monday.
    """
    for promise in agreement.promises():
        clock = promise.clock
        if clock is None or clock.working_time is None or any(rung.time.unit.is_business for rung in promise.deadlines):
            continue
        first = promise.deadlines[0]
        path: Path = (*first.path, "time") if first.name is not None else first.path
        unit = BUSINESS.get(first.time.unit)
        meant = None if unit is None else str(Duration(first.time.count, unit))
        yield Problem(
            At((*promise.path, "working_time")),
            say("this changes nothing: a deadline of {time} comes nearer outside working time too", time=first.time),
            because=(Because(At(path)),),
            note=None if meant is None else say("did you mean {guess}?", guess=Written(meant)),
            fixes=() if meant is None else (Edit(At(path), str(value_at(agreement.written, path)), meant),),
        )
