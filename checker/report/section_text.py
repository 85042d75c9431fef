"""A proposal as YAML to paste, with its doubts beside the lines that they concern."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from checker.finding import Path
from checker.inspection.proposal import Proposal
from checker.language import Words
from checker.report.terminal import printable

_WIDTH = 118
_SHORT = 96
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ_%](?:[\w ./()+-]*[\w)/])?")
_FORMAT_WORDS = frozenset(["yes", "no", "true", "false", "null", "~"])
_DATES = re.compile(r"\d{4}-\d{2}-\d{2}(?: to \d{4}-\d{2}-\d{2})?")


def section_text(proposal: Proposal, words: Words) -> str:
    """The `source` section. A doubt begins with `# ?`, what is only said with `#`."""
    lines = ["source:", *_Writer(proposal, words).mapping(proposal.values, (), 1)]
    return "\n".join(lines) + "\n"


def yaml_lines(values: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Plain values as lines of YAML, short mappings in braces."""
    yield from _Writer(None, None).mapping(values, (), depth)


class _Writer:
    def __init__(self, proposal: Proposal | None, words: Words | None) -> None:
        self._proposal = proposal
        self._words = words

    def mapping(self, values: Mapping[str, Any], path: Path, depth: int) -> Iterator[str]:
        """The lines of a mapping's entries."""
        for key, value in values.items():
            yield from self._entry(key, value, (*path, key), depth)

    def _entry(self, key: str, value: Any, path: Path, depth: int) -> Iterator[str]:
        lead = "  " * depth + f"{scalar(key)}:"
        below = self._has_notes_below(path)
        short = _flow(value) if not (isinstance(value, Mapping) and (depth < 2 or below)) else None
        if short is not None and len(lead) + len(short) + 1 <= _SHORT:
            yield from self._noted(f"{lead} {short}", path, depth)
        elif isinstance(value, Mapping):
            yield from self._noted(lead, path, depth)
            yield from self.mapping(value, path, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from self._noted(lead, path, depth)
            for item in value:
                yield "  " * (depth + 1) + f"- {_flow(item)}"
        else:
            yield from self._noted(f"{lead} {scalar(value)}", path, depth)

    def _has_notes_below(self, path: Path) -> bool:
        if self._proposal is None:
            return False
        return any(len(noted) > len(path) and noted[: len(path)] == path for noted in self._proposal.notes)

    def _noted(self, line: str, path: Path, depth: int) -> Iterator[str]:
        """A line with what is to be said of it: behind it where there is room, else above it."""
        comments = self._comments(path)
        if len(comments) == 1 and len(line) + 2 + len(comments[0]) <= _WIDTH:
            yield f"{line}  {comments[0]}"
            return
        for comment in comments:
            yield "  " * depth + comment
        yield line

    def _comments(self, path: Path) -> list[str]:
        if self._proposal is None or self._words is None:
            return []
        notes = self._proposal.notes.get(path, [])
        return [("# ? " if note.is_doubt else "# ") + printable(self._words.say(note.said)) for note in notes]


def _flow(value: Any) -> str | None:
    """A value on one line; None for what is too deep for that."""
    if isinstance(value, Mapping):
        if len(value) > 4 or any(isinstance(inner, Mapping) and len(inner) > 2 for inner in value.values()):
            return None
        parts = [(scalar(key), _flow(inner)) for key, inner in value.items()]
        return "{" + ", ".join(f"{key}: {inner}" for key, inner in parts) + "}" if all(p[1] for p in parts) else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A single value as the format writes it: texts in quotes wherever a reader might take them for something else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return str(value)
    text = str(value)
    if (_PLAIN.fullmatch(text) and text.casefold() not in _FORMAT_WORDS and "%" not in text) or _DATES.fullmatch(text):
        return text
    written = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in written)


def _escaped(sign: str) -> str:
    """A character that nobody sees, in the letters of YAML (and JSON) for it."""
    code = ord(sign)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
