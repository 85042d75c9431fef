"""What real leads and past months say of a change, in sentences: the same in text and in Markdown.

Each part has a few sentences that stand alone, and details that a reader may unfold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checker.impact import Cost, Effect, Impact, ListImpact, ListKind, Moved, PromiseImpact, RateImpact, ReadBy
from checker.logic.plan_names import spelled_out, when
from checker.message import Argument, Message, all_of, say, say_counted
from checker.quantity import Money, Share
from checker.report.impact_of_load import details_of_load, load_sentences
from checker.report.impact_of_promises import name_of, promise_parts
from checker.report.impact_of_stages import Detail, details_of_stage, ids, stage_sentences


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said, in the order in which a reader needs it, and the details.

    leads: real leads that count otherwise, a paragraph for each stage and list
    load, money: what sellers get against what they take; what each lead may cost
    past: the promises of past months under both texts, and rates that the change makes stale
    asked: from when it holds, and who has to agree
    """

    leads: tuple[tuple[Message, ...], ...] = ()
    load: tuple[Message, ...] = ()
    money: tuple[Message, ...] = ()
    past: tuple[tuple[Message, ...], ...] = ()
    asked: tuple[Message, ...] = ()
    details: tuple[Detail, ...] = ()

    @property
    def paragraphs(self) -> tuple[tuple[Message, ...], ...]:
        """All of it, one after the other."""
        return tuple(part for part in (*self.leads, self.load, self.money, *self.past, self.asked) if part)


def title(impact: Impact) -> Message:
    """Of which leads and months it speaks."""
    return say("What {period} would have been:", period=impact.period)


def told(impact: Impact) -> Told:
    """What is to be said of an impact."""
    leads: list[tuple[Message, ...]] = []
    past: list[tuple[Message, ...]] = []
    details: list[Detail] = []
    for stage in impact.stages:
        leads.append(tuple(stage_sentences(stage, impact)))
        details += details_of_stage(stage)
    for listed in impact.lists:
        leads.append(tuple(_list(listed)))
        details += _details_of_list(listed)
    promises = promise_parts(impact)
    past += [(sentence,) for sentence in promises.sentences]
    for promise in impact.promises:
        details += _leads_of_promise(promise)
    if promises.months:
        details.append(Detail(say("Promises month by month"), promises.months))
    if promises.others:
        details.append(Detail(say("Promises that are counted a little differently"), promises.others))
    rates = tuple(_rates(impact.rates))
    if rates:
        past.append(rates)
        by_channel = tuple(_rate_of_channel(rate) for rate in impact.rates if rate.channel is not None and rate.before)
        if by_channel and len(by_channel) > 1:
            details.append(Detail(say("Rates by channel"), by_channel))
    load = tuple(load_sentences(impact.load, impact.more_a_month))
    money = tuple(map(_cost, impact.costs))
    if not (leads or past or load or money):
        past.append((say("No lead and no promise of this time would have been judged otherwise."),))
    return Told(
        tuple(part for part in leads if part),
        load,
        money,
        tuple(past),
        tuple(_asked(impact.holds_from, impact.asked)),
        (*details, *details_of_load(impact.load)),
    )


def told_without_data(effect: Effect) -> Told:
    """What is to be said of what the text alone asks of sellers, money and people."""
    return Told(
        load=tuple(load_sentences(effect.load)),
        money=tuple(map(_cost, effect.costs)),
        asked=tuple(_asked(effect.holds_from, effect.asked)),
        details=tuple(details_of_load(effect.load)),
    )


def _leads_of_promise(promise: PromiseImpact) -> Iterator[Detail]:
    if promise.worse:
        yield Detail(
            say("Leads that would not be as promised any more: {promise}", promise=name_of(promise)),
            (ids(promise.worse),),
        )
    if promise.better:
        yield Detail(
            say("Leads that would be as promised now: {promise}", promise=name_of(promise)), (ids(promise.better),)
        )


# ---------------------------------------------------------------- ordered lists


def _list(listed: ListImpact) -> Iterator[Message]:
    is_routing = listed.kind is ListKind.ROUTING
    if not listed.moved:
        if is_routing:
            yield say("No lead that was handed over would have gone to somebody else.")
        else:
            yield say("No lead of this time would have another rank.")
    for move in listed.moved[:_MOST_MOVES]:
        yield _move(move, is_routing=is_routing, among=listed.among)
    if listed.cannot_tell:
        yield say_counted(
            "Of {count} it cannot be told: a field that a line asks for is blank.",
            "Of {count} it cannot be told: a field that a line asks for is blank.",
            count=listed.cannot_tell,
        )


_MOST_MOVES = 3


def _move(move: Moved, *, is_routing: bool, among: int) -> Message:
    if is_routing:
        return say_counted(
            "{count} of {among} leads handed over would have gone to {new} instead of {old}.",
            "{count} of {among} leads handed over would have gone to {new} instead of {old}.",
            count=move.leads.count,
            among=among,
            new=all_of(move.new) if move.new else say("nobody"),
            old=all_of(move.old) if move.old else say("nobody"),
        )
    return say_counted(
        "{count} of {among} leads would have {new} instead of {old}.",
        "{count} of {among} leads would have {new} instead of {old}.",
        count=move.leads.count,
        among=among,
        new=_rank(move.new),
        old=_rank(move.old),
    )


def _rank(names: tuple[str, ...]) -> Message:
    return say("the rank “{rank}”", rank=names[0]) if names else say("no rank")


def _details_of_list(listed: ListImpact) -> Iterator[Detail]:
    if not listed.moved:
        return
    is_routing = listed.kind is ListKind.ROUTING
    lines: list[Message] = []
    for move in listed.moved:
        moved = _move(move, is_routing=is_routing, among=listed.among)
        lines.append(say("{moved} {leads}", moved=moved, leads=ids(move.leads.leads)))
    heading = say("Leads that go to others") if is_routing else say("Leads with another rank")
    yield Detail(heading, tuple(lines))


# ---------------------------------------------------------------- rates, sellers, money


def _rates(rates: Iterable[RateImpact]) -> Iterator[Message]:
    """A sentence for each rate: of all channels together, where it is measured for several."""
    seen: set[str] = set()
    for rate in rates:
        if rate.rate in seen:
            continue
        seen.add(rate.rate)
        yield _rate(rate)


def _rate(rate: RateImpact) -> Message:
    arguments: dict[str, Argument] = {"first": rate.labels[0], "second": rate.labels[1]}
    if rate.before is None or rate.after is None:
        if rate.written is None:
            return say(
                "The rates from {first} to {second} hold for leads that counted so far; nobody knows those of the "
                "others yet.",
                **arguments,
            )
        return say(
            "{share} from {first} to {second} holds for leads that counted so far; nobody knows it of the others yet.",
            share=rate.written,
            **arguments,
        )
    arguments |= {
        "old": Share(Fraction(*rate.before)),
        "new": Share(Fraction(*rate.after)),
        "part": rate.after[0],
        "whole": rate.after[1],
    }
    if rate.written is None:
        return say(
            "The rates from {first} to {second} were measured under the old rule: {old} then, {new} now "
            "({part} of {whole}).",
            **arguments,
        )
    return say(
        "{share} from {first} to {second} was measured under the old rule: {old} then, {new} now ({part} of {whole}).",
        share=rate.written,
        **arguments,
    )


def _rate_of_channel(rate: RateImpact) -> Message:
    before, after = rate.before or (0, 1), rate.after or (0, 1)
    return say(
        "{channel}: {new} ({part} of {whole}) instead of {old}; {share} is written",
        channel=rate.channel_label or "",
        new=Share(Fraction(*after)),
        old=Share(Fraction(*before)),
        part=after[0],
        whole=after[1],
        share=rate.written or Share(Fraction(0)),
    )


def _cost(cost: Cost) -> Message:
    by = Share(abs(cost.change))
    arguments: dict[str, Argument] = {
        "stage": cost.label,
        "new": _rounded(cost.after),
        "old": _rounded(cost.before),
        "share": Share(Fraction(round(by.value * 100), 100)),
        "when": when(cost.months),
    }
    if cost.has_same_budget:
        if cost.change < 0:
            return say(
                "No money was added, so each {stage} must cost {share} less: {new} instead of {old} {when}.",
                **arguments,
            )
        return say(
            "The money stays, so each {stage} may cost {share} more: {new} instead of {old} {when}.", **arguments
        )
    if cost.change < 0:
        return say(
            "The budgets pay {new} for each {stage} instead of {old} {when}: each must cost {share} less.", **arguments
        )
    return say(
        "The budgets pay {new} for each {stage} instead of {old} {when}: each may cost {share} more.", **arguments
    )


def _rounded(money: Money) -> Money:
    return Money(Fraction(round(money.amount)), money.currency)


# ---------------------------------------------------------------- from when, of what data


def _asked(holds_from: date | None, asked: Sequence[Message]) -> Iterator[Message]:
    """From when it holds and who has to agree; nothing where nobody owes anything else."""
    if not asked and holds_from is None:
        return
    if asked:
        yield say("Asked to approve: {people}.", people=spelled_out(asked))
    if holds_from is not None:
        yield say("It holds from {day} on.", day=holds_from)
    else:
        yield say("It holds from the release that carries it.")


def of_what_data(impact: Impact) -> Iterator[Message]:
    """Which data, as of when, and what is to be known about it."""
    yield say("Counted on {files}, as of {day}.", files=all_of([f"{file}" for file in impact.files]), day=impact.as_of)
    for note in impact.notes:
        yield say("{note}.", note=note)
    if impact.read_by is ReadBy.NEW:
        yield say("The two versions read the data differently; it was read as the new one says.")
    if impact.read_by is ReadBy.OLD:
        yield say("The new version does not say how to read the data; it was read as the old one says.")
