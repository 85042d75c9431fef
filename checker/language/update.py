"""The translators' files, one a language, kept in step with the template.

`python -m checker.language.update` takes up the texts that are new, drops those that nobody says any more, and lays
each `messages.po` out in one way: sorted, with the files but not the lines that say each text. What is translated stays
as it is. With `--check` it writes nothing, names what is missing or wrong, and fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from checker.language.extract import TEMPLATE
from checker.language.translations import LOCALE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message


class Plural(NamedTuple):
    """How many forms a language has for what is counted, and what chooses among them (in gettext's notation)."""

    forms: int
    chosen: str


NAMES = {"pt-BR": "Brazilian Portuguese", "es": "Spanish", "it": "Italian", "pl": "Polish"}
PLURALS = {
    "pt-BR": Plural(2, "(n > 1)"),
    "es": Plural(2, "(n != 1)"),
    "it": Plural(2, "(n != 1)"),
    # the fourth form, under a number that nothing counts, is for fractions: "1,5 leada"
    "pl": Plural(4, "(n < 0 ? 3 : n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}
_BRACES = re.compile(r"\{(\w+)\}|%\((\w+)\)s")

Key: TypeAlias = tuple[str, ...]
"""A text of the template: one, or one for a single thing and one for several."""


class Translated(NamedTuple):
    """What a file has for a text: its forms, and whether somebody marked them as a guess."""

    forms: tuple[str, ...]
    is_guess: bool = False


def file_of(language: str) -> Path:
    """Where a language's translations stand."""
    return LOCALE / language.replace("-", "_") / "messages.po"


def translated(language: str) -> dict[Key, Translated]:
    """What stands in a language's file, empty texts too; nothing where there is no file. Raises what Babel raises for
    a file that it cannot read.
    """
    file = file_of(language)
    if not file.is_file():
        return {}
    return {texts_of(entry): Translated(forms_of(entry), entry.fuzzy) for entry in _read(file) if entry.id}


def laid_out(language: str, done: Mapping[Key, Translated]) -> bytes:
    """A language's file: each text of the template, with its translation where there is one."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    plural = PLURALS[language]
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    # and not as many forms as Babel thinks that the language has
    catalogue.mime_headers = [("Plural-Forms", f"nplurals={plural.forms}; plural={plural.chosen}")]
    for entry in template():
        key = texts_of(entry)
        blank = ("",) * (plural.forms if len(key) > 1 else 1)
        there = done.get(key, Translated(()))
        string = there.forms or blank
        catalogue.add(
            entry.id,
            string if len(key) > 1 else string[0],
            locations=[(file, 0) for file, _ in entry.locations],
            flags=["fuzzy"] if there.is_guess else [],
        )
    written = BytesIO()
    write_po(written, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return _header(language).encode() + written.getvalue()


def _header(language: str) -> str:
    plural = PLURALS[language]
    return (
        f"# What Smarketing SLA says to people, in {NAMES[language]}.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language.replace("-", "_")}\\n"\n'
        f'"Plural-Forms: nplurals={plural.forms}; plural={plural.chosen};\\n"\n'
        "\n"
    )


def template() -> list[Message]:
    """The texts that there are to translate."""
    return [entry for entry in _read(TEMPLATE) if entry.id]


def faults(language: str) -> Iterator[str]:
    """What is wrong with a language's file, each in a line; nothing where it is whole."""
    done = translated(language)
    keys = [texts_of(entry) for entry in template()]
    for key in keys:
        there = done.get(key)
        if there is None or not any(there.forms):
            yield f"not translated: {key[0]!r}"
        else:
            yield from (f"{fault}: {key[0]!r}" for fault in faults_of(key, there, PLURALS[language].forms))
    yield from (f"no longer said: {key[0]!r}" for key in done.keys() - set(keys))
    if file_of(language).is_file() and file_of(language).read_bytes() != laid_out(language, done):
        yield "not laid out as `python -m checker.language.update` does it"


def faults_of(key: Key, there: Translated, forms: int) -> Iterator[str]:
    """What is wrong with the translation of one text; `forms` is how many its language has for what is counted."""
    if there.is_guess:
        yield "marked as a guess (fuzzy)"
    if len(there.forms) != (forms if len(key) > 1 else 1):
        yield f"has {len(there.forms)} forms instead of {forms if len(key) > 1 else 1}"
    wanted = _braces(key)
    # what is counted may be said in a word of its own, "one lead"; and what only one of both texts has may be left out
    free = {brace for brace in wanted if not all(brace in _braces([text]) for text in key)}
    free |= {"count"} if len(key) > 1 else set()
    for form in there.forms:
        if not form.strip():
            yield "one of its forms is empty"
            continue
        found = _braces([form])
        if found - wanted or wanted - found - free:
            yield f"has other braces ({', '.join(sorted(found ^ wanted))})"
        if form.count("\n") != key[-1].count("\n"):
            yield "has other line breaks"
        if (form[0].isspace(), form[-1].isspace()) != (key[0][0].isspace(), key[0][-1].isspace()):
            yield "begins or ends with another space"


def _braces(texts: Iterable[str]) -> set[str]:
    return {named or inserted for named, inserted in _BRACES.findall(" ".join(texts))}


def _read(file: Path) -> Catalog:
    from babel.messages.pofile import read_po

    with file.open("rb") as written:
        return read_po(written, abort_invalid=True)


def texts_of(entry: Message) -> Key:
    """The English of an entry: one text, or that for one thing and that for several."""
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def forms_of(entry: Message) -> tuple[str, ...]:
    """What an entry says in its language, an empty text where it is not translated."""
    said = entry.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def main(arguments: list[str]) -> int:
    """Brings the files up to date, or tells what is wrong with them. Returns the exit code."""
    if "--check" in arguments:
        wrong = [f"{language}: {fault}" for language in PLURALS for fault in faults(language)]
        sys.stderr.write("".join(f"{line}\n" for line in wrong))
        return 1 if wrong else 0
    for language in PLURALS:
        done = translated(language)
        file = file_of(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(laid_out(language, done))
        left = sum(line.startswith("not translated") for line in faults(language))
        sys.stdout.write(f"{language}: {left} of {len(template())} texts are not translated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
