"""The translation catalogues: one `messages.po` a language, beside this file. English is the source and needs none."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language, read from its text file; where there is none, the English texts stand.

    Text files are read directly, so that no compiled file can be older than what translators wrote.
    """
    file = LOCALE / language.replace("-", "_") / "messages.po"
    if language == SOURCE_LANGUAGE or not file.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as written:
        catalogue = read_po(written, locale=language.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
