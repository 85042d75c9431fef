"""All that a test of the criteria says, as parts of a page."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.measures.backtest.actions import ActionPoints, Actions
from checker.measures.backtest.tested import Backtest
from checker.message import Message, all_of, say, say_counted
from checker.quantity import Share
from checker.report.backtest_criteria import NO_DIFFERENCE, TOO_FEW, of_whom_bought, parts_of
from checker.report.condition_words import Sentences
from checker.report.names import Names, as_it_is
from checker.report.parts import Page, Part, Table


def page_of(found: Backtest, names: Names) -> Page:
    """The page."""
    sentences = Sentences(names)
    about = [part for tested in found.tested for part in parts_of(tested, found, names, sentences)]
    if found.actions is not None:
        about.append(_actions(found.actions, names))
    return Page(say("Do the criteria tell who buys?"), tuple(_about(found)), (*about, _how(found)))


def _about(found: Backtest) -> Iterator[Message]:
    closed = found.closed
    yield say_counted(
        "{count} lead came at least {age} days before {day}: who of them has not bought by now hardly will.",
        "{count} leads came at least {age} days before {day}: who of them has not bought by now hardly will.",
        count=closed.leads,
        age=closed.age,
        day=found.as_of,
    )
    if closed.young:
        yield say_counted(
            "{count} younger lead is left out, won or lost or open.",
            "{count} younger leads are left out, won or lost or open.",
            count=closed.young,
        )


def _how(found: Backtest) -> Part:
    closed = found.closed
    return Part(
        say("How this was counted"),
        (
            say("Counted on {files}, as of {day}.", files=all_of(found.files), day=found.as_of),
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
        ),
    )


# ---------------------------------------------------------------- actions


def _actions(actions: Actions, names: Names) -> Part:
    headings = (
        say("Action"),
        say("points"),
        say("did it"),
        say("bought"),
        say("share"),
        say("did not: share"),
        say("times as often"),
        say("range (95%)"),
        say("who did it buys"),
    )
    ordered = sorted(actions.actions, key=lambda action: -action.points)
    return Part(
        say("Points of actions, and what the data says of them"),
        tuple(_of_what(actions)),
        Table(headings, tuple(_row(action, names) for action in ordered), words=1),
        points=tuple(_at_odds(actions, names)),
    )


def _of_what(actions: Actions) -> Iterator[Message]:
    if actions.is_last:
        yield say("The data tells only the last action of each lead: who did something else later counts as not.")
    if actions.is_snapshot:
        yield say("The data has the actions as they were when it was exported: some may be later than the handoff.")
    if actions.cannot_tell:
        yield say_counted(
            "Of {count} lead no action is known; it is left out.",
            "Of {count} leads no action is known; they are left out.",
            count=actions.cannot_tell,
        )


def _row(action: ActionPoints, names: Names) -> tuple[Message, ...]:
    did, other = action.did.share, action.did_not.share
    ratio = did / other if did is not None and other else None
    none = say("–")
    return (
        as_it_is(names.action(action.action)),
        say("{number}", number=action.points),
        say("{number}", number=action.did.leads),
        say("{number}", number=action.did.won),
        none if did is None else say("{share}", share=Share(did)),
        none if other is None else say("{share}", share=Share(other)),
        none if ratio is None else say("{number}", number=_tenths(ratio)),
        none
        if action.ratio is None
        else say("{low} to {high}", low=_tenths(action.ratio[0]), high=_tenths(action.ratio[1])),
        _tells(action),
    )


def _tenths(ratio: Fraction | float) -> Fraction:
    return Fraction(round(ratio * 10), 10)


def _tells(action: ActionPoints) -> Message:
    if action.chance is None:
        return TOO_FEW
    return {True: say("more often"), False: say("less often"), None: NO_DIFFERENCE}[action.tells]


def _at_odds(actions: Actions, names: Names) -> Iterator[Message]:
    for more, less in actions.at_odds():
        if more.tells is False:
            continue
        yield say(
            "“{more}” gets {points} points and “{less}” {fewer}, but the data says it the other way round: {did} of "
            "the one, {other} of the other.",
            more=names.action(more.action),
            points=more.points,
            less=names.action(less.action),
            fewer=less.points,
            did=of_whom_bought(more.did),
            other=of_whom_bought(less.did),
        )
    for action in actions.actions:
        if action.tells is False:
            yield say(
                "“{action}” gets {points} points, though who did it bought less often than who did not.",
                action=names.action(action.action),
                points=action.points,
            )
