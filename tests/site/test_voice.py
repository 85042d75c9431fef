"""What was said once is said again only where it would be said alike."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from checker.language import words
from checker.message import Argument, Named, Translated, Written, say
from checker.quantity import Share
from checker.site.voice import Voice

EQUAL: tuple[tuple[Argument, ...], ...] = (
    (
        "<b>a</b>",
        Markup("<b>a</b>"),
        Translated("<b>a</b>", {"pt-BR": "um"}),
        Translated("<b>a</b>", {"pt-BR": "dois"}),
    ),
    (Written("a"), Written(Translated("a", {"pt-BR": "um"}))),
    (
        Named(("a", "b")),
        Named((Translated("a", {"pt-BR": "um"}), "b")),
        Named((Markup("a"), "b")),
        Named(("a", "b"), "or"),
    ),
    (say("{of}", of="<a>"), say("{of}", of=Markup("<a>")), say("{of}", of=Translated("<a>", {"pt-BR": "um"}))),
    (1, Fraction(1), Share(Fraction(1))),
    (
        datetime(2027, 6, 7, 12, tzinfo=UTC),
        datetime(2027, 6, 7, 12, tzinfo=UTC).astimezone(ZoneInfo("America/Sao_Paulo")),
    ),
)
"""Values that are equal, or look so, and are not said alike."""


@pytest.mark.parametrize("language", ["en", "pt-BR"])
@pytest.mark.parametrize("values", EQUAL)
def test_nothing_is_said_in_the_words_of_another_value(values: tuple[Argument, ...], language: str):
    """One voice that says one after the other, in any order and twice, says of each what a new voice says of it."""
    alone = [Voice(words(language)).say(say("it is {value}", value=value)) for value in values]
    for order in permutations(range(len(values))):
        voice = Voice(words(language))
        said = {number: voice.say(say("it is {value}", value=values[number])) for number in (*order, *order)}

        assert alone == [said[number] for number in range(len(values))]


def test_the_same_words_of_another_sentence_are_its_own():
    """Singular and plural, and other names of the same values."""
    voice = Voice(words("en"))

    assert ["1 lead", "2 leads", "1 lead"] == [
        voice.ngettext("{count} lead", "{count} leads", count=n) for n in (1, 2, 1)
    ]
    assert ["a, b", "b, a"] == [voice.gettext("{x}, {y}", x=x, y=y).replace("&#44;", ",") for x, y in ("ab", "ba")]
