"""Leads that come back: who has them next, what happens with them, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Promise
from checker.agreement.conditions import FieldIs, Kind
from checker.agreement.feedback import ReturnReason
from checker.finding import At, Because, Edit, Path, Problem, Severity
from checker.logic.durations import surely_shorter
from checker.message import Message, Written, all_of, say
from checker.rules.rule import rule

NOBODY, MARKETING, SALES = "nobody", "marketing", "sales"
ENDS_HERE = ("close", "merge")
"""What can be done with a lead after which nobody works on it."""


@rule(
    "SLA409",
    "What happens with a returned lead contradicts itself",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        return_reasons:
          no_budget:
            found: after accepting
            back_to: nobody          # because
            then: nurture            # SLA409
          no_need:
            found: after accepting
            back_to: marketing       # because
            then: close              # SLA409
          too_early:
            found: after accepting
            back_to: sales           # because
            then: find contact
            come_back_after: 60 days # SLA409
        """,
    good="""
        return_reasons:
          no_budget:
            found: after accepting
            back_to: marketing
            then: nurture
            come_back_after: 90 days
          no_need:
            found: after accepting
            back_to: nobody
            then: close
          too_early:
            found: after accepting
            back_to: marketing
            then: nurture
            come_back_after: 60 days
        """,
)
def return_reason_contradicts_itself(agreement: Agreement) -> Iterator[Problem]:
    """
    Each reason for a return says who has the lead next, what they do with it and by when. When the three do not fit
    together, each team believes that the other one has it.

    A lead that goes back to `nobody` is closed or merged into another, and nothing is due afterwards. One that is
    closed or merged needs nobody. To nurture a lead is marketing's work, and `come_back_after` is the day on which
    marketing contacts it again; it cannot be earlier than the time that marketing has for its step (`within`).
    """
    for name, reason in (agreement.sections.return_reasons or {}).items():
        yield from _contradictions(("return_reasons", name), reason)


def _contradictions(path: Path, reason: ReturnReason) -> Iterator[Problem]:
    back_to = Because(At((*path, "back_to")))
    goes_nowhere = reason.back_to == NOBODY
    if goes_nowhere and reason.then not in ENDS_HERE:
        yield Problem(
            At((*path, "then")),
            say("the lead goes back to nobody, so nobody can do this: {then}", then=Written(reason.then)),
            because=(back_to,),
            note=say("say who does it under {key}", key=Written("back_to:")),
            fixes=(Edit(At((*path, "back_to")), NOBODY, MARKETING),) if reason.then in ("nurture", "repair") else (),
        )
    elif not goes_nowhere and reason.then == "close":
        yield Problem(
            At((*path, "then")),
            say("the lead is closed, and yet it goes back to {team}", team=Written(reason.back_to)),
            because=(back_to,),
            note=say("write {nobody} there, or what {team} does here", nobody=Written(NOBODY), team=reason.back_to),
            fixes=(Edit(At((*path, "back_to")), reason.back_to, NOBODY),),
        )
    elif reason.then == "nurture" and reason.back_to == SALES:
        yield Problem(
            At((*path, "then")),
            say("to nurture a lead is marketing's work, but it goes back to sales"),
            because=(back_to,),
            fixes=(Edit(At((*path, "back_to")), SALES, MARKETING),),
        )
    elif reason.come_back_after is not None and reason.back_to != MARKETING:
        yield Problem(
            At((*path, "come_back_after")),
            say("marketing is to contact the lead again, but does not get it: it goes back to {who}", who=_who(reason)),
            because=(back_to,),
        )
    elif goes_nowhere and reason.within is not None:
        yield Problem(
            At((*path, "within")),
            say("the lead goes back to nobody, so nothing can be due in this time"),
            because=(back_to,),
        )
    elif reason.within and reason.come_back_after and surely_shorter(reason.come_back_after, reason.within):
        yield Problem(
            At((*path, "within")),
            say(
                "marketing has {within} for its step, but contacts the lead again after {after} already",
                within=reason.within,
                after=reason.come_back_after,
            ),
            because=(Because(At((*path, "come_back_after"))),),
        )


def _who(reason: ReturnReason) -> Message:
    return say("sales") if reason.back_to == SALES else say("nobody")


@rule(
    "SLA410",
    "Nobody knows when a nurtured lead is contacted again",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        return_reasons:
          too_early:
            found: after accepting
            back_to: marketing
            then: nurture            # SLA410
        """,
    good="""
        return_reasons:
          too_early:
            found: after accepting
            back_to: marketing
            then: nurture
            come_back_after: 60 days
        """,
)
def nurtured_without_a_day(agreement: Agreement) -> Iterator[Problem]:
    """
    "Not now" is the best reason for a return that there is, if somebody calls again on the right day. Without
    `come_back_after` the lead stays in the newsletter for ever, and a promise to contact returned leads again in time
    (`recycled_on_time`) has nothing to be measured by.
    """
    for name, reason in (agreement.sections.return_reasons or {}).items():
        # of the reasons with a BANT question, the rule about those questions speaks
        is_open = reason.come_back_after is None and reason.bant is None
        if reason.then == "nurture" and reason.back_to == MARKETING and is_open:
            yield Problem(
                At(("return_reasons", name, "then")),
                say("nothing says when a lead that came back for {reason} is contacted again", reason=Written(name)),
                note=say("add a line such as {example}", example=Written("come_back_after: 60 days")),
            )


@rule(
    "SLA411",
    "A limit for handing over again that does not fit the returns",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        return_reasons:
          bad_data: {found: before accepting, back_to: marketing, then: repair}   # because
        hand_off_again: {at_most: 0, in: 12 months}                               # SLA411
        """,
    good="""
        return_reasons:
          bad_data: {found: before accepting, back_to: marketing, then: repair}
        hand_off_again: {at_most: 2, in: 12 months}
        """,
)
def limit_that_does_not_fit(agreement: Agreement) -> Iterator[Problem]:
    """
    Marketing repairs a lead, or nurtures it for two months, in order to hand it over again. A limit of 0 forbids that.
    And a limit that counts over a shorter time than a lead needs to come back is never reached: the same lead could
    go to and fro for ever. Count over a year, as most teams do.
    """
    limit = agreement.sections.hand_off_again
    reasons = agreement.sections.return_reasons or {}
    if limit is None:
        return
    coming_back = [name for name, reason in reasons.items() if reason.back_to == MARKETING]
    if limit.at_most == 0 and coming_back:
        yield Problem(
            At(("hand_off_again", "at_most")),
            say("no lead may be handed over again, but it comes back for {reasons}", reasons=all_of(coming_back)),
            because=tuple(Because(At(("return_reasons", name, "back_to"))) for name in coming_back[:3]),
            note=say("write at least {number}, or send these leads to nobody", number=1),
        )
    elif limit.at_most > 0:
        too_late = [
            name
            for name, reason in reasons.items()
            if reason.come_back_after is not None and surely_shorter(limit.in_, reason.come_back_after)
        ]
        if too_late and len(too_late) == len(coming_back):
            yield Problem(
                At(("hand_off_again", "in")),
                say("within {time} no lead comes back even once, so the limit is never reached", time=limit.in_),
                because=tuple(Because(At(("return_reasons", name, "come_back_after"))) for name in too_late[:3]),
                note=say("count over a longer time, such as {example}", example=Written("12 months")),
            )


@rule(
    "SLA412",
    "A returned lead about which nobody promises anything",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        return_reasons:
          bad_data: {found: before accepting, back_to: marketing, then: repair}   # SLA412
        marketing_promises:
          mql-quality:
            promise: Sales accepts most of what we hand over
            measure: acceptance_rate
            target: 85%
        """,
    good="""
        return_reasons:
          bad_data: {found: before accepting, back_to: marketing, then: repair}
        marketing_promises:
          mql-quality:
            promise: Sales accepts most of what we hand over
            measure: acceptance_rate
            target: 85%
          bad-data-fix:
            promise: Repair a lead that came back for bad data
            only: {return_reason: bad_data}
            starts: returned
            stops: handed_off_again
            within: 48 hours
            target: 90%
        """,
)
def returned_lead_without_a_promise(agreement: Agreement) -> Iterator[Problem]:
    """
    A lead comes back to marketing, and nothing is promised about it: no deadline that starts at `returned`, no promise
    to contact it again in time. Sales sends leads back for a while, sees nothing happen, and then closes them instead.

    A clock that starts at `returned`, the measure `recycled_on_time` (with `come_back_after` at the reason), or a time
    at the reason itself (`within`) settles it.
    """
    if not agreement.sections.marketing_promises:
        # that marketing promises nothing at all has findings of its own
        return
    promises = agreement.promises()
    is_recycled = any(item.measured and item.measured.measure == "recycled_on_time" for item in promises)
    clocks = [item for item in promises if item.clock is not None and item.clock.starts == "returned"]
    forgotten = [
        name
        for name, reason in (agreement.sections.return_reasons or {}).items()
        if _needs_a_promise(reason)
        and not (is_recycled and reason.come_back_after is not None)
        and not any(_may_be_about(clock, name) for clock in clocks)
    ]
    if forgotten:
        first, *others = forgotten
        yield Problem(
            At(("return_reasons", first), "key"),
            say("no promise of marketing is about leads that come back for {reasons}", reasons=all_of(forgotten)),
            because=tuple(Because(At(("return_reasons", name), "key")) for name in others[:5]),
            note=say(
                "promise a deadline from {event} on, or {measure}",
                event=Written("returned"),
                measure=Written("measure: recycled_on_time"),
            ),
        )


def _needs_a_promise(reason: ReturnReason) -> bool:
    """Whether marketing has something to do, and the reason itself does not say by when."""
    if reason.back_to != MARKETING or reason.then in ENDS_HERE or reason.within is not None:
        return False
    # a nurtured lead without a day is told already
    return reason.then != "nurture" or reason.come_back_after is not None


def _may_be_about(promise: Promise, reason: str) -> bool:
    """Whether a promise may be about leads that came back for a reason; only a plain test can exclude it."""
    parts = promise.only.parts if promise.only is not None else ()
    tests = [part for part in parts if isinstance(part, FieldIs) and part.field == "return_reason"]
    return not any(
        (test.test.kind is Kind.ONE_OF and reason not in test.test.operands)
        or (test.test.kind is Kind.NOT_ONE_OF and reason in test.test.operands)
        for test in tests
    )
