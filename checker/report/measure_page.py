"""A measure's page: what `sla explain` prints and the documentation shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.language.explained import explained
from checker.message import say

if TYPE_CHECKING:
    from checker.language import Words
    from checker.measures.measure import Measure


def measure_page(measure: Measure, words: Words) -> str:
    """A measure as Markdown: its formula and population, and what each reader learns from it."""
    readers = (
        (say("an executive sees"), measure.executive),
        (say("a marketer sees"), measure.marketer),
        (say("a seller sees"), measure.seller),
    )
    return "\n\n".join(
        [
            f"# {measure.id}: {words.say(measure.name)}",
            explained(measure.documentation, words),
            "\n".join(f"- {words.say(reader)}: {words.say(text)}" for reader, text in readers),
            "",
        ]
    )
