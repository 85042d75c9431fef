"""Payloads and routes for people, at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.finding import Place, Problem
from checker.handed_over import Payloads, Routed
from checker.message import Message, Written, all_of, any_of, say, say_counted
from checker.report.terminal import Paint, Style, printable

if TYPE_CHECKING:
    from checker.language import Words


def payloads_text(payloads: Payloads, words: Words, *, has_colour: bool = False) -> str:
    """What is missing or wrong, a line each, and how many leads may go over."""
    paint = Paint(has_colour)
    lines = [*_problems(payloads.problems, words, paint)]
    if lines:
        lines.append("")
    done = say_counted(
        "{complete} of {count} lead carries everything that sales needs",
        "{complete} of {count} leads carry everything that sales needs",
        count=payloads.leads,
        complete=payloads.complete,
    )
    if payloads.unreadable:
        done = say_counted(
            "{told}; {count} of them could not be read",
            "{told}; {count} of them could not be read",
            count=payloads.unreadable,
            told=done,
        )
    is_good = not payloads.problems
    lines.append(paint(words.say(done), Style.GOOD if is_good else Style.STRONG))
    return "\n".join(lines) + "\n"


def routes_text(
    routed: Sequence[Routed], problems: Sequence[Problem], words: Words, *, has_colour: bool = False
) -> str:
    """Each lead's seller with the line that decided, and the lines before it that could not be told."""
    paint = Paint(has_colour)
    lines = [*_problems(problems, words, paint)]
    for item in routed:
        lines.append(f"{_spot(item.place)}: {paint(printable(words.say(_who(item))), Style.STRONG)}")
        if item.decided_by is not None:
            lines.append(f"     {_spot(item.decided_by)}   {printable(item.decided_by.source.strip())}")
        for unsure in item.unsure:
            text = printable(words.say(unsure.message)) if unsure.message else ""
            at = unsure.at
            lines.append(f"     {_spot(at) if isinstance(at, Place) else ''}   {text}")
    return "\n".join(lines) + "\n"


def _who(item: Routed) -> Message:
    if not item.sellers:
        return say("nobody gets this lead: no line of the routing fits")
    if len(item.sellers) > 1:
        who = say("{sellers}, who take turns", sellers=any_of(item.sellers))
    else:
        who = say("{seller}", seller=Written(item.sellers[0]))
    if item.instead_of:
        return say("{who} (in place of {absent})", who=who, absent=all_of(item.instead_of))
    return who


def _problems(problems: Sequence[Problem], words: Words, paint: Paint) -> Iterator[str]:
    error = paint(words.say(say("error")), Style.ERROR)
    for problem in problems:
        if isinstance(problem.at, Place):
            yield f"{_spot(problem.at)}: {error}: {printable(words.say(problem.message))}"


def _spot(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"
