"""A language made for tests: what goes through the catalogue stands in ⟦brackets⟧, what people wrote is in Greek.

Whatever is Latin outside of brackets was said past the catalogue, or is no word: an id, a number, a file's name.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from ruamel.yaml import YAML

from checker.agreement import build
from checker.language.translations import Catalogue
from checker.text import read

LANGUAGE = "es"
"""Whose months, numbers and lists stand for those of the made language."""
OPEN, CLOSE = "⟦", "⟧"
_BRACES = re.compile(r"(\{\w+\})")
_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβγδεφγηιικλμνοπκρστυβωξυζΑΒΓΔΕΦΓΗΙΙΚΛΜΝΟΠΚΡΣΤΥΒΩΞΥΖ"
)
_CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопкрстувшхизАБЦДЕФГХИЙКЛМНОПКРСТУВШХИЗ"
)
GREEK = re.compile("[α-ωΑ-Ω]{2,}")
_SAID = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_ID = re.compile(
    r"\bsla [a-z]+(?: [a-z]+)?\b|\d{4}-\d\d to \d{4}-\d\d|https?://\S+|[\w.]*/[\w./-]+|"
    r"-?-?\w+(?:[-_.]\w+)+|--\w+|\b\w+:(?= |$)|<[^>]*>"
)
"""Commands, periods, addresses, paths, ids of several words, options, keys of the notation, tags."""


def bracketed(english: str) -> str:
    """A text with its own words in brackets, and what is filled in outside of them."""
    return "".join(
        part if _BRACES.fullmatch(part) or not part.strip() else f"{OPEN}{part}{CLOSE}"
        for part in _BRACES.split(english)
    )


def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on every catalogue is that of the made language."""
    monkeypatch.setattr(Catalogue, "text", lambda _, english: bracketed(english))
    monkeypatch.setattr(Catalogue, "counted", lambda _, one, many, number: bracketed(one if abs(number) == 1 else many))


def in_greek(folder: Path, translated_into: str = "") -> None:
    """Rewrites the agreement in a folder: what people wrote for people is in Greek letters. Where a language is given,
    a translation into it stands beside each text that may have one, in Cyrillic letters.
    """
    document = read(folder)
    paths = [said.path for said in build(document.values).texts]
    for file in sorted(folder.glob("*.yaml")):
        yaml = YAML()
        yaml.width = 10_000
        values = yaml.load(file.read_text(encoding="utf-8"))
        for path in paths:
            if path[0] in values:
                _rewrite(values, path, translated_into)
        with file.open("w", encoding="utf-8") as out:
            yaml.dump(values, out)


ONLY_ONCE = ("what", "rank", "other", "role", "format")
"""Keys whose texts are written once: names that other places repeat, and a word or two."""


def _rewrite(values: Any, path: tuple[Any, ...], language: str) -> None:
    *way, last = path
    for step in way:
        values = values[step]
    own = values[last].translate(_GREEK)
    if language and path[0] != "log" and last not in ONLY_ONCE and isinstance(last, str):
        values[last] = {"en": own, language: values[last].translate(_CYRILLIC)}
    else:
        values[last] = own


def copied(agreement: Path, folder: Path, translated_into: str = "") -> Path:
    """A copy of an agreement in Greek letters, with a translation in Cyrillic ones if wanted."""
    shutil.copytree(agreement, folder)
    in_greek(folder, translated_into)
    return folder


_SENTENCES = {
    *("marketing", "sales", "is", "the", "of", "and", "or", "to", "at", "least", "most", "business", "hours", "days"),
    *("month", "months", "week", "every", "first", "name", "by", "Monday", "Friday", "from", "missed", "late"),
}
"""Words of the notation that must not be read as such in a sentence."""


def ids_in(values: Any) -> set[str]:
    """The words of all keys and values that people did not write for people: ids may be shown as words."""
    if isinstance(values, dict):
        return {word for key in values for word in _words(str(key))}.union(*map(ids_in, values.values()))
    if isinstance(values, list):
        return set[str]().union(*map(ids_in, values))
    return set(_words(str(values)))


def _words(text: str) -> Iterator[str]:
    """An id as words, and each of them, except those that any sentence may hold."""
    words = re.sub("[-_]", " ", text)
    if re.fullmatch(r"[a-z]+(?: [a-z]+)+", words):
        yield words
    yield from (word for word in _WORD.findall(words) if word not in _SENTENCES)


def calendar_words() -> set[str]:
    """Months, days and the words between the parts of a list or a date, as Babel has them."""
    locale = Locale.parse(LANGUAGE)
    names = [
        name
        for table in (locale.months, locale.days)
        for width in ("wide", "abbreviated")
        for name in table["stand-alone"][width].values()
    ]
    return {word.casefold() for name in names for word in _WORD.findall(name)} | {"de", "mil"}


def unsaid(text: str, known: Iterable[str]) -> Iterator[str]:
    """The lines of a text with words that did not pass through the catalogue, each with these words before it."""
    allowed = {word.casefold() for word in known} | calendar_words()
    phrases = sorted((phrase for phrase in known if " " in phrase), key=len, reverse=True)
    while _SAID.search(text):
        text = _SAID.sub(" ", text)
    text = html.unescape(text)
    for phrase in phrases:
        text = text.replace(phrase, " ")
    for line in text.splitlines():
        words = [word for word in _WORD.findall(_ID.sub(" ", line)) if word.casefold() not in allowed]
        if words:
            yield f"{' '.join(words)}: {line.strip()}"
