"""What of a page is HTML already, and is set aside while Markdown makes the rest.

Most of a page is lists, tables and drawings that our templates wrote as HTML. Markdown leaves such blocks as they are,
but reads them letter by letter, twice, to find their ends and their anchors; we know both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_BLOCK = re.compile(r"<(details|div|dl|figure|ol|p|table|ul)\b")
"""Elements that are blocks for Markdown and of which our templates make whole blocks."""
_MARK = '<div class="sla-set-aside">{}</div>'
_MARKED = re.compile(_MARK.format("([0-9]+)"))
_ANCHOR = re.compile(r'<[a-z][^>]* id="([^"]*)"')


def set_aside(text: str) -> tuple[str, list[str]]:
    """A page's text with a mark in the place of its blocks of HTML, and these blocks."""
    kept: list[str] = []
    rest: list[str] = []
    was_block = False
    for chunk in _chunks(text):
        is_block = _is_block(chunk)
        if is_block and was_block:
            kept[-1] += f"\n\n{chunk.strip()}"  # as Markdown parts them
        elif is_block:
            rest.append(_MARK.format(len(kept)))
            kept.append(chunk.strip())
        else:
            rest.append(chunk)
        was_block = is_block
    return "\n\n".join(rest), kept


def put_back(html: str, kept: list[str]) -> str | None:
    """What Markdown made of the rest, with the blocks in their places; None where it has not left every mark alone."""
    if [str(number) for number in range(len(kept))] != _MARKED.findall(html):
        return None
    return _MARKED.sub(lambda found: kept[int(found[1])], html)


def anchors(kept: list[str]) -> set[str]:
    """The anchors within the blocks."""
    return {unescape(anchor) for block in kept for anchor in _ANCHOR.findall(block)}


def _chunks(text: str) -> Iterator[str]:
    """The paragraphs of a text, and its blocks of HTML whole, also where there is an empty line within them."""
    paragraphs = iter(text.split("\n\n"))
    for chunk in paragraphs:
        opens = _BLOCK.match(chunk.lstrip("\n"))
        while opens is not None and not _is_closed(chunk, opens[1]):
            following = next(paragraphs, None)
            if following is None:
                break
            chunk = f"{chunk}\n\n{following}"
        yield chunk


def _is_block(chunk: str) -> bool:
    text = chunk.strip("\n")
    opens = _BLOCK.match(text)
    return opens is not None and _is_closed(text, opens[1]) and text.endswith(f"</{opens[1]}>")


def _is_closed(chunk: str, name: str) -> bool:
    return len(re.findall(rf"<{name}\b", chunk)) == chunk.count(f"</{name}>")
