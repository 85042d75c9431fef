"""Phrases in texts: what counts as the same word, and what is left alone."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.agreement.texts import Said
from checker.rules.phrases import Phrases, Spotted, folded, is_abbreviation, marked, replacement
from checker.rules.vague_words import VAGUE

CASES = {
    "as it is": (["soon"], "Call soon", ["soon"]),
    "capitals": (["soon"], "SOON we call, Soon", ["SOON", "Soon"]),
    "a part of a word": (["soon"], "sooner, monsoon, soon_er", []),
    "between signs": (["soon"], "(soon), soon; soon-ish", ["soon", "soon", "soon"]),
    "an accent behind": (["cafe"], "um café, o cafés", []),
    "accent": (["já"], "Já vai", ["Já"]),
    "a letter and its accent apart": (["relevância"], unicodedata.normalize("NFD", "a relevância"), ["relevância"]),
    "the same, no accent": (["relevancia"], unicodedata.normalize("NFD", "a relevância"), []),
    "two words": (["good quality"], "Good  quality and good\nquality", ["Good  quality", "good\nquality"]),
    "with a hyphen": (["follow up"], "a follow-up", ["follow-up"]),
    "the longer one": (["quality", "good quality"], "good quality, quality", ["good quality", "quality"]),
    "in quotation marks": (["soon"], 'The queue "soon", “soon” and «soon» or `soon`', []),
    "in an address": (["soon"], "soon@firm.example, https://soon.example/soon", []),
    "between quotation marks": (["soon"], '"A" soon "B"', ["soon"]),
    "an apostrophe": (["all'occorrenza"], "Chiamare all'occorrenza", ["all'occorrenza"]),
    "an abbreviation": (["SAL"], "SAL, sal, Sal", ["SAL"]),
    "Polish": (["możliwie szybko"], "Możliwie szybko!", ["Możliwie szybko"]),
    "nothing to look for": (["..."], "...", []),
}


def spotted(phrases: list[str], text: str) -> list[str]:
    return [unicodedata.normalize("NFC", spot.words) for spot in Phrases((it, it) for it in phrases).spotted(text)]


@pytest.mark.parametrize(("phrases", "text", "expected"), CASES.values(), ids=CASES)
def test_words_are_found_whatever_their_spelling(phrases: list[str], text: str, expected: list[str]) -> None:
    assert expected == spotted(phrases, text)


@pytest.mark.parametrize(
    ("singular", "text"), [("suspect", "Two suspects"), ("boss", "bosses"), ("bad lead", "bad leads")]
)
def test_plurals_are_found_where_they_are_wanted(singular: str, text: str) -> None:
    looking = Phrases([(singular, singular)], with_plurals=True)

    assert [singular] == [spot.about for spot in looking.spotted(text)]
    assert [] == spotted([singular], text)


words = st.sampled_from(["a", "b", "ab", "é", "A"])


@given(
    st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4),
    st.lists(words, max_size=12),
)
def test_found_is_what_a_plain_search_finds(phrases: list[str], text: list[str]) -> None:
    """Beside a regular expression that tries the longest phrase first: the same places, for texts without quotes."""
    together = " ".join(text)
    ordered = sorted(phrases, key=lambda phrase: -len(phrase.split()))
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)"
    expected = [(found.start(), found[0]) for found in re.finditer(pattern, together, re.IGNORECASE)]

    assert expected == [(spot.start, spot.words) for spot in Phrases((it, it) for it in phrases).spotted(together)]


def said(text: str, language: str = "en") -> Said:
    return Said(text, language, ("agreement",), "agreement")


REPLACED = {
    "safe": ("Each suspect is called", "suspect", "lead", "lead", True),
    "at the beginning": ("Suspect who called", "Suspect", "lead", "Lead", True),
    "article fits": ("A suspect", "suspect", "lead", "lead", True),
    "article does not fit": ("A suspect", "suspect", "opportunity", "opportunity", False),
    "abbreviation": ("Each suspect", "suspect", "MQL", "MQL", False),
    "two words": ("The funnel velocity", "funnel velocity", "sales cycle", "sales cycle", True),
}


@pytest.mark.parametrize(("text", "words", "instead", "new", "safe"), REPLACED.values(), ids=REPLACED)
def test_a_word_is_replaced_safely_where_nothing_depends_on_it(
    text: str, words: str, instead: str, new: str, safe: bool
) -> None:
    [edit] = replacement(said(text), Spotted(text.index(words), words, None), instead)

    assert (words, new, safe) == (edit.old, edit.new, edit.safe)


def test_other_languages_bend_their_words() -> None:
    """`uma conta` is not `uma lead`: a person looks at it."""
    [edit] = replacement(said("uma conta", "pt-BR"), Spotted(4, "conta", None), "lead")

    assert not edit.safe


def test_a_sentence_replaces_no_word() -> None:
    assert () == replacement(said("A suspect"), Spotted(2, "suspect", None), "lead, or what it is: a contact")


def test_the_mark_counts_what_stands_before() -> None:
    """`SAL` stands in `SALES` too: the mark is of the third piece of text that reads so."""
    text = "SALES, SAL and SAL"
    spots = list(Phrases([("SAL", None)]).spotted(text))

    assert [("SAL", 1), ("SAL", 2)] == [
        (at.words, at.nth) for at in (marked(said(text), spot.start, spot.words) for spot in spots)
    ]


def test_the_lists_of_all_languages_leave_the_same_things_open() -> None:
    kinds = {language: set(listed) for language, listed in VAGUE.items()}

    assert {"en", "pt-BR", "es", "it", "pl"} == set(kinds)
    assert [kinds["en"]] * 5 == list(kinds.values())


def test_vague_words_can_be_found() -> None:
    """A phrase without a letter, or of which a longer one is never found, would be a dead line of the list."""
    for language, listed in VAGUE.items():
        looking = Phrases((phrase, phrase) for phrases in listed.values() for phrase in phrases)
        for phrases in listed.values():
            for phrase in phrases:
                assert [phrase] == [spot.about for spot in looking.spotted(f"- {phrase}.")], language


def test_what_counts_as_an_abbreviation() -> None:
    assert ["SDR", "MQL", "ŚĆ"] == [
        word for word in ("SDR", "MQL", "sdr", "A", "B2B", "LOUDLY", "ŚĆ") if is_abbreviation(word)
    ]


def test_folded_texts_are_equal_where_their_words_are() -> None:
    assert folded("Cold-calls!") == folded("cold  Calls")
