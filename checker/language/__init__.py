"""From messages to words, in five languages; numbers, money, months and dates as each of them writes these."""

from checker.language.known import LANGUAGES, language_named, meant_language, unknown_language
from checker.language.saved import from_json, to_json
from checker.language.words import Words, words

__all__ = [
    "LANGUAGES",
    "Words",
    "from_json",
    "language_named",
    "meant_language",
    "to_json",
    "unknown_language",
    "words",
]
