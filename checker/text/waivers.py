"""Waivers: remarks that accept a finding for a while, with a reason.

`# sla: waive[SLA301] until 2026-12-31 the new CRM field comes in December` stands at the end of the line that a finding
is reported on, or alone on a line directly above it. What is almost such a remark is a problem: a slip of the pen must
not leave a finding waived for ever, nor a waiver without effect unnoticed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from checker.finding import Edit, Problem, WaivedCode, Waiver
from checker.message import Message, Written, say
from checker.text.source import Source
from checker.text.tree import Node, Scalar, Span

_REMARK = re.compile(r"(?:^|(?<=[ \t]))#")
_NEW_REMARK = re.compile(r"#(?:[\s#]|\Z|sla|waive)", re.IGNORECASE)
"""Begins another remark inside of one; `call #5` does not."""
_HEAD = re.compile(r"#+[ \t]+sla:[ \t]+waive\[(?P<codes>[^\[\]#]*)\]", re.IGNORECASE)
_ALMOST = re.compile(
    r"""\#+[ \t]*
        (?P<sla>sla\b)?[ \t]*[:;.,=-]?[ \t]*
        (?P<word>(?!sla[ _-]?[0-9])[a-z]+)?[ \t]*
        [\[({<]?[ \t]*
        (?P<codes>sla[ _-]?[0-9]+(?:[ \t]*[,;]?[ \t]*sla[ _-]?[0-9]+)*)?[ \t]*
        [\])}>]?""",
    re.VERBOSE | re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"#+[ \t]*(?:[^\s\[\]#]+[ \t]+)?(?P<word>[a-z]+)\[[ \t]*sla[ _-]?[0-9]", re.IGNORECASE)
_CODE = re.compile(r"[^\s,;]+")
_NUMBER = re.compile(r"[0-9]+")
_UNTIL = re.compile(r"[ \t]+until[ \t]+(?P<day>\S+)", re.IGNORECASE)
_ISO = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[:;,.]?\Z")
_SOME_DAY = re.compile(
    r"(?:(?:until|til|till|to|by|before)[ \t]+)?(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\b", re.IGNORECASE
)
_LEADING = " \t:;,.-–—"
_WORD = "waive"
_OTHER_WORDS = frozenset(("ignore", "disable", "skip", "noqa", "allow", "accept", "suppress", "off", "nolint"))
"""What other tools call it."""
_CLOSE = 0.75
_MOST_LETTERS = 12
_EXAMPLE_DAY = "2026-12-31"


class Piece(NamedTuple):
    """A part of a line, by its columns; the end is exclusive."""

    first: int
    end: int


class Waivers(NamedTuple):
    """What the remarks of a file waive, and what is wrong with them."""

    codes: tuple[WaivedCode, ...]
    problems: tuple[Problem, ...]


def waivers_of(source: Source, documents: Sequence[Node]) -> Waivers:
    """The waivers of a file whose text was read as these trees."""
    # most agreements hold none: their trees are not looked through
    candidates = [number for number, line in enumerate(source.lines) if _may_waive(line)]
    codes: list[WaivedCode] = []
    problems: list[Problem] = []
    texts = _texts_on(candidates, source, documents) if candidates else {}
    below = _first_below(source) if candidates else ()
    for number in candidates:
        for span in _remarks(source.lines[number], number, texts[number]):
            problem, found = _read(source, span, below)
            codes += found
            if problem is not None:
                problems.append(problem)
    return Waivers(tuple(codes), tuple(problems))


def _may_waive(line: str) -> bool:
    start = line.find("#")
    return start >= 0 and "sla" in line[start:].lower()


def _texts_on(lines: Sequence[int], source: Source, documents: Sequence[Node]) -> Mapping[int, list[Piece]]:
    """Line -> the parts of it that a text holds, from left to right; for these lines, which are in order."""
    texts: dict[int, list[Piece]] = {line: [] for line in lines}
    for span in (source.standing(span) for node in documents for span in _texts_with_signs(node)):
        for line in lines[bisect_left(lines, span.line) : bisect_right(lines, span.end_line)]:
            first = span.column if line == span.line else 0
            last = span.end_column if line == span.end_line else len(source.lines[line]) + 1
            texts[line].append(Piece(first, last))
    for pieces in texts.values():
        pieces.sort()
    return texts


def _texts_with_signs(node: Node) -> Iterator[Span]:
    """Where a # begins no remark: inside quotes, and on the lines below a `|` or `>`."""
    pending = [node]
    while pending:
        node = pending.pop()
        if not isinstance(node, Scalar):
            pending += node.children
        elif node.style in ("'", '"'):
            yield node.span
        elif node.style in ("|", ">"):
            yield Span(node.span.line + 1, 0, node.span.end_line, node.span.end_column)


def _remarks(line: str, number: int, texts: Sequence[Piece]) -> Iterator[Span]:
    """The remarks of a line, counted from 0: behind one # another may begin."""

    def is_in_a_text(column: int) -> bool:
        before = bisect_right(texts, column, key=lambda piece: piece.first) - 1
        return before >= 0 and column < texts[before].end

    signs = [match.start() for match in _REMARK.finditer(line) if not is_in_a_text(match.start())]
    starts = signs[:1] + [start for start in signs[1:] if _NEW_REMARK.match(line, start)]
    for position, start in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else len(line)
        yield Span(number, start, number, start + len(line[start:end].rstrip()))


def _first_below(source: Source) -> Sequence[int]:
    """For each line, counted from 0, the number of the first line from there on that is no remark."""
    found = [len(source.lines) + 1] * (len(source.lines) + 1)
    for number in range(len(source.lines) - 1, -1, -1):
        is_remark = source.lines[number].lstrip().startswith("#")
        found[number] = found[number + 1] if is_remark else number + 1
    return found


def _read(source: Source, span: Span, below: Sequence[int]) -> tuple[Problem | None, list[WaivedCode]]:
    """What one remark waives, or what is wrong with it; neither where it does not speak to this tool."""
    text = source.text(span)
    head = _HEAD.match(text)
    if head is None:
        return _almost(source, span, text), []
    codes = list(_CODE.finditer(head["codes"]))
    listed = ", ".join(code[0] for code in codes) or "SLA301"
    rest = text[head.end() :]
    if not codes:
        return _wrong(source, span, say("a waiver names the rules that it waives, in its brackets"), listed, rest), []
    until = _UNTIL.match(rest)
    if until is None:
        message = say("a waiver needs the last day on which it holds, behind its brackets")
        return _wrong(source, span, message, listed, rest, sure=True), []
    day = _day(until["day"])
    reason = rest[until.end() :].strip(_LEADING)
    if day is None:
        at = span.column + head.end() + until.start("day")
        spot = source.place_of(Span(span.line, at, span.line, at + len(until["day"])))
        message = (
            say("{day} is on no calendar", day=Written(until["day"]))
            if _ISO.match(until["day"])
            else say(
                "{day} is no date: write year, month and day, as in {example}",
                day=Written(until["day"]),
                example=Written(_EXAMPLE_DAY),
            )
        )
        return Problem(spot, message, note=_form(listed, None, reason), kind="waiver"), []
    if not reason:
        message = say("a waiver needs a reason, for those who read it later: write it behind the date")
        return _wrong(source, span, message, listed, rest), []
    waiver = Waiver(reason, day, source.place_of(span))
    line = _line_spoken_of(source, span, below)
    begin = span.column + head.start("codes")
    return None, [
        WaivedCode(
            code[0].upper(),
            source.place_of(Span(span.line, begin + code.start(), span.line, begin + code.end())),
            waiver,
            line,
        )
        for code in codes
    ]


def _line_spoken_of(source: Source, span: Span, below: Sequence[int]) -> int:
    """The number of the line that a remark is about: its own, or the next one where it stands alone."""
    number = span.line + 1
    if source.line(number)[: span.column].strip(" \t#"):
        return number
    return below[span.line]


def _almost(source: Source, span: Span, text: str) -> Problem | None:
    """A remark that was most likely meant as a waiver; None for any other."""
    almost = _ALMOST.match(text)
    if almost is None or not _is_meant(text, almost):
        return None
    codes = [f"SLA{_NUMBER.findall(code)[0]}" for code in re.findall("sla[ _-]?[0-9]+", text, re.IGNORECASE)]
    listed = ", ".join(codes) or "SLA301"
    last = list(re.finditer(r"sla[ _-]?[0-9]+[ \t]*[\])}>]?", text, re.IGNORECASE))
    rest = text[last[-1].end() :] if last else text[almost.end() :]
    message = say("this looks like a waiver, but does not count as one")
    return _wrong(source, span, message, listed, rest, sure=bool(codes))


def _is_meant(text: str, almost: re.Match[str]) -> bool:
    if _IN_BRACKETS.match(text):
        return True
    word = (almost["word"] or "").lower()
    if word in _OTHER_WORDS:
        return bool(almost["sla"]) and (bool(almost["codes"]) or almost.end() == len(text))
    if word and word != "sla":
        return bool(almost["sla"] or almost["codes"]) and _is_near(word)
    return bool(almost["sla"] and almost["codes"])


def _is_near(word: str) -> bool:
    # imported only for a remark that may be a slip of the pen
    from difflib import SequenceMatcher

    known = (_WORD, "waiver", "waived", "waives")
    return len(word) <= _MOST_LETTERS and any(SequenceMatcher(None, word, other).ratio() >= _CLOSE for other in known)


def _wrong(source: Source, span: Span, message: Message, codes: str, rest: str, *, sure: bool = False) -> Problem:
    """A waiver that lacks something, with what to write; where all is there, with the edit that writes it."""
    found = _SOME_DAY.search(rest)
    day = _day(found["day"]) if found else None
    reason = (rest[found.end() :] if found else rest).strip(_LEADING)
    fixes: tuple[Edit, ...] = ()
    if sure and found and day and reason and not rest[: found.start()].strip(_LEADING):
        fixes = source.edits(span, f"# sla: waive[{codes}] until {day} {reason}", safe=True)
    return Problem(source.place_of(span), message, note=_form(codes, day, reason), fixes=fixes, kind="waiver")


def _form(codes: str, day: date | None, reason: str) -> Message:
    """How the waiver is written in full, with all that is known of it."""
    head = f"# sla: waive[{codes}] until {day or _EXAMPLE_DAY}"
    if reason:
        return say("write {waiver}", waiver=Written(f"{head} {reason}"))
    return say("write {waiver} and the reason", waiver=Written(head))


def _day(text: str) -> date | None:
    written = _ISO.match(text)
    try:
        return date.fromisoformat(written["day"]) if written else None
    except ValueError:
        return None
