"""The ways out of a contradiction between numbers, worded: keep what was written, or keep the rest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import spelled
from checker.finding import At, Choice, Edit, Path
from checker.logic.plan_checks import Kind
from checker.logic.plan_conflict import Conflict, NumberEdit, Way
from checker.logic.plan_names import line_label
from checker.message import Argument, Message, Written, say, say_counted
from checker.rules.rule import value_at
from checker.text.numbers import in_the_manner_of

_LIMITS = ("limit_per_seller", "sellers", "plan", "rates", "channels")
"""Sections of numbers that allow something: where more must be allowed, the number that fits is the least."""


def choices(agreement: Agreement, conflict: Conflict) -> tuple[Choice, ...]:
    """The ways out: keep the number and change what follows, or keep the rest and write the number that fits.

    Where no single line settles a conflict and nobody knows what was just written, the smallest sets of lines.
    """
    if conflict.number is None:
        return tuple(_sets(agreement, conflict))
    return (*_keep(agreement, conflict), *_fit(agreement, conflict))


def _sets(agreement: Agreement, conflict: Conflict) -> Iterator[Choice]:
    if conflict.broken and all(check.kind is Kind.SUM for check, _ in conflict.broken):
        yield Choice(say("leave this line out: the total follows from the channels"))
        for way in conflict.together:
            edits = _edits(agreement, way)
            yield Choice(say_counted("or change this line", "or change these {count} lines", count=len(edits)), edits)
        return
    if not conflict.together:
        yield Choice(
            say("too many lines take part to look for all ways out")
            if conflict.is_cut_short
            else say("no single line settles this, and no few lines do either")
        )
    for position, way in enumerate(conflict.together):
        edits = _edits(agreement, way)
        if len(edits) == 1:
            yield Choice(say("change this line"), edits)
        elif position == 0:
            yield Choice(
                say_counted(
                    "no single line settles this; {count} line does",
                    "no single line settles this; these {count} lines do together",
                    count=len(edits),
                ),
                edits,
            )
        else:
            yield Choice(
                say_counted("or {count} line", "or these {count} lines together", count=len(edits)),
                edits,
            )


def _keep(agreement: Agreement, conflict: Conflict) -> Iterator[Choice]:
    kept = _kept(agreement, conflict)
    if not conflict.keeping:
        yield Choice(
            say("{keep}: too many lines take part to look for all ways to do so", keep=kept)
            if conflict.is_cut_short
            else say("{keep}: there is no way to do so by changing a few other lines", keep=kept)
        )
        return
    if len(conflict.keeping[0]) == 1:
        edits = tuple(edit for way in conflict.keeping for edit in _edits(agreement, way))
        if len(edits) == 1:
            yield Choice(say("{keep} and change this line too", keep=kept), edits)
        else:
            yield Choice(say("{keep} and change one of these lines too", keep=kept), edits)
        return
    for way in conflict.keeping:
        edits = _edits(agreement, way)
        yield Choice(
            say_counted(
                "{keep} and change this line too",
                "{keep} and change these {count} lines too",
                count=len(edits),
                keep=kept,
            ),
            edits,
        )


def _kept(agreement: Agreement, conflict: Conflict) -> Message:
    """What stays as it is written: the number, or all the lines that were just written."""
    if len(conflict.held) > 1:
        return say_counted(
            "keep the line that you wrote", "keep the {count} lines that you wrote", count=len(conflict.held)
        )
    return say("keep {written}", written=_as_written(agreement, conflict.number or ()))


def _fit(agreement: Agreement, conflict: Conflict) -> Iterator[Choice]:
    if conflict.number is None:
        return
    written = _as_written(agreement, conflict.number)
    if conflict.fitting is None:
        for way in conflict.together:
            yield Choice(
                say_counted(
                    "keep all other lines and write this instead",
                    "keep all other lines and write these {count} numbers instead",
                    count=len(way),
                ),
                _edits(agreement, way),
            )
        if not conflict.together:
            yield Choice(say("keep all other lines: no number instead of {written} fits them all", written=written))
        return
    edit = _edit(agreement, NumberEdit(conflict.number, _old(conflict), conflict.fitting))
    arguments: dict[str, Argument] = {"number": Written(edit.new), "written": written}
    match _direction(conflict):
        case "most":
            message = say("keep all other lines: at most {number} instead of {written}", **arguments)
        case "least":
            message = say("keep all other lines: at least {number} instead of {written}", **arguments)
        case _:
            message = say("keep all other lines: {number} instead of {written}", **arguments)
    yield Choice(message, (edit,))


def _old(conflict: Conflict) -> Fraction:
    return conflict.written if conflict.written is not None else Fraction(0)


def _direction(conflict: Conflict) -> str:
    """Whether the number that fits is the most or the least that may be written; nothing where only it fits,
    or where the number is written with such words (`at most R$ 9667`).
    """
    number, fitting = conflict.number or (), conflict.fitting or Fraction(0)
    if conflict.lines:
        return "most" if fitting < _old(conflict) else "least"
    if any(sides.low is not None for _, sides in conflict.broken):
        return ""
    if number[0] == "targets":
        return "most" if fitting < _old(conflict) else "least"
    says_it_itself = number == ("plan", "cost_per_customer")
    return "least" if number[0] in _LIMITS and not says_it_itself else ""


def _edits(agreement: Agreement, way: Way) -> tuple[Edit, ...]:
    return tuple(_edit(agreement, edit) for edit in way)


def _edit(agreement: Agreement, edit: NumberEdit) -> Edit:
    written = spelled(value_at(agreement.written, edit.path))
    return Edit(
        At(edit.path), written, in_the_manner_of(written, edit.old, edit.new), why=line_label(agreement, edit.path)
    )


def _as_written(agreement: Agreement, path: Path) -> Written:
    return Written(spelled(value_at(agreement.written, path)))
