"""The language in which a command speaks: the one that was asked for, else that of the agreement, else English.

What ends a command early is said in it too. That is why the language is looked for among the arguments before these
are read, and kept while the command runs. The language of the computer is not asked: whoever reads what a CI server
prints, or a colleague's screen, should find the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.language import Words
    from checker.text import Document

_OPTIONS = ("--lang", "--language")
_ARGUMENTS: ContextVar[Sequence[str]] = ContextVar("arguments", default=())
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def begin(arguments: Sequence[str]) -> None:
    """A command line begins: nothing of an earlier one is remembered."""
    _ARGUMENTS.set(arguments)
    _SPOKEN.set(None)


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that the arguments ask for; None where they ask for none, or for one that there is not."""
    from checker.language import language_named

    asked = None
    for number, argument in enumerate(arguments):
        name, has_value, value = argument.partition("=")
        if name in _OPTIONS:
            asked = value if has_value else next(iter(arguments[number + 1 : number + 2]), None)
    return None if asked is None else language_named(asked)


def speak(language: str) -> Words:
    """The words of a language, in which everything is said from here on."""
    from checker.language import words

    _SPOKEN.set(language)
    return words(language)


def speak_as(document: Document, asked: str | None) -> None:
    """From here on the language that was asked for is spoken, else the one that an agreement says it is written in."""
    from checker.language import language_named

    written = document.values.get("language")
    speak(asked or (language_named(written) if isinstance(written, str) else None) or "en")


def spoken_language() -> str:
    """The language in which is spoken now."""
    return _SPOKEN.get() or asked_language(_ARGUMENTS.get()) or "en"
