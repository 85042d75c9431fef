"""What came of one criterion, in sentences and tables: the same for a terminal, a comment and a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from checker.agreement.conditions import FieldTest, Operand, Question
from checker.measures.backtest.contribution import Contribution
from checker.measures.backtest.criterion import Criterion
from checker.measures.backtest.leaks import Leak
from checker.measures.backtest.table import OfGroup, Outcome, Table
from checker.measures.backtest.tested import Backtest, Tested
from checker.measures.backtest.thresholds import Threshold
from checker.message import Message, say, say_counted
from checker.quantity import Share
from checker.report import backtest_sentences as said
from checker.report import parts
from checker.report.backtest_sentences import Bought
from checker.report.condition_words import Sentences
from checker.report.names import Names, as_it_is


def parts_of(tested: Tested, found: Backtest, names: Names, sentences: Sentences) -> Iterator[parts.Part]:
    """The parts about a criterion: what it tells, by channel and persona, what each condition adds, other bounds."""
    criterion = tested.criterion
    heading = said.heading(criterion.subject, criterion.name, sentences.inline(criterion.parts[0]), names)
    if tested.table is None:
        yield parts.Part(heading, tuple(_refusal(leak, names) for leak in tested.leaks))
        return
    yield parts.Part(
        heading,
        tuple(_verdict(tested.table)),
        _table(tested.table),
        tuple(_untold(tested, tested.table, sentences)) + tuple(_notes(tested.criterion, names)),
    )
    for title, groups in ((say("By channel"), tested.channels), (say("By persona"), tested.personas)):
        if len(groups) > 1:
            is_channel = groups is tested.channels
            yield parts.Part(title, table=_groups(groups, names, is_channel=is_channel), level=2)
    if tested.contributions:
        points = tuple(_contribution(each, sentences) for each in tested.contributions)
        yield parts.Part(say("What each condition adds"), points=points, level=2)
    if tested.thresholds:
        points = tuple(_threshold(each, found, names, sentences) for each in tested.thresholds)
        yield parts.Part(say("Other bounds, found on earlier leads and judged on later ones"), points=points, level=2)


# ---------------------------------------------------------------- what it tells


def bought(found: Outcome) -> Bought:
    """The numbers of an outcome."""
    return Bought(found.won, found.leads)


def _verdict(table: Table) -> Iterator[Message]:
    fits = bought(table.fits)
    yield said.verdict(fits, bought(table.fits_not), table.chance if table.is_enough else None, table.tells)
    if not table.is_enough or table.chance is None:
        return
    if table.lift is not None and table.tells is not None:
        yield said.lift(table.lift)
    if table.recall is not None:
        yield said.recall(fits, table.all.won)


def _table(table: Table) -> parts.Table:
    rows = (
        (say("fits"), table.fits),
        (say("does not fit"), table.fits_not),
        (say("cannot be told"), table.cannot_tell),
        (say("all"), table.all),
    )
    return parts.Table(
        (say("Leads that"), say("leads"), say("bought"), say("not"), say("share"), say("range (95%)")),
        tuple((name, *_cells(found)) for name, found in rows),
    )


def _cells(found: Outcome) -> tuple[Message, ...]:
    numbers = (_number(found.leads), _number(found.won), _number(found.leads - found.won))
    return (*numbers, share_of(found), range_of(found.interval))


def _number(count: int) -> Message:
    return say("{number}", number=count)


def share_of(found: Outcome) -> Message:
    """The share that bought; a dash where there is nobody."""
    return say("–") if found.share is None else say("{share}", share=Share(found.share))


def range_of(interval: tuple[float, float] | None) -> Message:
    """An interval of shares, in tenths of a percent."""
    if interval is None:
        return say("–")
    low, high = (Share(Fraction(round(end * 1000), 1000)) for end in interval)
    return say("{low} to {high}", low=low, high=high)


def _untold(tested: Tested, table: Table, sentences: Sentences) -> Iterator[Message]:
    if not table.cannot_tell.leads:
        return
    yield said.untold(table.cannot_tell.leads, table.all.leads)
    if tested.unknown:
        first = tested.unknown[0]
        yield say_counted(
            "Most often this is not known: {condition} ({count} lead).",
            "Most often this is not known: {condition} ({count} leads).",
            count=first.leads,
            condition=sentences.inline(tested.criterion.parts[first.place]),
        )


def _notes(criterion: Criterion, names: Names) -> Iterator[Message]:
    if criterion.only_those_who_came:
        yield said.ONLY_THOSE_WHO_CAME
    if criterion.snapshots:
        yield said.as_exported([names.field(name) for name in criterion.snapshots])


# ---------------------------------------------------------------- groups


def _groups(groups: Sequence[OfGroup], names: Names, *, is_channel: bool) -> parts.Table:
    headings = (
        say("Channel") if is_channel else say("Persona"),
        say("fit"),
        say("bought"),
        say("share"),
        say("do not fit"),
        say("bought"),
        say("share"),
        say("not told"),
        say("who fits buys"),
    )
    return parts.Table(headings, tuple(_group(group, names, is_channel=is_channel) for group in groups), words=1)


def _group(group: OfGroup, names: Names, *, is_channel: bool) -> tuple[Message, ...]:
    table = group.table
    if group.name is None:
        label = say("without a channel") if is_channel else say("without a persona")
    else:
        label = names.channel(group.name) if is_channel else as_it_is(names.persona(group.name))
    cells = [cell for side in (table.fits, table.fits_not) for cell in _three(side)]
    return (label, *cells, _number(table.cannot_tell.leads), said.who_fits_buys(group.tells, group.chance))


def _three(side: Outcome) -> tuple[Message, Message, Message]:
    return _number(side.leads), _number(side.won), share_of(side)


# ---------------------------------------------------------------- conditions


def _contribution(found: Contribution, sentences: Sentences) -> Message:
    told = say(
        "{condition}: alone, {alone}",
        condition=sentences.inline(found.part),
        alone=said.of_whom_bought(bought(found.alone.fits)),
    )
    if found.alone.cannot_tell.leads:
        told = say_counted(
            "{told}; not known of {count} lead",
            "{told}; not known of {count} leads",
            count=found.alone.cannot_tell.leads,
            told=told,
        )
    if not found.kept_out.leads:
        return say("{told}. It keeps out no lead that fits all the others.", told=told)
    return say(
        "{told}. Of those whom it alone keeps out {kept_out}, of those who fit {fits}: {verdict}.",
        told=told,
        kept_out=said.of_whom_bought(bought(found.kept_out)),
        fits=said.of_whom_bought(bought(found.fits)),
        verdict=said.adds(found.chance, found.helps),
    )


def _threshold(found: Threshold, whole: Backtest, names: Names, sentences: Sentences) -> Message:
    return said.other_bounds(
        said.Tried(
            condition=sentences.inline(found.leaf),
            finding=found.finding,
            number=found.tried,
            later_from=whole.closed.later_from,
            earlier=bought(found.earlier),
            better=None if found.best is None else sentences.inline(with_bound(found, names)),
            is_looser=found.is_looser,
            moved=bought(found.moved),
            others=bought(found.others),
            chance=found.chance,
        )
    )


def with_bound(found: Threshold, names: Names) -> Question:
    """The condition with the bound that was best."""
    assert found.best is not None, "asked only where one was found"
    operand = written_bound(found.best, names.agreement.field_kind(found.leaf.field))
    test = FieldTest(found.leaf.test.kind, (operand,), f"{found.leaf.test.kind.value} {operand}")
    return replace(found.leaf, test=test)


def written_bound(bound: Fraction, kind: str | None) -> Operand:
    """A bound as an agreement writes it for a field of this kind."""
    number = int(bound) if bound.denominator == 1 else Decimal(bound.numerator) / Decimal(bound.denominator)
    words = {"days ago": ("day", "days"), "months": ("month", "months")}.get(kind or "")
    return number if words is None else f"{number} {words[0] if number == 1 else words[1]}"


# ---------------------------------------------------------------- refused


def _refusal(leak: Leak, names: Names) -> Message:
    return said.refusal(names.field(leak.field), leak.reason, leak.part, leak.whole, leak.others)
