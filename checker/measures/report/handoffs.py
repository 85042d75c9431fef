"""What goes along with a handoff, what comes back, who gets how much, and what becomes of second handoffs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.agreement.conditions import question
from checker.figure import Attempts, EarlyContacts, FieldFilled, RankCount, ReturnReason, SecondHandoffs, SellerLoad
from checker.funnel.counts import TallyCounts, month_of_code
from checker.funnel.report_counts import owners, reasons
from checker.funnel.rounds import ATTEMPTS
from checker.logic.aggregate import (
    AtLeast,
    Every,
    Fact,
    Fits,
    Happened,
    Opposite,
    Rows,
    Surely,
    Tally,
    count,
    field_is,
    field_known,
)
from checker.measures.bench import Bench
from checker.measures.figures import Counts
from checker.measures.view import View
from checker.quantity import Month, Period

PAYLOAD, TRIED, AGAIN, RANKS, EARLY = "payload", "attempts of", "second handoffs", "ranks", "early contacts"
LEADS, WON, RETURNED, IN_OTHER_MODE = "leads", "won", "returned", "in another mode"
MOST_ATTEMPTS = 10
ENOUGH_TO_NAME = 30
"""Sellers with fewer leads are not named: a few leads say more of luck than of a person."""
CONTACT = "first_personal_contact"


def tallies_of_handoffs(view: View) -> dict[str, Tally]:
    """What is to be counted, by the name of the tally."""
    agreement, found = view.agreement, {}
    fields = [item.field for item in agreement.payload if view.leads.field(item.field) is not None]
    if fields and view.has_event("handed_off"):
        filled = {name: count(Surely(Fits(field_known(name), "handed_off"))) for name in fields}
        found[PAYLOAD] = Tally("handed_off", {LEADS: count(), **filled})
    returns = view.others.get(Rows.RETURNS)
    if returns is not None and returns.has(ATTEMPTS):
        for reason in agreement.sections.return_reasons or {}:
            is_it: Fact = Surely(Fits(field_is("return_reason", reason)))
            tried = {str(n): count(Every((is_it, AtLeast(ATTEMPTS, n)))) for n in range(1, MOST_ATTEMPTS + 1)}
            found[f"{TRIED} {reason}"] = Tally("returned", {LEADS: count(is_it), **tried}, rows=Rows.RETURNS)
    second, won = view.others.get(Rows.AGAIN), agreement.stage_named("won")
    if second is not None:
        numbers = {LEADS: count(), RETURNED: count(Surely(Happened("returned")))}
        if won is not None:
            numbers[WON] = count(Surely(Happened(view.arrival(won))))
        found[AGAIN] = Tally("handed_off", numbers, rows=Rows.AGAIN)
    if agreement.sections.ranking and view.leads.has("lead_id"):
        found[RANKS] = Tally(None, {name: count(fact) for name, fact in _ranks(view).items()})
    others = [name for name, mode in (agreement.sections.modes or {}).items() if mode.contact_by not in (None, "sales")]
    if others and view.has_event(CONTACT) and view.has_field("mode"):
        numbers = {LEADS: count(), IN_OTHER_MODE: count(Surely(Fits(field_is("mode", *others), CONTACT)))}
        found[EARLY] = Tally(CONTACT, numbers)
    return found


def _ranks(view: View) -> dict[str, Fact]:
    """Rank -> who has it: of whom no line above, and this one, surely holds."""
    above: list[Fact] = []
    found: dict[str, list[Fact]] = {}
    for index, rank in enumerate(view.agreement.sections.ranking or ()):
        fits: Fact = Every(())
        if rank.when is not None:
            fits = Surely(Fits(question(rank.when, ("ranking", index, "when"))))
        found.setdefault(rank.rank, []).append(Every((*(Opposite(one) for one in above), fits)))
        above.append(fits)
    return {f"{rank}": facts[0] if len(facts) == 1 else _some(facts) for rank, facts in found.items()}


def _some(facts: list[Fact]) -> Fact:
    return Opposite(Every(tuple(Opposite(fact) for fact in facts)))


def fields_filled(counts: Counts, period: Period | None) -> Iterator[FieldFilled]:
    """By month of the handoff: of all channels, then of each."""
    counted = counts.get(PAYLOAD)
    if not isinstance(counted, TallyCounts):
        return
    for month, channel in _groups(counted, period):
        numbers = counted.month(month) if channel is None else counted.cells[month, channel]
        for name, number in numbers.items():
            if name != LEADS:
                yield FieldFilled(
                    period=str(month), channel=channel, field=name, filled=int(number), leads=int(numbers[LEADS])
                )


def return_reasons(bench: Bench, period: Period | None) -> Iterator[ReturnReason]:
    """By month of the return: of all channels, then of each; the most frequent reasons first."""
    view = bench.view
    setting = bench.counter.setting.of(view.rows_of("returned"))
    found: dict[tuple[Month, str | None], Counter[str | None]] = {}
    for code, channel, reason, number in bench.counter.told("reasons of returns", reasons(setting)):
        month = month_of_code(code)
        for of in dict.fromkeys([None, channel]):
            found.setdefault((month, of), Counter())[reason] += int(number)
    listed = {name.casefold() for name in view.agreement.sections.return_reasons or {}}
    for (month, channel), of_reasons in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        if period is not None and month not in period:
            continue
        for reason, number in sorted(of_reasons.items(), key=lambda item: (-item[1], item[0] or "")):
            yield ReturnReason(
                period=str(month),
                channel=channel,
                reason=reason,
                count=number,
                share=number / of_reasons.total(),
                is_listed=reason is not None and reason.casefold() in listed,
            )


def attempts(view: View, counts: Counts, period: Period | None) -> Iterator[Attempts]:
    """By month of the return and reason."""
    for reason in view.agreement.sections.return_reasons or {}:
        counted = counts.get(f"{TRIED} {reason}")
        for month in _months(counted, period) if isinstance(counted, TallyCounts) else ():
            assert isinstance(counted, TallyCounts)
            numbers = counted.month(month)
            if numbers[LEADS]:
                at_least = {n: int(numbers[str(n)]) for n in range(1, MOST_ATTEMPTS + 1)}
                yield Attempts(period=str(month), reason=reason, returns=int(numbers[LEADS]), at_least=at_least)


def second_handoffs(counts: Counts, period: Period | None) -> Iterator[SecondHandoffs]:
    """By month of the second handoff."""
    counted = counts.get(AGAIN)
    if isinstance(counted, TallyCounts):
        for month in _months(counted, period):
            numbers = counted.month(month)
            yield SecondHandoffs(
                period=str(month),
                handed_over=int(numbers[LEADS]),
                won=int(numbers.get(WON, 0)),
                returned=int(numbers[RETURNED]),
            )


def seller_loads(bench: Bench, period: Period | None) -> Iterator[SellerLoad]:
    """By month of the handoff: the sellers with the most leads first. Whoever got few is not named."""
    view = bench.view
    inputs = view.plan.inputs
    limit = inputs.numbers.get(("limit_per_seller", "handoffs"))
    own = {seller.name.casefold(): seller for seller in inputs.sellers}
    found: dict[Month, Counter[str]] = {}
    statement = owners(bench.counter.setting, "handed_off")
    for code, owner, number in bench.counter.told("owners by month of the handoff", statement):
        found.setdefault(month_of_code(code), Counter())[owner.casefold()] += int(number)
    for month in sorted(month for month in found if period is None or month in period):
        for owner, number in sorted(found[month].items(), key=lambda item: (-item[1], item[0])):
            if owner in own:
                room = None if limit is None else inputs.presence(own[owner], month) * limit
                yield SellerLoad(
                    period=str(month),
                    seller=own[owner].name if number >= ENOUGH_TO_NAME else None,
                    handoffs=number,
                    limit=None if room is None else float(room),
                )


def ranks(counts: Counts) -> Iterator[RankCount]:
    """All leads at the cut-off, in the order of the ranking."""
    counted = counts.get(RANKS)
    if isinstance(counted, TallyCounts):
        for rank, number in counted.month(None).items():
            yield RankCount(rank=rank, leads=int(number))


def early_contacts(counts: Counts, period: Period | None) -> Iterator[EarlyContacts]:
    """By month of the contact."""
    counted = counts.get(EARLY)
    if isinstance(counted, TallyCounts):
        for month in _months(counted, period):
            numbers = counted.month(month)
            yield EarlyContacts(
                period=str(month), contacts=int(numbers[LEADS]), in_other_mode=int(numbers[IN_OTHER_MODE])
            )


def _months(counted: TallyCounts, period: Period | None) -> list[Month]:
    months = {month for month, _ in counted.cells if month is not None}
    return sorted(month for month in months if period is None or month in period)


def _groups(counted: TallyCounts, period: Period | None) -> Iterator[tuple[Month, str | None]]:
    for month in _months(counted, period):
        yield month, None
        yield from ((month, name) for name in sorted(name for at, name in counted.cells if at == month and name))
