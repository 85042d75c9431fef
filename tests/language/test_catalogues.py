"""The translators' files: whole in every language, laid out in one way, and read as Babel reads them."""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from checker.language import LANGUAGES
from checker.language.known import SOURCE_LANGUAGE
from checker.language.translations import read_catalogue, translations
from checker.language.update import (
    PLURALS,
    Translated,
    faults,
    faults_of,
    file_of,
    forms_of,
    laid_out,
    template,
    texts_of,
)

TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)
each_language = pytest.mark.parametrize("language", TRANSLATED)
NUMBERS = (-1, *range(130), 1000, 1001, 1_000_000)


@each_language
def test_every_text_is_translated(language):
    """None is missing, a guess, left over, or of another build than its source. `make translations` lays out."""
    assert [] == list(faults(language))


def test_each_language_but_the_source_has_its_file():
    assert TRANSLATED == tuple(PLURALS)


@each_language
def test_what_is_read_is_what_babel_reads(language):
    """Every text with every number, from the real file."""
    read, compiled = translations(language), BytesIO()
    write_mo(compiled, read_po(BytesIO(file_of(language).read_bytes())))
    compiled.seek(0)
    oracle = GNUTranslations(compiled)
    wrong = []
    for one, *several in map(texts_of, template()):
        if several:
            many = several[0]
            wrong += [one for n in NUMBERS if read.counted(one, many, n) != oracle.ngettext(one, many, n)]
        else:
            wrong += [one] if read.text(one) != oracle.gettext(one) else []

    assert [] == wrong


@pytest.mark.parametrize(
    ("key", "forms", "wrong"),
    [
        (("a lead",), ("um lead",), []),
        (("{a} of {b}",), ("{b}: {a}, {a}",), []),
        (("{count} lead", "{count} leads"), ("jeden lead", "{count} leady", "{count} leadów", "{count} leada"), []),
        (("{count} {a}", "{count} {b}"), ("{count} {b}",) * 4, []),
        (("{a} of {b}",), ("{a} de",), ["has other braces (b)"]),
        (("{a} of {b}",), ("{a} de {c}",), ["has other braces (b, c)"]),
        (("%(a)s of",), ("%(b)s de",), ["has other braces (a, b)"]),
        (("{count} {a}", "{count} {a}"), ("{count}",) * 4, ["has other braces (a)"] * 4),
        (("a\nb",), ("a b",), ["has other line breaks"]),
        (("a ",), ("a",), ["begins or ends with another space"]),
        (("a",), (" a",), ["begins or ends with another space"]),
        (("{count} a", "{count} as"), ("{count} a", "{count} as"), ["has 2 forms instead of 4"]),
        (("{count} a", "{count} as"), ("a", "as", "", "as"), ["one of its forms is empty"]),
        (("a",), ("  ",), ["one of its forms is empty"]),
    ],
)
def test_a_translation_says_what_its_source_says(key, forms, wrong):
    assert wrong == list(faults_of(key, Translated(forms), 4))


def test_a_guess_is_no_translation():
    assert ["marked as a guess (fuzzy)"] == list(faults_of(("a",), Translated(("um",), is_guess=True), 2))


@each_language
def test_a_file_without_translations_is_laid_out_with_an_empty_line_for_each_form(language):
    """For translators to fill in; and what is filled in already stays."""
    texts = [texts_of(entry) for entry in template()]
    first = next(key for key in texts if len(key) == 1)
    empty = read_po(BytesIO(laid_out(language, {})))
    begun = read_po(BytesIO(laid_out(language, {first: Translated(("“é”",))})))
    forms = {len(forms_of(entry)) for entry in empty if entry.id and len(texts_of(entry)) > 1}

    assert (PLURALS[language].forms, {PLURALS[language].forms}) == (empty.num_plurals, forms)
    assert texts == [texts_of(entry) for entry in empty if entry.id]
    assert [("“é”",)] == [forms_of(entry) for entry in begun if entry.id and any(forms_of(entry))]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n"\\'), min_size=1).filter(str.strip)
SINGLE = st.tuples(st.tuples(TEXTS), st.tuples(TEXTS))
COUNTED = st.tuples(st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))


@given(st.lists(SINGLE | COUNTED, max_size=8, unique_by=lambda pair: pair[0][0]))
def test_whatever_babel_writes_is_read(pairs):
    """Quotes, backslashes, line breaks and long lines too."""
    catalogue = Catalog(locale="it", charset="utf-8", fuzzy=False)
    for texts, forms in pairs:
        catalogue.add(*((texts, forms) if len(texts) > 1 else (texts[0], forms[0])))
    written = BytesIO()
    write_po(written, catalogue, width=60)
    read = read_catalogue(written.getvalue().decode())

    assert [forms for _, forms in pairs] == [
        tuple(read.counted(texts[0], texts[-1], number) for number in (1, 5)) if texts[1:] else (read.text(texts[0]),)
        for texts, _ in pairs
    ]


def test_a_text_without_a_translation_stays_english():
    catalogue = read_catalogue(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\nmsgid "a"\nmsgstr ""\n'
    )

    assert ("a", "b", "one", "many") == (
        catalogue.text("a"),
        catalogue.text("b"),
        catalogue.counted("one", "many", 1),
        catalogue.counted("one", "many", 0),
    )
