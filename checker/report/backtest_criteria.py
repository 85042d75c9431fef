"""What came of one criterion, in sentences and tables: the same for a terminal, a comment and a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from checker.agreement.conditions import FieldTest, Operand, Question
from checker.backtested import Finding, Reason, Subject
from checker.measures.backtest.contribution import Contribution
from checker.measures.backtest.criterion import Criterion
from checker.measures.backtest.leaks import Leak
from checker.measures.backtest.table import OfGroup, Outcome, Table
from checker.measures.backtest.tested import Backtest, Tested
from checker.measures.backtest.thresholds import Threshold
from checker.message import Argument, Message, Written, say, say_counted
from checker.quantity import Share
from checker.report import parts
from checker.report.condition_words import Sentences
from checker.report.names import Names, as_it_is

NO_DIFFERENCE, TOO_FEW = say("no difference to be told"), say("too few to tell")
_HALF = Fraction(1, 2)


def parts_of(tested: Tested, found: Backtest, names: Names, sentences: Sentences) -> Iterator[parts.Part]:
    """The parts about a criterion: what it tells, by channel and persona, what each condition adds, other bounds."""
    heading = _heading(tested.criterion, names, sentences)
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


def _heading(criterion: Criterion, names: Names, sentences: Sentences) -> Message:
    match criterion.subject:
        case Subject.STAGE:
            return say("The conditions of {stage}", stage=names.short_stage(criterion.name))
        case Subject.RANK:
            return say("The rank “{rank}”", rank=criterion.name)
        case Subject.POINTS:
            return say("Points alone: {condition}", condition=sentences.inline(criterion.parts[0]))


# ---------------------------------------------------------------- what it tells


def chance_in_words(chance: float) -> Message:
    """How often something happens by chance, after "chance alone would part them so far"."""
    if chance < 0.001:
        return say("in fewer than 1 of 1,000 cases")
    if chance < 0.01:
        return say("in {count} of 1,000 cases", count=round(chance * 1000))
    return say("in {count} of 100 cases", count=round(chance * 100))


def of_whom_bought(found: Outcome) -> Message:
    """`19 of 240 bought (7.9%)`."""
    if not found.leads:
        return say("there is none")
    return say(
        "{part} of {whole} bought ({share})", part=found.won, whole=found.leads, share=Share(found.share or Fraction(0))
    )


def _verdict(table: Table) -> Iterator[Message]:
    arguments: dict[str, Argument] = {"fits": of_whom_bought(table.fits), "others": of_whom_bought(table.fits_not)}
    if not table.is_enough or table.chance is None:
        yield say("Too few leads to tell. Who fits: {fits}. Who does not: {others}.", **arguments)
        return
    arguments["chance"] = chance_in_words(table.chance)
    if table.tells is None:
        yield say(
            "No sign that who fits buys more often. Who fits: {fits}. Who does not: {others}. Chance alone would part "
            "them so far {chance}.",
            **arguments,
        )
    elif table.tells:
        yield say(
            "Who fits buys more often. Who fits: {fits}. Who does not: {others}. Chance alone would part them so far "
            "{chance}.",
            **arguments,
        )
    else:
        yield say(
            "Who fits buys less often: the conditions sort the wrong way. Who fits: {fits}. Who does not: {others}. "
            "Chance alone would part them so far {chance}.",
            **arguments,
        )
    if table.lift is not None and table.tells is not None:
        yield say("Who fits buys {times} times as often as all these leads together.", times=_times(table.lift))
    if table.recall is not None:
        yield say(
            "Of {whole} customers {part} fit ({share}).",
            whole=table.all.won,
            part=table.fits.won,
            share=Share(table.recall),
        )


def _times(ratio: Fraction) -> Fraction:
    return Fraction(round(ratio * 10), 10)


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
    untold, total = table.cannot_tell.leads, table.all.leads
    if not untold:
        return
    arguments: dict[str, Argument] = {"part": untold, "whole": total, "share": Share(Fraction(untold, total))}
    if untold == total:
        yield say("Of none of these {whole} leads it can be told.", whole=total)
    elif Fraction(untold, total) >= _HALF:
        yield say(
            "Of {part} of {whole} leads ({share}) it cannot be told: what is said here is about the smaller part of "
            "them.",
            **arguments,
        )
    else:
        yield say("Of {part} of {whole} leads ({share}) it cannot be told.", **arguments)
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
        yield say(
            "What is asked counts back from the day on which a lead came here, so only leads that came here are "
            "compared, and not those that never did."
        )
    if criterion.snapshots:
        fields = Written(", ".join(names.field(name) for name in criterion.snapshots))
        yield say(
            "Mind that the data has this as it was when it was exported, and not as it was on the day of the lead: "
            "{fields}. What happened later may have changed it.",
            fields=fields,
        )


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
    return (label, *cells, _number(table.cannot_tell.leads), _tells(group))


def _three(side: Outcome) -> tuple[Message, Message, Message]:
    return _number(side.leads), _number(side.won), share_of(side)


def _tells(group: OfGroup) -> Message:
    if group.chance is None:
        return TOO_FEW
    return {True: say("more often"), False: say("less often"), None: NO_DIFFERENCE}[group.tells]


# ---------------------------------------------------------------- conditions


def _contribution(found: Contribution, sentences: Sentences) -> Message:
    told = say(
        "{condition}: alone, {alone}", condition=sentences.inline(found.part), alone=of_whom_bought(found.alone.fits)
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
        kept_out=of_whom_bought(found.kept_out),
        fits=of_whom_bought(found.fits),
        verdict=_adds(found),
    )


def _adds(found: Contribution) -> Message:
    if found.chance is None:
        return TOO_FEW
    if found.helps is None:
        return NO_DIFFERENCE
    if found.helps:
        return say("it keeps out leads that buy less often")
    return say("it keeps out leads that buy more often, and may do harm")


def _threshold(found: Threshold, whole: Backtest, names: Names, sentences: Sentences) -> Message:
    condition = sentences.inline(found.leaf)
    tried = say_counted(
        "{count} other bound was tried on the leads that came before {day}",
        "{count} other bounds were tried on the leads that came before {day}",
        count=found.tried,
        day=whole.closed.later_from,
    )
    match found.finding:
        case Finding.NO_SIGNAL:
            return say("{condition}: {tried}, and none shows a sign.", condition=condition, tried=tried)
        case Finding.AS_IT_IS:
            return say("{condition}: {tried}, and none does better.", condition=condition, tried=tried)
    if found.best is None:
        return say(
            "{condition}: too few leads to try other bounds. Of those that came before {day} and fit all the other "
            "conditions, {earlier}.",
            condition=condition,
            day=whole.closed.later_from,
            earlier=of_whom_bought(found.earlier),
        )
    arguments: dict[str, Argument] = {
        "condition": condition,
        "tried": tried,
        "better": sentences.inline(with_bound(found, names)),
        "moved": of_whom_bought(found.moved),
        "others": of_whom_bought(found.others),
    }
    moving = (
        say("Of the later leads that it would let in, {moved}; of those who stay out, {others}", **_two(arguments))
        if found.is_looser
        else say(
            "Of the later leads that it would shut out, {moved}; of those who stay in, {others}", **_two(arguments)
        )
    )
    arguments["moving"] = moving
    if found.chance is None:
        return say("{condition}: {tried}. Best was “{better}”. {moving}: too few to tell.", **_rest(arguments))
    arguments["chance"] = chance_in_words(found.chance)
    if found.finding is Finding.WORTH_TRYING:
        return say(
            "{condition}: “{better}” is worth trying. {tried}. {moving}; chance alone would part them so far {chance}.",
            **_rest(arguments),
        )
    return say(
        "{condition}: {tried}. Best was “{better}”, but the later leads do not confirm it. {moving}; chance alone "
        "would part them so far {chance}.",
        **_rest(arguments),
    )


def _two(arguments: dict[str, Argument]) -> dict[str, Argument]:
    return {name: arguments[name] for name in ("moved", "others")}


def _rest(arguments: dict[str, Argument]) -> dict[str, Argument]:
    return {name: value for name, value in arguments.items() if name not in ("moved", "others")}


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
    field = names.field(leak.field)
    match leak.reason:
        case Reason.AFTER_HANDOFF:
            return say(
                "Not tested: {field} is filled in after the handoff. Nobody can know it when a lead is handed over, "
                "and whoever has it filled in is already on the way to buy.",
                field=field,
            )
        case Reason.OUTCOME:
            return say(
                "Not tested: {field} says how far a lead has come by now, so that who bought always fits.", field=field
            )
        case Reason.NO_DAY:
            return say(
                "Not tested: {field} counts back from the day on which a lead comes here, and the data does not tell "
                "that day.",
                field=field,
            )
    arguments: dict[str, Argument] = {"field": field, "part": leak.part, "whole": leak.whole, "others": leak.others}
    if leak.reason is Reason.ONLY_HANDED_OVER:
        return say(
            "Not tested: {field} seems to be filled in after the handoff. {part} of {whole} leads that were handed "
            "over have it, and none of {others} others.",
            **arguments,
        )
    if leak.reason is Reason.ONLY_CLOSED:
        return say(
            "Not tested: {field} seems to be filled in when a deal is closed. {part} of {whole} leads that were won or "
            "lost have it, and none of {others} others.",
            **arguments,
        )
    return say(
        "Not tested: {field} seems to be filled in when somebody buys. {part} of {whole} customers have it, and none "
        "of {others} others.",
        **arguments,
    )
