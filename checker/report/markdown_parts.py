"""Pieces of a comment on a pull request: lists, folded parts, and how much room there is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

LONGEST = 65_536
"""GitHub's limit on a comment, in UTF-16 units."""


def items(texts: Sequence[str]) -> str:
    """A list."""
    return "\n".join(f"- {text}" for text in texts)


def fold(told: str, text: str) -> str:
    """What is shown only when its reader wants it, below a line that says what it is."""
    return f"<details><summary>{told}</summary>\n\n{text}\n\n</details>"


def length(text: str) -> int:
    """How much of a comment a text takes, in UTF-16 units."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def mark_of(command: str, where: str) -> str:
    """What no reader sees, and tells a command's comment about one agreement from all others."""
    return f"<!-- {command} {sha256(where.encode(errors='replace')).hexdigest()[:12]} -->"
