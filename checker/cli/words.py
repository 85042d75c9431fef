"""The words that the command line speaks."""

from __future__ import annotations

from checker.message import Message


def spoken(message: Message, language: str = "en") -> str:
    """A message in a language, safe to print."""
    from checker.language import words
    from checker.report.terminal import printable

    return printable(words(language).say(message))
