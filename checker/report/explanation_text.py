"""What there is to say of a promise, at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.finding import Explanation
from checker.report.terminal import Paint, Style, printable, width

if TYPE_CHECKING:
    from checker.language import Words


def explanation_text(explanation: Explanation, words: Words, *, has_colour: bool = False) -> str:
    """A promise: its sentence, its line, and one line for each thing that the agreement says of it."""
    paint = Paint(has_colour)
    facts = [(printable(words.value(fact.label)), printable(words.value(fact.text))) for fact in explanation.facts]
    column = max((width(label) for label, _ in facts), default=0)
    place = explanation.place
    return "\n".join(
        [
            paint(f"{explanation.name}: {printable(words.text(explanation.sentence))}", Style.STRONG),
            paint(f"{printable(place.file)}:{place.line}:{place.column}", Style.QUIET),
            "",
            *(f"  {label}{' ' * (column - width(label))}   {text}" for label, text in facts),
            "",
        ]
    )
