"""What is said to people, before it is worded in their language.

A message is its English text, which is also its key in the translation catalogue, and the values that
stand in its braces. The values keep their types (money, a month, a share), so that each language writes
them its own way. Only `checker.language` turns a message into words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias, Union

from checker.quantity import Duration, Money, Month, Period, Share


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of the agreement as it stands in the file (`45`, `at least 3`): never translated or reformatted."""

    text: str


class Translated(str):
    """Words that people wrote in an agreement: its own language's, with what they are in others (language -> words).

    As a text it is what the agreement's own language says, by which it is compared and looked for.
    """

    translations: Mapping[str, str]

    def __new__(cls, text: str, translations: Mapping[str, str]) -> Translated:
        """Texts are made whole: there is nothing to set up later."""
        made = super().__new__(cls, text)
        made.translations = translations
        return made

    def in_language(self, language: str) -> str:
        """The words for a reader of a language: the translation, else those of the agreement's own language."""
        return self.translations.get(language, str(self))


def translations_of(text: str) -> dict[str, str]:
    """What a text is in other languages; nothing where there are no translations of it."""
    return dict(text.translations) if isinstance(text, Translated) else {}


def in_language(text: str, language: str) -> str:
    """A text for a reader of a language; one without translations is the same for all."""
    return text.in_language(language) if isinstance(text, Translated) else text


@dataclass(frozen=True, slots=True)
class Named:
    """Several names of one kind, to be joined with the language's own comma and "and" or "or"."""

    names: tuple[str, ...]
    last: str = "and"


Argument: TypeAlias = Union[
    str, int, Fraction, Written, Named, Month, Period, Money, Share, Duration, date, datetime, "Message"
]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence or part of one.

    `text` has named braces (`{count} leads`); `many` is the plural text, chosen by the argument `count`.
    """

    text: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    many: str | None = None


def say(text: str, /, **arguments: Argument) -> Message:
    """A message; `text` must be a literal, so that the catalogue's extractor finds it."""
    return Message(text, arguments)


def say_counted(one: str, many: str, /, *, count: int | Fraction, **arguments: Argument) -> Message:
    """A message that depends on a number: `one` for a single thing, `many` for several."""
    return Message(one, {"count": count, **arguments}, many)


def any_of(names: Sequence[str]) -> Named:
    """Names joined with "or"."""
    return Named(tuple(names), "or")


def all_of(names: Sequence[str]) -> Named:
    """Names joined with "and"."""
    return Named(tuple(names), "and")


_PASSWORD = re.compile(
    r"(?<=://)(?P<who>[^/\s:@]*:)(?!password@)(?P<url>[^/\s@]+)(?=@)|(?P<key>[?&]password=)(?P<value>[^&\s\"']+)", re.I
)


def without_password(text: str) -> str:
    """A text with a star for each sign of a password in an address (`postgresql://ana:****@host/crm`).

    An address with a password does not belong into an agreement; where somebody wrote one, it must not go on into the
    log of a CI server. The text keeps its length, so that columns stay what they are. The word `password` itself is
    what we write to show how an address looks.
    """
    if "://" not in text:
        return text
    return _PASSWORD.sub(lambda found: (found["who"] or found["key"]) + "*" * len(found["url"] or found["value"]), text)
