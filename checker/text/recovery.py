"""Reads a text although parts of it cannot be read.

Where the reader stops, the text is cut at its top-level keys and each section is read alone, so that one bad line
hides nothing of the others. Inside a section the likely causes are repaired in a copy, one after the other, and the
section is read again: a repair counts only if the reader gets further with it. What no repair explains is told as it
is, and its section is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.finding import Problem
from checker.message import say
from checker.text import traps
from checker.text.composer import Composed, Refused, compose
from checker.text.lines import entry
from checker.text.reading import ODD_SPACES, Reading, composed_or_none
from checker.text.repairs import Change, Repair, no_key_message, repairs
from checker.text.source import Patch, Source, split_lines
from checker.text.tree import Mapping, Node, Scalar, Span

_SECTION = re.compile(r"[^\s#\-\]}]|---(?:\s|\Z)")
_DOCUMENT = re.compile(r"(?:---|\.\.\.)\s*\Z")
_ODD_SPACE = re.compile(rf"^(?P<before>[ ]*(?:(?:-[ ]+)*[\w-]+:)?)(?P<odd>[{ODD_SPACES}]+)", re.MULTILINE)
NO_MAPPING = "not a mapping"
_MOST_REPAIRS = 40
_MOST_PROBLEMS = 200
_MOST_KEYS = 1_000
"""Sections of a text that has to be repaired: no agreement has a tenth of it, and each is read by itself."""
_MOST_SIGNS_AGAIN = 2_000_000
"""How much text may be read again in search of repairs: bounds the time that a hostile file can take."""


def recover(text: str, source: Source) -> Reading:
    """Reads a file that cannot be read as it is. Raises `TooDeep`."""
    problems: list[Problem] = []
    if _ODD_SPACE.search(text):
        problems.append(_plain_spaces(source))
        text = _ODD_SPACE.sub(_as_spaces, text)
    composed = composed_or_none(text)
    if composed is not None:
        return Reading(composed, problems)
    if text.lstrip().startswith("<"):
        return Reading(Composed(), [traps.not_a_mapping(source, Span(0, 0, 0, len(source.line(1))))])
    reading = _Recovery(source, split_lines(text)).read()
    reading.problems += problems
    return reading


def _as_spaces(match: re.Match[str]) -> str:
    return match["before"] + " " * len(match["odd"])


def _plain_spaces(source: Source) -> Problem:
    spans = [
        Span(number, match.start("odd"), number, match.end("odd"))
        for number, line in enumerate(source.lines)
        if (match := _ODD_SPACE.match(line))
    ]
    message = say(
        "this looks like a space and is another sign, as copied from a web page: write plain spaces before and behind "
        "a key"
    )
    fixes = tuple(
        edit for span in spans for edit in source.edits(span, " " * (span.end_column - span.column), safe=True)
    )
    return Problem(source.place(spans[0]), message, fixes=fixes, kind="tab")


class _Recovery:
    def __init__(self, source: Source, lines: Sequence[str]) -> None:
        self._source = source
        self._lines = lines
        self._budget = _MOST_SIGNS_AGAIN
        self._result = Reading(Composed())

    def read(self) -> Reading:
        """All sections, one after the other."""
        lines = self._lines
        starts = [number for number, line in enumerate(lines) if number and _SECTION.match(line)]
        children: list[Node] = []
        for start, end in pairwise([0, *starts, len(lines)]):
            if len(self._result.problems) >= _MOST_PROBLEMS or len(children) > 2 * _MOST_KEYS:
                self._result.problems.append(_more(self._source, start))
                break
            children += self._section(list(lines[start:end]), start)
        if children or self._result.unread:
            self._result.composed.documents.append(Mapping(children, False, Span(0, 0, len(lines), 0)))
        return self._result

    def _section(self, lines: list[str], first: int) -> list[Node]:
        """Keys and values of the section that begins on a line; none where it cannot be read for sure."""
        if _DOCUMENT.match(lines[0]):
            if first:
                self._result.problems.append(traps.second_document(self._source, Span(first, 0, first, 3)))
            lines[0] = ""
        sure = True
        outcome = _attempt(lines, first)
        for _ in range(_MOST_REPAIRS):
            if isinstance(outcome, Composed):
                break
            repaired = self._repaired(lines, first, outcome)
            if repaired is None or not (sure or repaired[0].sure):
                break
            repair, lines, outcome = repaired
            sure = sure and repair.sure
            self._record(repair, first)
        if isinstance(outcome, Refused) and sure:
            self._result.problems.append(_told(outcome, self._source, lines, first))
        elif isinstance(outcome, Composed) and sure:
            return self._kept(outcome)
        key = next((parts.key for line in lines if (parts := entry(line)).key), None)
        if key is not None:
            self._result.unread.add(key.text.strip("\"'"))
        return []

    def _kept(self, section: Composed) -> list[Node]:
        self._result.composed.marks += section.marks
        return [child for node in section.documents if isinstance(node, Mapping) for child in node.children]

    def _repaired(
        self, lines: list[str], first: int, refused: Refused
    ) -> tuple[Repair, list[str], Composed | Refused] | None:
        """The first repair with which the reader gets further, the lines with it, and how far it gets."""
        size = sum(len(line) for line in lines)
        for repair in repairs(lines, refused):
            # A text that was repaired once and still stops the reader is not understood.
            if any(
                self._source.is_repaired(first + change.line, change.start, change.end) for change in repair.changes
            ):
                continue
            if self._budget < size:
                return None
            self._budget -= size
            changed = list(lines)
            for change in repair.changes:
                line = changed[change.line]
                changed[change.line] = line[: change.start] + change.new + line[change.end :]
            outcome = _attempt(changed, first)
            if isinstance(outcome, Composed) or _is_further(refused, outcome, repair.changes[0]):
                return repair, changed, outcome
        return None

    def _record(self, repair: Repair, first: int) -> None:
        source = self._source
        spans = [
            source.standing(Span(first + change.line, change.start, first + change.line, change.end))
            for change in repair.changes
        ]
        fixes = tuple(
            edit
            for change, span in zip(repair.changes, spans, strict=True)
            for edit in source.edits(span, change.new, safe=repair.sure and repair.safe)
        )
        if repair.message is not None:
            self._result.problems.append(
                Problem(source.place_of(spans[0]), repair.message, fixes=fixes, kind=repair.kind)
            )
        for change in repair.changes:
            source.patches[first + change.line].append(Patch(change.start, change.end - change.start, len(change.new)))


def _more(source: Source, line: int) -> Problem:
    message = say("the text from here on is not read, because so much above it is wrong: mend that first")
    return Problem(source.place(Span(line, 0, line, len(source.line(line + 1)))), message, kind="syntax")


def _attempt(lines: Sequence[str], first: int) -> Composed | Refused:
    try:
        composed = compose("\n".join(lines), first)
    except Refused as refused:
        return refused
    for node in composed.documents:
        is_nothing = isinstance(node, Scalar) and node.is_blank and not composed.marks
        if not isinstance(node, Mapping) and not is_nothing:
            spot = (node.span.line - first, node.span.column)
            return Refused("", spot, NO_MAPPING, spot)
    return composed


def _is_further(before: Refused, after: Refused, change: Change) -> bool:
    """Whether the reader got past what stopped it. It notices an open quote or bracket only long after."""
    if after.is_quote_left_open and after.began <= (change.line, change.end):
        return False
    if after.stopped > before.stopped:
        return True
    reached = after.began if after.is_open_ended else after.stopped
    return before.is_open_ended and after.stopped != before.stopped and reached > (change.line, change.start)


def _told(refused: Refused, source: Source, lines: Sequence[str], first: int) -> Problem:
    """What nothing explains, at the line where the reader stopped."""
    line, column = refused.began if refused.is_open_ended else refused.stopped
    line = min(line, len(lines) - 1)
    column = min(column, max(len(lines[line].rstrip()) - 1, 0))
    span = Span(first + line, column, first + line, column + 1)
    if refused.problem in (NO_MAPPING, "could not find expected ':'"):
        message = no_key_message()
        span = Span(first + line, column, first + line, len(lines[line].rstrip()))
    elif refused.problem == "did not find expected '-' indicator":
        message = say(
            "the lines around this one are entries of a list and begin with a dash: begin this one with a dash too, "
            "or in the column of the key that it belongs to"
        )
    elif "flow" in refused.context:
        message = say("a brace, a bracket or a comma is missing between here and the next line that can be read")
    else:
        message = say("this cannot be read: look for a missing quote, bracket or colon in this line and the one above")
    return Problem(source.place(span), message, kind="syntax")
