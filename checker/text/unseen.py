"""Signs that nobody sees, and that let a text be read in another way than it looks.

Marks that turn the direction of writing can show a reviewer one text and the reader another; signs without width make
two words of what looks like one. What languages need stays: the joiners of Persian and of emoji, and the plain
right-to-left and left-to-right marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.finding import Problem
from checker.message import Written, say
from checker.text.source import Source
from checker.text.tree import Span

_UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_BEGINNING_OF_FILE = "\ufeff"


def unseen_signs(source: Source) -> Iterator[Problem]:
    """One problem for each run of such signs, in remarks too; the safe fix deletes it."""
    for number, line in enumerate(source.lines):
        if line.isascii():
            continue
        for found in _UNSEEN.finditer(line):
            if (number, found.start(), found[0]) != (0, 0, _BEGINNING_OF_FILE):
                yield _unseen(source, Span(number, found.start(), number, found.end()), found[0])


def _unseen(source: Source, span: Span, signs: str) -> Problem:
    names = ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in signs))
    message = say(
        "a sign that nobody sees stands here ({names}), so the text may be another than it looks: delete it",
        names=Written(names),
    )
    return Problem(source.place_of(span), message, fixes=source.edits(span, "", safe=True), kind="unseen")
