"""Words and phrases found in texts, whatever their capitals and accents' spelling, in time that grows with the text.

A word is a run of letters, digits and `_`; what stands between two words does not count (`follow-up` is `follow up`).
What stands in quotation marks is a name or somebody else's word, and is not looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from checker.agreement.texts import Said
from checker.finding import At, Edit
from checker.message import Message

T = TypeVar("T")

# letters may carry their accents as signs of their own, as files from a Mac have them
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_NOT_SAID = re.compile(
    r"""["“„«][^"“”„«»]*["”»]|`[^`]*`|https?://\S+|\S+@\S+""",
)
_LONGEST_ABBREVIATION = 5


class Spotted(NamedTuple, Generic[T]):
    """Words of a text, as they stand there, and what was to be known of them."""

    start: int
    words: str
    about: T


class Phrases(Generic[T]):
    """Phrases to look for, each with what is to be known of it; of two that overlap the longer one is found."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, with_plurals: bool = False) -> None:
        """`with_plurals` also finds `suspects` for `suspect`."""
        self._with_plurals = with_plurals
        self._by_first: dict[str, list[tuple[list[str], bool, T]]] = {}
        for phrase, about in phrases:
            words = words_of(phrase)
            if words:
                exact = is_abbreviation(phrase)
                self._by_first.setdefault(_key(words[0]), []).append(([_key(word) for word in words], exact, about))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def spotted(self, text: str) -> Iterator[Spotted[T]]:
        """Each place of a text where one of the phrases stands."""
        found = list(_WORD.finditer(spoken(text)))
        keys = [_key(word[0]) for word in found]
        position = 0
        while position < len(found):
            match = self._match(found, keys, position)
            if match is None:
                position += 1
            else:
                count, about = match
                start = found[position].start()
                yield Spotted(start, text[start : found[position + count - 1].end()], about)
                position += count

    def _match(self, found: list[re.Match[str]], keys: list[str], position: int) -> tuple[int, T] | None:
        for start in self._firsts(keys[position]):
            for words, exact, about in self._by_first.get(start, ()):
                here = keys[position : position + len(words)]
                if len(here) < len(words) or not self._fits(here, words):
                    continue
                # an abbreviation in small letters may be a word of its own: SAL, and salt in Portuguese
                if exact and not found[position][0].removesuffix("s").isupper():
                    continue
                return len(words), about
        return None

    def _firsts(self, key: str) -> tuple[str, ...]:
        return (key, *_singulars(key)) if self._with_plurals else (key,)

    def _fits(self, here: list[str], words: list[str]) -> bool:
        if here[:-1] != words[:-1]:
            return False
        return here[-1] == words[-1] or (self._with_plurals and words[-1] in _singulars(here[-1]))


def _singulars(key: str) -> tuple[str, ...]:
    """What a word may be the plural of."""
    if not key.endswith("s"):
        return ()
    return (key[:-1], key[:-2]) if key.endswith("es") else (key[:-1],)


def words_of(text: str) -> list[str]:
    """The words of a text, as they stand."""
    return _WORD.findall(text)


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, so that two texts of the same words are equal."""
    return tuple(_key(word) for word in words_of(text))


def _key(word: str) -> str:
    return word.casefold() if word.isascii() else unicodedata.normalize("NFC", word).casefold()


def spoken(text: str) -> str:
    """A text with spaces for what stands in quotation marks, and for addresses."""
    if not any(sign in text for sign in '"“„«`@:'):
        return text
    return _NOT_SAID.sub(lambda found: " " * len(found[0]), text)


def is_abbreviation(word: str) -> bool:
    """Two to five capital letters and nothing else."""
    return 2 <= len(word) <= _LONGEST_ABBREVIATION and word.isalpha() and word.isupper()


def marked(said: Said, start: int, words: str) -> At:
    """The spot of some words inside a text."""
    # the same words may stand there before, also as a part of others: what is written is searched in the same way
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    nth = sum(1 for found in pattern.finditer(said.text) if found.start() < start)
    return At(said.path, words=words, nth=nth)


_SIMPLE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}\Z")
_VOWELS = "aeiou"
_ARTICLE = re.compile(r"\ban? \Z", re.IGNORECASE)


def replacement(said: Said, spot: Spotted[T], instead: str, why: Message | None = None) -> tuple[Edit, ...]:
    """The edit that writes other words; none where they are no simple words.

    It is safe in English alone, where no article and no ending depends on the word, and only for the very word.
    """
    if not _SIMPLE.match(instead):
        return ()
    before = said.text[: spot.start]
    new = instead
    if spot.words[0].isupper() and not before.strip() and not is_abbreviation(new):
        new = new[0].upper() + new[1:]
    at = marked(said, spot.start, spot.words)
    same_article = not _ARTICLE.search(before) or (spot.words[0].casefold() in _VOWELS) is (
        new[0].casefold() in _VOWELS
    )
    is_safe = said.language == "en" and same_article and not is_abbreviation(new)
    return (Edit(at, spot.words, new, why, safe=is_safe),)
