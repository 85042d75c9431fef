"""All that a test of the criteria says, as parts of a page."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.measures.backtest.actions import ActionPoints, Actions
from checker.measures.backtest.tested import Backtest
from checker.message import Message, say
from checker.quantity import Share
from checker.report import backtest_sentences as said
from checker.report.backtest_criteria import bought, parts_of
from checker.report.condition_words import Sentences
from checker.report.names import Names, as_it_is
from checker.report.parts import Page, Part, Table


def page_of(found: Backtest, names: Names) -> Page:
    """The page."""
    sentences = Sentences(names)
    about = [part for tested in found.tested for part in parts_of(tested, found, names, sentences)]
    if found.actions is not None:
        about.append(_actions(found.actions, names))
    closed = _closed(found)
    how = Part(say("How this was counted"), said.how(closed))
    return Page(said.TITLE, tuple(said.about(closed)), (*about, how))


def _closed(found: Backtest) -> said.Closed:
    closed = found.closed
    return said.Closed(
        as_of=found.as_of,
        files=tuple(found.files),
        leads=closed.leads,
        young=closed.young,
        customers=closed.customers,
        slow=closed.slow,
        cycle=closed.cycle,
        age=closed.age,
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
        tuple(said.notes_of_actions(actions.is_last, actions.is_snapshot, actions.cannot_tell)),
        Table(headings, tuple(_row(action, names) for action in ordered), words=1),
        points=tuple(_at_odds(actions, names)),
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
        said.who_fits_buys(action.tells, action.chance),
    )


def _tenths(ratio: Fraction | float) -> Fraction:
    return Fraction(round(ratio * 10), 10)


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
            did=said.of_whom_bought(bought(more.did)),
            other=said.of_whom_bought(bought(less.did)),
        )
    for action in actions.actions:
        if action.tells is False:
            yield say(
                "“{action}” gets {points} points, though who did it bought less often than who did not.",
                action=names.action(action.action),
                points=action.points,
            )
