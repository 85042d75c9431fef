"""Which languages there are, and what is offered for one that there is not."""

from __future__ import annotations

import pytest

from checker.language import LANGUAGES, language_named, meant_language, unknown_language, words


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt-BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("PT", "pt-BR"),
        ("pl", "pl"),
        ("es-MX", None),
        ("pt-PT", None),
        ("polski", None),
        ("de", None),
        ("", None),
        ("pt_BR.UTF-8", None),
    ],
)
def test_a_language_is_asked_for_by_its_code_in_any_case(asked, language):
    """What is merely near is not taken for it."""
    assert language == language_named(asked)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("es-MX", "es"),
        ("pt-PT", "pt-BR"),
        ("en_US", "en"),
        ("polski", "pl"),
        ("Español", "es"),
        ("italian", "it"),
        ("pt-RB", "pt-BR"),
        ("portugues", "pt-BR"),
        ("de", None),
        ("日本語", None),
        ("", None),
    ],
)
def test_the_language_that_was_probably_meant(asked, meant):
    assert meant == meant_language(asked)


def test_the_error_says_what_to_write():
    assert [
        "there are no words in the language “es-MX”; did you mean es?",
        "there are no words in the language “de”; write en, pt-BR, es, it or pl",
    ] == [words().say(unknown_language(asked)) for asked in ("es-MX", "de")]


def test_every_language_is_known_by_its_own_code():
    assert list(LANGUAGES) == [language_named(language) for language in LANGUAGES]
