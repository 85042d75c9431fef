"""Why the reader stopped: the causes that people run into, each with its repair and the words for it.

`repairs` yields what may have been meant, the likeliest first. A repair is only believed when the reader gets further
with it (`checker.text.recovery`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.message import Message, Written, say
from checker.text.composer import Refused
from checker.text.lines import Piece, end_of_quoted, entry, opened, piece_in_braces
from checker.text.quotes import quoted

_TIGHT_REMARK = re.compile(r"(?:(?<=\s)|^)#[^\s#=*~_-]")
_GLUED = re.compile(r"(?P<key>[A-Za-z0-9_-]+):(?P<value>[^\s/].*)\Z")
_COMPARISON = re.compile(r"(?P<sign>>=|>)\s*(?P<bound>[^>#\s][^#]*)\Z")
_PERCENT = re.compile(r"%\s*(?P<number>[0-9]+(?:\.[0-9]+)?)\Z")
_MENTION = re.compile(r"@(?P<id>[a-z][a-z0-9_-]*)\Z")
_STARTS = "@`%|>&*!"
_STARTS_WITH_SPACE = "-?:"
_BRACKETS = "{}[],"
_KEYED = re.compile(r"[a-z][a-z0-9_-]*:\s")
_KEY_IN_BRACES = re.compile(r"[{,]\s*(?P<key>[a-z][a-z0-9_-]*):\s")
_COLON = re.compile(r":(?:\s|\Z)")
_LAST_WORD = re.compile(r"(?P<before>.*\S)\s+(?P<key>[a-z][a-z0-9_-]*)\Z")
_LONE_COMMA = re.compile(r"(?P<kept>[,\[{])\s*,")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_TAB_INDENT = re.compile(r" *\t")
_TAB_WIDTHS = (2, 4, 8)


class Change(NamedTuple):
    """Write something else in place of a part of a line; lines and columns count from 0."""

    line: int
    start: int
    end: int
    new: str


class Repair(NamedTuple):
    """What was probably meant.

    With a repair that is `sure` the values count; else the reader only goes on to find what else is wrong. One that is
    also `safe` may be written to the file without asking. One without a message only lets the reader go on to where it
    tells the cause better.
    """

    changes: tuple[Change, ...]
    message: Message | None
    kind: str = "syntax"
    sure: bool = True
    safe: bool = True


def repairs(lines: Sequence[str], refused: Refused) -> Iterator[Repair]:
    """What may explain that the reader stopped, likeliest first. `lines` is everything that it read."""
    stopped = min(refused.stopped[0], len(lines) - 1)
    began = min(refused.began[0], stopped)
    near = list(dict.fromkeys([stopped, *_filled_before(lines, stopped), began]))
    columns = {
        number: [column for line, column in (refused.stopped, refused.began) if line == number] for number in near
    }
    yield from _unprintable(lines)
    if any(_TAB_INDENT.match(lines[number]) for number in near):
        yield from _tabs(lines)
    for number in near:
        line = lines[number]
        yield from _remark(line, number)
        yield from _special_start(line, number, columns[number])
        yield from _quotes(line, number, columns[number])
        yield from _colon(lines, number, refused)
        yield from _glued(line, number)
        yield from _brackets(line, number)
        yield from _commas(line, number)
    yield from _quote_left_open(lines, stopped)
    for number in near:
        yield from _no_colon(lines[number], number)
    if "'-' indicator" not in refused.problem:
        yield from _indent(lines, stopped)


def _filled_before(lines: Sequence[str], number: int) -> list[int]:
    """The nearest line above that holds more than a remark."""
    for above in range(number - 1, -1, -1):
        if lines[above].strip() and not lines[above].lstrip().startswith("#"):
            return [above]
    return []


def _unprintable(lines: Sequence[str]) -> Iterator[Repair]:
    for number, line in enumerate(lines):
        for match in _UNPRINTABLE.finditer(line):
            message = say("an invisible character stands here, which no text may hold: delete it")
            yield Repair((Change(number, match.start(), match.end(), ""),), message)
            return


def _tabs(lines: Sequence[str]) -> Iterator[Repair]:
    """Tabs at the beginning of lines. Nobody knows how wide they were meant; where all widths give the same order of
    lines further in and further out, it does not matter.
    """
    filled = [(number, line) for number, line in enumerate(lines) if line.strip()]
    indents = [(number, line[: len(line) - len(line.lstrip(" \t"))]) for number, line in filled]
    orders = {width: _order([len(indent.replace("\t", " " * width)) for _, indent in indents]) for width in _TAB_WIDTHS}
    sure = all(order == orders[_TAB_WIDTHS[0]] for order in orders.values())
    message = say("lines begin with spaces, never with tabs: two spaces for each step further in")
    for width in _TAB_WIDTHS:
        changes = tuple(
            Change(number, 0, len(indent), indent.replace("\t", " " * width))
            for number, indent in indents
            if "\t" in indent
        )
        if changes:
            yield Repair(changes, message, "tab", sure)


def _order(widths: Sequence[int]) -> list[int]:
    ranks = {width: rank for rank, width in enumerate(sorted(set(widths)))}
    return [ranks[width] for width in widths]


def _remark(line: str, number: int) -> Iterator[Repair]:
    """` #5` that cuts a text in braces, or a key."""
    for match in _TIGHT_REMARK.finditer(line):
        before = line[: match.start()]
        if opened(before):
            piece = piece_in_braces(line, 0, match.start())
        elif (colon := _COLON.search(line, match.start())) is not None and entry(before).key is None:
            start = entry(line).value.start
            piece = Piece(start, colon.start(), line[start : colon.start()])
        else:
            continue
        if piece is not None and piece.text:
            message = say(
                "a # after a space begins a remark, so the line ends there for the reader: "
                "put the text in quotes, {quoted}",
                quoted=Written(quoted(piece.text)),
            )
            yield Repair((Change(number, *piece[:2], quoted(piece.text)),), message, "lost-comment")


def _special_start(line: str, number: int, columns: Sequence[int]) -> Iterator[Repair]:
    """A text, or a key, that begins with a sign that means something else."""
    parts = entry(line)
    for piece in (parts.key, parts.value, *(piece_in_braces(line, 0, column) for column in columns)):
        if piece is None or not piece.text:
            continue
        sign, follower = piece.text[0], piece.text[1:2]
        if sign in _STARTS or (sign in _STARTS_WITH_SPACE and follower in ("", " ")):
            new, message = _said_plainly(piece.text)
            yield Repair((Change(number, *piece[:2], new),), message, "special-start", safe=sign != "-")
        elif sign in _BRACKETS and piece is not parts.key:
            closed = _end_of_brackets(piece.text)
            if parts.key is None and not piece.text.strip("}] ,"):
                continue
            if sign in "}]," or (closed is not None and piece.text[closed:].strip("}] \t")):
                message = say(
                    "a text cannot begin with {sign}: put it in quotes, {quoted}",
                    sign=Written(sign),
                    quoted=Written(quoted(piece.text)),
                )
                yield Repair((Change(number, *piece[:2], quoted(piece.text)),), message, "special-start")


def _said_plainly(text: str) -> tuple[str, Message]:
    """A text that begins with a special sign, as the format writes it, and the words for it."""
    if match := _COMPARISON.match(text):
        new = f"{'at least' if match['sign'] == '>=' else 'more than'} {match['bound']}"
        return new, say(
            "comparisons are written in words: `{new}` for `{written}`", new=Written(new), written=Written(text)
        )
    if match := _PERCENT.match(text):
        new = f"{match['number']}%"
        return new, say("the percent sign stands behind the number: `{new}`", new=Written(new))
    if match := _MENTION.match(text):
        new = match["id"]
        return new, say("names stand without @: `{new}`", new=Written(new))
    if text.startswith("-"):
        return quoted(text), say(
            "an entry of a list stands on a line of its own, below the key; a text that begins with a dash needs "
            "quotes, {quoted}",
            quoted=Written(quoted(text)),
        )
    return quoted(text), say(
        "a text cannot begin with {sign}: put it in quotes, {quoted}",
        sign=Written(text[0]),
        quoted=Written(quoted(text)),
    )


def _quotes(line: str, number: int, columns: Sequence[int]) -> Iterator[Repair]:
    """Text behind a closing quote, a quote that is never closed, a backslash between double quotes."""
    for piece in (entry(line).value, *(piece_in_braces(line, 0, column) for column in columns)):
        if piece is None or piece.text[:1] not in ('"', "'"):
            continue
        start, end, text = piece
        quote = text[0]
        closed = end_of_quoted(text, 0)
        is_closed = closed > 1 and text[closed - 1] == quote
        if is_closed and closed == len(text):
            if "\\" in text and quote == '"':
                new = "'" + text[1:-1].replace("'", "''") + "'"
                message = say(
                    "a backslash between double quotes means something else: use single quotes, {quoted}",
                    quoted=Written(new),
                )
                yield Repair((Change(number, start, end, new),), message)
        elif not is_closed and _KEYED.match(text, 1):
            message = say("a quote opens here and is never closed: delete it, or close it behind the key")
            yield Repair((Change(number, start, end, text[1:]),), message, safe=False)
        elif is_closed:
            whole = text[1:-1] if text.endswith(quote) and text.count(quote) % 2 else text
            message = say(
                "the text goes on behind its closing quote: put all of it in quotes, {quoted}",
                quoted=Written(quoted(whole)),
            )
            yield Repair((Change(number, start, end, quoted(whole)),), message)
        else:
            yield _closed(number, piece)


def _closed(number: int, piece: Piece) -> Repair:
    new = piece.text + piece.text[0]
    message = say("a quote opens here and is never closed: close it, {quoted}", quoted=Written(new))
    return Repair((Change(number, piece.start, piece.end, new),), message)


def _quote_left_open(lines: Sequence[str], stopped: int) -> Iterator[Repair]:
    """A quote further up that the next quoted text closed by accident."""
    for number in range(stopped, -1, -1):
        piece = entry(lines[number]).value
        opens = piece.text[:1] in ('"', "'") and end_of_quoted(piece.text, 0) == len(piece.text)
        if opens and (len(piece.text) == 1 or piece.text[-1] != piece.text[0]):
            yield _closed(number, piece)
            return


def _colon(lines: Sequence[str], number: int, refused: Refused) -> Iterator[Repair]:
    """A colon inside a text, which begins a key."""
    line = lines[number]
    if number == refused.stopped[0] and line[refused.stopped[1] : refused.stopped[1] + 1] == ":":
        column = refused.stopped[1]
        if line[column + 1 : column + 2] in (",", "}", "]"):
            # `{team:, role: x}`: a value that is missing.
            yield Repair((Change(number, column, column + 1, ": "),), None)
        piece = piece_in_braces(line, 0, column)
        if piece is not None and piece.text:
            missing = _LAST_WORD.match(line[piece.start : column])
            if missing is not None and _is_key_elsewhere(lines, number, missing["key"]):
                before = piece.start + missing.end("before")
                new = line[before - 1] + ","
                message = say("a comma is missing before `{key}`", key=Written(missing["key"]))
                yield Repair((Change(number, before - 1, before, new),), message, "colon-in-braces")
            if not _is_quoted(piece.text):
                yield Repair(
                    (Change(number, *piece[:2], quoted(piece.text)),), _colon_message(piece.text), "colon-in-braces"
                )
    parts = entry(line)
    if parts.key is not None and _COLON.search(parts.value.text) and parts.value.text[0] not in "\"'{[":
        value = parts.value
        yield Repair((Change(number, *value[:2], quoted(value.text)),), _colon_message(value.text))


def _is_quoted(text: str) -> bool:
    """Whether all of a text stands in quotes: more of them would not help."""
    return len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] and end_of_quoted(text, 0) == len(text)


def _colon_message(text: str) -> Message:
    return say(
        "a colon with a space behind it makes a key of the words before it: put the text in quotes, {quoted}",
        quoted=Written(quoted(text)),
    )


def _is_key_elsewhere(lines: Sequence[str], number: int, key: str) -> bool:
    return any(
        match["key"] == key for at, line in enumerate(lines) if at != number for match in _KEY_IN_BRACES.finditer(line)
    )


def _glued(line: str, number: int) -> Iterator[Repair]:
    """A space that is missing behind a colon or a dash."""
    parts = entry(line)
    if parts.key is not None:
        return
    start, end, text = parts.value
    if match := _GLUED.match(text):
        new = f"{match['key']}: {match['value']}"
        yield Repair(
            (Change(number, start, end, new),),
            say("a space is missing behind the colon: write `{new}`", new=Written(new)),
        )
    elif text.startswith("-") and text[1:2] not in ("", "-", " "):
        new = f"- {text[1:]}"
        yield Repair(
            (Change(number, start, end, new),),
            say("a space is missing behind the dash: write `{new}`", new=Written(new)),
        )


def _no_colon(line: str, number: int) -> Iterator[Repair]:
    """Words alone between lines that have a key."""
    parts = entry(line)
    if parts.key is None and not parts.has_dash and parts.value.text:
        start, end, text = parts.value
        yield Repair((Change(number, start, end, f"{text}:"),), no_key_message(), sure=False)


def no_key_message() -> Message:
    """What is said of a line without a key."""
    return say("a line is `key: value`, and this one has no colon with a space behind it")


def _brackets(line: str, number: int) -> Iterator[Repair]:
    """Braces and brackets that are left open, closed twice, or closed by the wrong sign."""
    value = entry(line).value
    closers = opened(value.text)
    if not value.text.strip("]} "):
        if value.text:
            message = say("`{more}` closes nothing: delete it", more=Written(value.text))
            yield Repair((Change(number, value.start, value.end, ""),), message)
    elif closers:
        last = value.text[-1]
        if last in "]}":
            message = say(
                "brackets close in the order in which they opened: write `{closers}` for `{last}`",
                closers=Written(closers),
                last=Written(last),
            )
            yield Repair((Change(number, value.end - 1, value.end, closers),), message)
        message = say("`{closers}` is missing at the end of the line", closers=Written(closers))
        yield Repair((Change(number, value.end - 1, value.end, last + closers),), message)
    elif value.text[:1] in ("{", "["):
        closed = _end_of_brackets(value.text)
        if closed is not None and value.text[closed:].strip():
            message = say("`{more}` closes nothing: delete it", more=Written(value.text[closed:].strip()))
            yield Repair((Change(number, value.start + closed - 1, value.end, value.text[closed - 1]),), message)


def _commas(line: str, number: int) -> Iterator[Repair]:
    """A comma with nothing before it."""
    for match in _LONE_COMMA.finditer(line):
        message = say("nothing stands between these signs: delete the comma")
        yield Repair((Change(number, match.start(), match.end(), match["kept"]),), message)


def _end_of_brackets(text: str) -> int | None:
    """Where the bracket closes that a text begins with (exclusive)."""
    for end in range(2, len(text) + 1):
        if text[end - 1] in "}]" and not opened(text[:end]):
            return end
    return None


def _indent(lines: Sequence[str], stopped: int) -> Iterator[Repair]:
    """A line that begins in a column where no line above it begins."""
    line = lines[stopped]
    if not line.strip():
        return
    here = len(line) - len(line.lstrip())
    filled = [entry(lines[number]) for number in range(stopped) if lines[number].strip()]
    above = [column for parts in filled for column in (parts.indent, (parts.key or parts.value).start)]
    message = say(
        "this line begins further in or out than the lines above it allow: begin it in the same column as the lines "
        "that it belongs to (if it goes on with the text above, that text needs quotes)"
    )
    for indent in sorted(set(above), key=lambda indent: abs(indent - here)):
        if indent != here:
            yield Repair((Change(stopped, 0, here + 1, " " * indent + line[here]),), message, sure=False)
