"""The translation catalogues: one `messages.po` a language, beside this file. English is the source and needs none.

The text files themselves are read, so that no compiled one can be older than what translators wrote. Babel takes a
quarter of a second for that, which each command would wait for; these few lines take a twentieth of it. They read what
`checker.language.update` writes, which is less than the format allows; a test compares them with Babel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from gettext import c2py
from pathlib import Path

from checker.language.known import SOURCE_LANGUAGE

LOCALE = Path(__file__).parent / "locale"

_ENTRY = re.compile(
    r'^msgid ((?:"[^\n]*"\n)+)(?:msgid_plural ((?:"[^\n]*"\n)+))?((?:msgstr(?:\[[0-9]\])? (?:"[^\n]*"\n)+)+)',
    re.MULTILINE,
)
_FORM = re.compile(r'^msgstr(?:\[[0-9]\])? ((?:"[^\n]*"\n)+)', re.MULTILINE)
_PLURALS = re.compile(r"^Plural-Forms:.*\bplural=(.+);$", re.MULTILINE)


class Catalogue:
    """The texts of one language: English text -> its translation, or the forms of what is counted.

    A text that has no translation stays English.
    """

    def __init__(self, texts: Mapping[str, tuple[str, ...]], form: Callable[[int], int]) -> None:
        self._texts = texts
        self._form = form

    def text(self, english: str) -> str:
        """The translation of a text."""
        return self._texts.get(english, (english,))[0] or english

    def counted(self, one: str, many: str, number: int) -> str:
        """The form that a number asks for; see `form_number` for what stands for a fraction."""
        forms = self._texts.get(one, ())
        form = self._form(number)
        return (forms[form] if form < len(forms) else "") or (one if number == 1 else many)


@cache
def translations(language: str) -> Catalogue:
    """The catalogue of a language; where there is none, the English texts stand."""
    file = LOCALE / language.replace("-", "_") / "messages.po"
    if language == SOURCE_LANGUAGE or not file.is_file():
        return Catalogue({}, lambda _: 0)
    return read_catalogue(file.read_text(encoding="utf-8"))


def read_catalogue(written: str) -> Catalogue:
    """The catalogue that a `messages.po` holds. Its header says how many forms a number has, and which is meant."""
    texts = {
        _joined(one): tuple(_joined(form) for form in _FORM.findall(forms)) for one, _, forms in _ENTRY.findall(written)
    }
    plurals = _PLURALS.search(texts.pop("", ("",))[0])
    return Catalogue(texts, c2py(plurals[1]) if plurals else lambda number: number != 1)


def _joined(lines: str) -> str:
    """A text from its quoted lines."""
    text = lines[1:-2].replace('"\n"', "")
    return str(json.loads(f'"{text}"')) if "\\" in text else text
