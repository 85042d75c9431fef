"""Which name was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from checker.finding import At, Edit
from checker.message import Message, Written, any_of, say

MOST_NAMES = 1000
MOST_LETTERS = 60
"""Among more names, and for longer ones, nothing is looked for: comparing letter by letter would cost seconds."""
_SHOWN = 8
_CLOSE = 0.6
_SURE = 0.8


class Suggestion(NamedTuple):
    """What to say beside an unknown name, and the edits that write what was probably meant."""

    note: Message | None
    fixes: tuple[Edit, ...] = ()


def suggest(at: At, name: str, known: Collection[str], written: str = "") -> Suggestion:
    """The name that was probably meant, else the names that are known.

    `written` is the whole value where the name is a part of it (`mqll or later`). The edit is safe where only one
    name comes near.
    """
    close = guesses(name, known)
    if not close:
        return Suggestion(_known_here(list(known)))
    old = written or name
    is_sure = len(close) == 1 and likeness(name, close[0]) >= _SURE
    edit = Edit(at, old, old.replace(name, close[0], 1), safe=is_sure)
    return Suggestion(say("did you mean {guess}?", guess=Written(close[0])), (edit,))


def guesses(name: str, known: Collection[str]) -> list[str]:
    """Known names that are close to a misspelt one, the closest first; at most two."""
    if len(known) > MOST_NAMES or len(name) > MOST_LETTERS:
        return []
    from difflib import get_close_matches

    by_fold = {candidate.casefold(): candidate for candidate in known}
    return [by_fold[match] for match in get_close_matches(name.casefold(), list(by_fold), n=2, cutoff=_CLOSE)]


def meant(name: str, known: Iterable[str]) -> str | None:
    """The name of which another is most likely a slip of the pen: `sales` for `slaes`, not for `presales`."""
    return next((other for other in known if _is_near_miss(name, other)), None)


def _is_near_miss(name: str, other: str) -> bool:
    if len(name) > MOST_LETTERS or name == other:
        return False
    if name.startswith(other) or name.endswith(other) or other.startswith(name) or other.endswith(name):
        return False
    return likeness(name, other) >= _SURE


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    # imported where a name is unknown: a consistent agreement needs none of it
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _known_here(names: list[str]) -> Message | None:
    if not names:
        return None
    if len(names) <= _SHOWN:
        return say("known here: {names}", names=any_of(names))
    return say("among the {count} known here: {names}", count=len(names), names=any_of(names[:_SHOWN]))
