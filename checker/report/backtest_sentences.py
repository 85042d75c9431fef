"""Sentences about a test of the criteria, made of plain numbers: for the report, and for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checker.backtested import Finding, Reason, Subject
from checker.message import Argument, Message, Written, all_of, say, say_counted
from checker.quantity import Share
from checker.report.names import Names

TITLE = say("Do the criteria tell who buys?")
ONLY_THOSE_WHO_CAME = say(
    "What is asked counts back from the day on which a lead came here, so only leads that came here are compared, and "
    "not those that never did."
)
NO_DIFFERENCE, TOO_FEW = say("no difference to be told"), say("too few to tell")


@dataclass(frozen=True, slots=True)
class Bought:
    """Some leads, and how many of them bought."""

    won: int
    leads: int


def of_whom_bought(found: Bought) -> Message:
    """`19 of 240 bought (7.9%)`."""
    if not found.leads:
        return say("there is none")
    return say(
        "{part} of {whole} bought ({share})",
        part=found.won,
        whole=found.leads,
        share=Share(Fraction(found.won, found.leads)),
    )


def chance_in_words(chance: float) -> Message:
    """How often something happens by chance, after "chance alone would part them so far"."""
    if chance < 0.001:
        return say("in fewer than 1 of 1,000 cases")
    if chance < 0.01:
        return say("in {count} of 1,000 cases", count=round(chance * 1000))
    return say("in {count} of 100 cases", count=round(chance * 100))


def heading(subject: Subject, name: str, condition: Message, names: Names) -> Message:
    """What a criterion is called; `condition` is its first condition in words."""
    match subject:
        case Subject.STAGE:
            return say("The conditions of {stage}", stage=names.short_stage(name))
        case Subject.RANK:
            return say("The rank “{rank}”", rank=name)
        case Subject.POINTS:
            return say("Points alone: {condition}", condition=condition)


def verdict(fits: Bought, others: Bought, chance: float | None, tells: bool | None) -> Message:
    """What a criterion tells. `chance` is None where there are too few leads to tell anything."""
    arguments: dict[str, Argument] = {"fits": of_whom_bought(fits), "others": of_whom_bought(others)}
    if chance is None:
        return say("Too few leads to tell. Who fits: {fits}. Who does not: {others}.", **arguments)
    arguments["chance"] = chance_in_words(chance)
    if tells is None:
        return say(
            "No sign that who fits buys more often. Who fits: {fits}. Who does not: {others}. Chance alone would part "
            "them so far {chance}.",
            **arguments,
        )
    if tells:
        return say(
            "Who fits buys more often. Who fits: {fits}. Who does not: {others}. Chance alone would part them so far "
            "{chance}.",
            **arguments,
        )
    return say(
        "Who fits buys less often: the conditions sort the wrong way. Who fits: {fits}. Who does not: {others}. "
        "Chance alone would part them so far {chance}.",
        **arguments,
    )


def lift(times: Fraction | float) -> Message:
    """How much more often who fits buys."""
    rounded = Fraction(round(times * 10), 10)
    return say("Who fits buys {times} times as often as all these leads together.", times=rounded)


def recall(fits: Bought, customers: int) -> Message:
    """How many of the customers fit."""
    return say(
        "Of {whole} customers {part} fit ({share}).",
        whole=customers,
        part=fits.won,
        share=Share(Fraction(fits.won, customers)),
    )


def untold(leads: int, whole: int) -> Message:
    """Of how many leads a criterion cannot be told; there is at least one."""
    arguments: dict[str, Argument] = {"part": leads, "whole": whole, "share": Share(Fraction(leads, whole))}
    if leads == whole:
        return say("Of none of these {whole} leads it can be told.", whole=whole)
    if 2 * leads >= whole:
        return say(
            "Of {part} of {whole} leads ({share}) it cannot be told: what is said here is about the smaller part of "
            "them.",
            **arguments,
        )
    return say("Of {part} of {whole} leads ({share}) it cannot be told.", **arguments)


def who_fits_buys(tells: bool | None, chance: float | None) -> Message:
    """In a table, under "who fits buys": how often."""
    if chance is None:
        return TOO_FEW
    return {True: say("more often"), False: say("less often"), None: NO_DIFFERENCE}[tells]


def adds(chance: float | None, helps: bool | None) -> Message:
    """What a condition adds."""
    if chance is None:
        return TOO_FEW
    if helps is None:
        return NO_DIFFERENCE
    if helps:
        return say("it keeps out leads that buy less often")
    return say("it keeps out leads that buy more often, and may do harm")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of other bounds of a condition: see `checker.backtested.ThresholdRecord`. `better` is the condition
    with the best of them.
    """

    condition: Message
    finding: Finding
    number: int
    later_from: date
    earlier: Bought
    better: Message | None
    is_looser: bool
    moved: Bought
    others: Bought
    chance: float | None


def other_bounds(found: Tried) -> Message:
    """What came of trying them."""
    condition = found.condition
    tried = say_counted(
        "{count} other bound was tried on the leads that came before {day}",
        "{count} other bounds were tried on the leads that came before {day}",
        count=found.number,
        day=found.later_from,
    )
    match found.finding:
        case Finding.NO_SIGNAL:
            return say("{condition}: {tried}, and none shows a sign.", condition=condition, tried=tried)
        case Finding.AS_IT_IS:
            return say("{condition}: {tried}, and none does better.", condition=condition, tried=tried)
    if found.better is None:
        return say(
            "{condition}: too few leads to try other bounds. Of those that came before {day} and fit all the other "
            "conditions, {earlier}.",
            condition=condition,
            day=found.later_from,
            earlier=of_whom_bought(found.earlier),
        )
    arguments: dict[str, Argument] = {
        "condition": condition,
        "tried": tried,
        "better": found.better,
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


def refusal(field: str, reason: Reason, part: int, whole: int, others: int) -> Message:
    """Why a criterion is not tested: a field that is filled in too late for it."""
    match reason:
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
    arguments: dict[str, Argument] = {"field": field, "part": part, "whole": whole, "others": others}
    if reason is Reason.ONLY_HANDED_OVER:
        return say(
            "Not tested: {field} seems to be filled in after the handoff. {part} of {whole} leads that were handed "
            "over have it, and none of {others} others.",
            **arguments,
        )
    if reason is Reason.ONLY_CLOSED:
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


@dataclass(frozen=True, slots=True)
class Closed:
    """The leads that were looked at: see `checker.backtested.BacktestFile`."""

    as_of: date
    files: tuple[str, ...]
    leads: int
    young: int
    customers: int
    slow: int
    cycle: int
    age: int


def about(closed: Closed) -> Iterator[Message]:
    """Which leads were looked at."""
    yield say_counted(
        "{count} lead came at least {age} days before {day}: who of them has not bought by now hardly will.",
        "{count} leads came at least {age} days before {day}: who of them has not bought by now hardly will.",
        count=closed.leads,
        age=closed.age,
        day=closed.as_of,
    )
    if closed.young:
        yield say_counted(
            "{count} younger lead is left out, won or lost or open.",
            "{count} younger leads are left out, won or lost or open.",
            count=closed.young,
        )


def how(closed: Closed) -> tuple[Message, ...]:
    """How it was counted, and what it does not show."""
    return (
        say("Counted on {files}, as of {day}.", files=all_of(closed.files), day=closed.as_of),
        say(
            "A lead is looked at {age} days after it came: one and a half times the {cycle} days within which half "
            "of the customers bought, and no fewer than nine of ten took. {slow} of {customers} took longer.",
            age=closed.age,
            cycle=closed.cycle,
            slow=closed.slow,
            customers=closed.customers,
        ),
        say(
            "The conditions of a stage are put to the leads that came to the stage before it, as things stood on "
            "the day on which they came to the stage, and for others as they stand now."
        ),
        say(
            "Chances are those of Fisher's exact test, ranges those of Wilson. Where several channels, conditions, "
            "bounds or actions are looked at together, the chance holds for all of them together (Holm)."
        ),
        say(
            "Such numbers show what went together in the past. They do not show what makes a lead buy: sales may "
            "have worked harder on leads that fit."
        ),
    )


def as_exported(fields: Sequence[str]) -> Message:
    """That fields may have changed since the day that counts."""
    return say(
        "Mind that the data has this as it was when it was exported, and not as it was on the day of the lead: "
        "{fields}. What happened later may have changed it.",
        fields=Written(", ".join(fields)),
    )


def notes_of_actions(only_the_last: bool, as_exported: bool, cannot_tell: int) -> Iterator[Message]:
    """What one must know to read the points of actions."""
    if only_the_last:
        yield say("The data tells only the last action of each lead: who did something else later counts as not.")
    if as_exported:
        yield say("The data has the actions as they were when it was exported: some may be later than the handoff.")
    if cannot_tell:
        yield say_counted(
            "Of {count} lead no action is known; it is left out.",
            "Of {count} leads no action is known; they are left out.",
            count=cannot_tell,
        )
