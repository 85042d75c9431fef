"""From messages to words, in five languages; numbers, money, months and dates as each of them writes these."""

from checker.language.saved import from_json, to_json
from checker.language.words import LANGUAGES, Words, words

__all__ = ["LANGUAGES", "Words", "from_json", "to_json", "words"]
