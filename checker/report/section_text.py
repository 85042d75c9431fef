"""Proposals as YAML to paste: a `source` section or a draft, with doubts beside the lines that they concern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.finding import Path
from checker.inspection.dialect import Note
from checker.inspection.proposal import Proposal
from checker.language import Words
from checker.report.terminal import printable
from checker.text.writing import key_text, scalar

_WIDTH = 118
_SHORT = 96
Notes = Mapping[Path, Sequence[Note]]


def section_text(proposal: Proposal, words: Words) -> str:
    """The `source` section. A doubt begins with `# ?`, what is only said with `#`."""
    notes = {("source", *path): noted for path, noted in proposal.notes.items()}
    return "\n".join(_Writer(notes, words, blocks=2).mapping({"source": proposal.values}, (), 0)) + "\n"


def agreement_text(values: Mapping[str, Any], notes: Notes, words: Words) -> str:
    """An agreement, a blank line between its sections."""
    writer = _Writer(notes, words, blocks=1)
    found: list[str] = []
    before_is_long = False
    for key, value in values.items():
        lines = list(writer.mapping({key: value}, (), 0))
        if found and (before_is_long or len(lines) > 1):
            found.append("")
        found += lines
        before_is_long = len(lines) > 1
    return "\n".join(found) + "\n"


class _Writer:
    """Writes values as lines; mappings down to the depth `blocks` stand on lines of their own."""

    def __init__(self, notes: Notes, words: Words, blocks: int) -> None:
        self._notes = notes
        self._words = words
        self._blocks = blocks

    def mapping(self, values: Mapping[str, Any], path: Path, depth: int) -> Iterator[str]:
        """The lines of a mapping's entries."""
        for key, value in values.items():
            yield from self._entry(key, value, (*path, key), depth)

    def _entry(self, key: str, value: Any, path: Path, depth: int) -> Iterator[str]:
        lead = "  " * depth + f"{key_text(key)}:"
        short = None if isinstance(value, Mapping) and self._is_block(path, depth) else _flow(value)
        if short is not None and len(lead) + len(short) + 1 <= _SHORT:
            yield from self._noted(f"{lead} {short}", path, depth)
        elif isinstance(value, Mapping):
            yield from self._noted(lead, path, depth)
            yield from self.mapping(value, path, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from self._noted(lead, path, depth)
            for item in value:
                yield "  " * (depth + 1) + f"- {scalar(item)}"
        else:
            yield from self._noted(f"{lead} {scalar(value)}", path, depth)

    def _is_block(self, path: Path, depth: int) -> bool:
        """Whether a mapping must have lines of its own: it stands high up, or holds sentences or notes."""
        holds_sentences = str(path[0]).endswith("_promises") or path[0] in ("working_time", "targets")
        has_notes = any(len(noted) > len(path) and noted[: len(path)] == path for noted in self._notes)
        return depth < self._blocks or (holds_sentences and depth < 2) or has_notes

    def _noted(self, line: str, path: Path, depth: int) -> Iterator[str]:
        """A line with what is to be said of it: behind it where there is room, else above it."""
        comments = [
            ("# ? " if note.is_doubt else "# ") + printable(self._words.say(note.said))
            for note in self._notes.get(path, ())
        ]
        if len(comments) == 1 and len(line) + 2 + len(comments[0]) <= _WIDTH:
            yield f"{line}  {comments[0]}"
            return
        for comment in comments:
            yield "  " * depth + comment
        yield line


def _flow(value: Any) -> str | None:
    """A value on one line; None for what is too much for that."""
    if isinstance(value, Mapping):
        if len(value) > 4 or any(isinstance(inner, Mapping) and len(inner) > 2 for inner in value.values()):
            return None
        parts = [(key_text(key), _flow(inner)) for key, inner in value.items()]
        if any(inner is None for _, inner in parts):
            return None
        return "{" + ", ".join(f"{key}: {inner}" for key, inner in parts) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    return scalar(value)
