"""What the reader says of texts that read well but mean something else than their writer meant.

Each function makes the problem of one trap: what is wrong, what happens, what to write instead, and the edit that
does it. `kind` is the handle by which a rule of the catalogue picks it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.finding import Because, Choice, Place, Problem
from checker.message import Written, say
from checker.text.composer import Mark
from checker.text.numbers import Respelled
from checker.text.quotes import one_line, quoted
from checker.text.source import Source
from checker.text.tree import Scalar, Span

# what begins with #sla: is a remark for this tool, and told of as such (`checker.text.waivers`)
_TIGHT = r"#(?![Ss][Ll][Aa]:)[^\s#=*~_-]"
_REMARK = re.compile(rf"[ \t]+{_TIGHT}")
_HAS_REMARK = re.compile(rf"[ \t]{_TIGHT}")
_NUMBERED = re.compile(r"[ \t]+#[0-9]")
_WORD = re.compile(r"\S+")


def lines_with_tight_remark(source: Source) -> frozenset[int]:
    """Lines, counted from 0, with a `#` that has a space before it and none behind it."""
    return frozenset(number for number, line in enumerate(source.lines) if "#" in line and _HAS_REMARK.search(line))


class LostRemark(NamedTuple):
    """A text cut off at ` #`; `text` is the whole where that is surely what was meant."""

    problem: Problem
    text: str | None


def lost_remark(source: Source, node: Scalar) -> LostRemark | None:
    """`call #5 first` is read as `call`. None where nothing is lost."""
    standing = source.standing(node.span)
    line = source.line(standing.end_line + 1)
    if not _REMARK.match(line, standing.end_column):
        return None
    rest = line[standing.end_column :].rstrip(" \t")
    end = standing.end_column + len(rest)
    if node.is_blank:
        standing = Span(standing.end_line, end - len(rest.lstrip()), standing.end_line, end)
    whole = Span(standing.line, standing.column, standing.end_line, end)
    text = one_line(source.text(whole))
    sure = bool(_NUMBERED.match(rest))
    in_quotes = source.edits(whole, quoted(text), safe=sure)
    choices: tuple[Choice, ...] = ()
    if not sure:
        remark = Span(standing.end_line, end - len(rest.lstrip()), standing.end_line, end)
        as_remark = source.edits(remark, "# " + rest.lstrip()[1:])
        choices = (
            Choice(say("if it belongs to the text: {quoted}", quoted=Written(quoted(text))), in_quotes),
            Choice(say("if it is a remark, put a space after the #"), as_remark),
        )
    message = say(
        "a # after a space begins a remark, so only `{read}` is read of `{written}`: put the text in quotes",
        read=Written(node.text),
        written=Written(text),
    )
    problem = Problem(
        source.place_of(whole), message, choices=choices, fixes=in_quotes if sure else (), kind="lost-comment"
    )
    return LostRemark(problem, text if sure else None)


def empty_value(source: Source, node: Scalar, key: Scalar | None) -> Problem:
    """`team:` with nothing behind it; also `~` and `null`."""
    if node.text:
        return Problem(
            source.place(node.span),
            say(
                "`{written}` stands for no value, which an agreement does not use: "
                "write a value, or delete the line (in quotes it is a text)",
                written=Written(node.text),
            ),
            kind="empty-value",
        )
    if key is None:
        return Problem(
            source.place(node.span),
            say("this entry of the list is empty: write something after the dash, or delete the line"),
            kind="empty-value",
        )
    if source.has_colon_behind(key.span):
        message = say(
            "`{key}` has no value: write one behind the colon (or, for several lines, below it and two spaces "
            "further in), or delete the line",
            key=Written(key.text),
        )
        return Problem(source.place(key.span), message, kind="empty-value")
    message = say(
        "inside braces a comma begins a new key, and `{key}` has no value: write `{key}: …`, "
        "or put the text that holds the comma in quotes",
        key=Written(key.text),
    )
    return Problem(source.place(key.span), message, kind="comma-in-braces")


def comma_in_braces(source: Source, span: Span, text: str, torn_off: str) -> Problem:
    """`{means: Sales accepted lead, one that sales said yes to}` makes a second key."""
    standing = source.standing(span)
    message = say(
        "inside braces a comma ends the text, so `{torn_off}` became a key of its own: "
        "put the text in quotes, {quoted}",
        torn_off=Written(one_line(torn_off)),
        quoted=Written(quoted(text)),
    )
    return Problem(
        source.place_of(standing),
        message,
        fixes=source.edits(standing, quoted(text), safe=True),
        kind="comma-in-braces",
    )


def comma_in_number(source: Source, span: Span, text: str, number: str) -> Problem:
    """`{budget: R$ 30,000}` makes a key `000`."""
    standing = source.standing(span)
    message = say(
        "a comma ends the number here, so `{written}` falls apart: write `{number}`",
        written=Written(text),
        number=Written(number),
    )
    return Problem(
        source.place_of(standing), message, fixes=source.edits(standing, number, safe=True), kind="thousands"
    )


def thousands(source: Source, node: Scalar, respelled: Respelled) -> Problem:
    """`R$ 30.000`, `1_000`, or `1.200`, of which nobody can tell what it means."""
    standing = source.standing(node.span)

    def rewritten(number: str) -> str:
        return node.style + number + node.style

    if respelled.decimal is None:
        message = say(
            "numbers have no separators for thousands: write `{number}` for `{written}`",
            number=Written(respelled.text),
            written=Written(node.text),
        )
        fixes = source.edits(standing, rewritten(respelled.text), safe=True)
        return Problem(source.place_of(standing), message, fixes=fixes, kind="thousands")
    message = say(
        "`{written}` is read as {decimal}, but looks like {number}: write the one that you mean",
        written=Written(node.text),
        decimal=Written(respelled.decimal),
        number=Written(respelled.text),
    )
    choices = tuple(
        Choice(say("write `{number}`", number=Written(number)), source.edits(standing, rewritten(number)))
        for number in (respelled.text, respelled.decimal)
    )
    return Problem(source.place_of(standing), message, choices=choices, kind="thousands")


def zero_first(source: Source, node: Scalar, number: str) -> Problem:
    """`010`: a number to people, a text or eight to programs."""
    standing = source.standing(node.span)
    message = say(
        "`{written}` begins with a zero, which programs read in different ways: write `{number}`, "
        "or {quoted} if it is a code and not a number",
        written=Written(node.text),
        number=Written(number),
        quoted=Written(quoted(node.text)),
    )
    choices = (
        Choice(say("a number: `{number}`", number=Written(number)), source.edits(standing, number)),
        Choice(say("a code: {quoted}", quoted=Written(quoted(node.text))), source.edits(standing, quoted(node.text))),
    )
    return Problem(source.place_of(standing), message, choices=choices, kind="thousands")


def nothing_folded(source: Source, node: Scalar, key: Scalar | None) -> Problem:
    """`>5` or `>` alone, which announce lines that do not come."""
    standing = source.standing(node.span)
    text = source.text(standing)
    if bound := text[1:].strip("+- "):
        new = f"more than {bound}"
        message = say(
            "comparisons are written in words: `{new}` for `{written}`", new=Written(new), written=Written(text)
        )
        fixes = source.edits(standing, new, safe=True)
        return Problem(source.place_of(standing), message, fixes=fixes, kind="special-start")
    return empty_value(source, node, key)


def no_space(source: Source, glued: Scalar, key: str, value: str) -> Problem:
    """`{team:sales}` is one word."""
    standing = source.standing(glued.span)
    message = say(
        "a space is missing behind the colon: write `{key}: {value}`", key=Written(key), value=Written(one_line(value))
    )
    fixes = source.edits(standing, f"{key}: {value}", safe=True)
    return Problem(source.place_of(standing), message, fixes=fixes, kind="syntax")


def duplicate_key(source: Source, first: Scalar, second: Scalar) -> Problem:
    """The same key twice in one place."""
    return Problem(
        source.place(second.span),
        say("`{key}` stands here twice, and only the first counts: keep one of them", key=Written(second.text)),
        because=(Because(source.place(first.span), say("the first `{key}`", key=Written(first.text))),),
        kind="duplicate-key",
    )


def no_key(source: Source, span: Span) -> Problem:
    """A colon without a word before it, or a list where a key should be."""
    return Problem(
        source.place(span),
        say("a word is missing before the colon: write `key: value`, or put the text in quotes"),
        kind="syntax",
    )


def starts_with_brace(source: Source, span: Span, text: str) -> Problem:
    """`{{name}}`, where a text is meant."""
    standing = source.standing(span)
    return Problem(
        source.place_of(standing),
        say("a text that begins with a brace must stand in quotes: {quoted}", quoted=Written(quoted(text))),
        fixes=source.edits(standing, quoted(text), safe=True),
        kind="special-start",
    )


def list_in_braces(source: Source, span: Span) -> Problem:
    """`{marketing, sales}`, where a list is meant."""
    standing = source.standing(span)
    as_list = f"[{source.text(standing)[1:-1]}]"
    return Problem(
        source.place_of(standing),
        say("a list stands in square brackets: write `{list}`", list=Written(one_line(as_list))),
        fixes=source.edits(standing, as_list),
        kind="comma-in-braces",
    )


def shortcut(source: Source, span: Span) -> Problem:
    """An anchor (`&x`), a reference to one (`*x`) or a merge (`<<`)."""
    return Problem(
        _first_word(source, span),
        say(
            "words that begin with & or *, and the key <<, repeat another place of the file, which an agreement does "
            "not use: write the lines out"
        ),
        kind="no-anchors",
    )


def mark(source: Source, mark: Mark, taken_as_text: bool) -> Problem:
    """A word that begins with & or * or !."""
    standing = source.standing(mark.span)
    text = one_line(source.text(standing))
    kind = "no-tags" if mark.kind == "tag" else "no-anchors"
    if taken_as_text and not text.startswith("!!"):
        message = say(
            "a text cannot begin with {sign}: put it in quotes, {quoted}",
            sign=Written(text[0]),
            quoted=Written(quoted(text)),
        )
        return Problem(
            source.place_of(standing), message, fixes=source.edits(standing, quoted(text), safe=True), kind=kind
        )
    if mark.kind != "tag":
        return shortcut(source, mark.span)
    return Problem(
        _first_word(source, mark.span),
        say("a word that begins with ! changes how the rest is read, which an agreement does not use: delete it"),
        kind=kind,
    )


def second_document(source: Source, span: Span) -> Problem:
    """`---` between two agreements in one file."""
    return Problem(
        _first_word(source, span),
        say("a second document begins here, and a file holds one: delete the line of dashes or dots"),
        kind="second-document",
    )


def _first_word(source: Source, span: Span) -> Place:
    line, column = source.standing(span)[:2]
    word = _WORD.match(source.line(line + 1), column)
    return source.place_of(Span(line, column, line, word.end() if word else column))


def not_a_mapping(source: Source, span: Span) -> Problem:
    """A list, a sentence or a web page where an agreement should be."""
    if source.line(span.line + 1).lstrip().startswith("<"):
        message = say("this is a web page and not an agreement: download the file itself (on GitHub, the Raw button)")
    else:
        message = say("an agreement is made of lines like `key: value`, and this is none")
    return Problem(source.place(span), message, kind="not-a-mapping")
