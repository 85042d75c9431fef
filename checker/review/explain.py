"""What a promise says and how it is judged, put together from the lines of the agreement."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement, Deadline, Promise
from checker.agreement.base import as_list
from checker.agreement.promises import OWN_WORKING_TIME, LateWith
from checker.agreement.scalars import AS_PLANNED, MonthlyRate
from checker.finding import Explanation, Fact, Path
from checker.logic.steps_in_words import when_taken, who_is_told
from checker.message import Argument, Message, Written, say
from checker.quantity import Share
from checker.text import Document


def explain_promise(agreement: Agreement, document: Document, promise: Promise) -> Explanation:
    """Everything that the agreement says of one promise."""
    writer = _Writer(agreement, document, promise)
    return Explanation(
        promise.id, agreement.text(promise.sentence), document.place(promise.path, "key"), tuple(writer.facts())
    )


class _Writer:
    def __init__(self, agreement: Agreement, document: Document, promise: Promise) -> None:
        self._agreement = agreement
        self._document = document
        self._promise = promise

    def facts(self) -> Iterator[Fact]:
        promise = self._promise
        yield Fact(say("owed by"), _OWED[promise.owes])
        if promise.only is not None:
            yield Fact(say("only for leads with"), self._as_written(promise.only.path))
        yield from self._clock() if promise.clock is not None else self._measure()
        for share, reaction in (promise.written.when_late_leads_reach or {}).items():
            used = Share(Fraction(share.partition("%")[0]) / 100)
            yield Fact(say("{share} of the allowed misses are used up", share=used), self._prose(reaction))
        for waiver in promise.written.not_owed_when or ():
            yield Fact(say("not owed"), _not_owed(waiver))
        yield from self._escalation()
        if promise.written.why is not None:
            yield Fact(say("why"), self._prose(promise.written.why))

    def _clock(self) -> Iterator[Fact]:
        clock = self._promise.clock
        if clock is None:
            return
        yield Fact(say("clock"), say("from {start} to {stop}", start=Written(clock.starts), stop=Written(clock.stops)))
        for deadline in self._promise.deadlines:
            label = say("deadline") if deadline.name is None else Written(deadline.name)
            yield Fact(label, self._deadline(deadline))
        if any(deadline.time.unit.is_business for deadline in self._promise.deadlines):
            yield Fact(say("working time"), self._working_time(clock.working_time))
        if clock.no_answer_means is not None:
            yield Fact(say("silence counts as"), Written(clock.no_answer_means))
        yield Fact(
            say("judged"),
            say("in the month of the deadline; no answer by then is late"),
        )

    def _deadline(self, deadline: Deadline) -> Argument:
        within: Argument = deadline.time
        if deadline.target is not None:
            within = say("{time}, for {target} of them", time=within, target=_target(deadline.target))
        if deadline.when is not None:
            return say("{within}, for leads with {when}", within=within, when=self._as_written(deadline.when.path))
        return within if deadline.name is None else say("{within}, for all others", within=within)

    def _working_time(self, name: str | None) -> Argument:
        if name == OWN_WORKING_TIME:
            return say("that of the seller who has the lead")
        first = next(iter(self._agreement.sections.working_time or {}), None)
        shown = name or first
        return Written(shown) if shown else say("none is written down")

    def _measure(self) -> Iterator[Fact]:
        measured = self._promise.measured
        if measured is None:
            return
        of = Written(measured.of) if measured.of else None
        measure = Written(measured.measure)
        yield Fact(say("measured by"), say("{measure} of {of}", measure=measure, of=of) if of else measure)
        if measured.target is not None:
            yield Fact(say("target"), _target(measured.target))
        if measured.needs is not None:
            yield Fact(say("what counts"), self._as_written((*self._promise.path, "needs")))
        if measured.judged_after is not None:
            yield Fact(
                say("judged"),
                say("when the youngest lead of the month is {age} old", age=measured.judged_after),
            )

    def _escalation(self) -> Iterator[Fact]:
        for step in self._agreement.sections.escalation or ():
            about = as_list(step.of)
            if self._promise.id in about or (not about and self._promise.clock is not None):
                yield Fact(
                    say("escalation"),
                    say(
                        "{then} ({when}; told to {people})",
                        when=when_taken(step),
                        then=self._agreement.text(step.then),
                        people=_joined(who_is_told(step, self._agreement)),
                    ),
                )

    def _as_written(self, path: Path) -> Written:
        written = " ".join(self._document.written(path).split())
        return Written(written.removeprefix("{").removesuffix("}"))

    def _prose(self, text: object) -> str:
        return self._agreement.text(text)


def _joined(told: list[Argument]) -> Argument:
    """One who is told, or several: each may be a name or a message."""
    *others, last = told
    for other in reversed(others):
        last = say("{first} and {second}", first=other, second=last)
    return last


_OWED = {
    "marketing": say("marketing, to sales"),
    "sales": say("sales, to marketing"),
    "both": say("both, to each other"),
}


def _not_owed(waiver: object) -> Message:
    if isinstance(waiver, LateWith):
        return say("where the other side was late with {promise}", promise=Written(waiver.late))
    return say("where the lead did not meet the conditions of the handoff")


def _target(target: Share | MonthlyRate | str) -> Argument:
    if isinstance(target, Share):
        return target
    if isinstance(target, MonthlyRate):
        return say("{count} a month", count=target.count)
    return say("the plan's number") if target == AS_PLANNED else Written(target)
