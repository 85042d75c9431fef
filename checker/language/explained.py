"""What stands in declarations of rules, measures and kinds of change: their names, and the explanations beside them.

An explanation is the docstring of the function that looks for something. It is translated paragraph by paragraph, each
as one line, so that nobody has to keep the breaks that the width of the code asks for.
"""

from __future__ import annotations

import inspect
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.language.words import Words

_WIDTH = 100


def paragraphs(explanation: str) -> tuple[str, ...]:
    """The paragraphs of an explanation, each without line breaks."""
    return tuple(" ".join(part.split()) for part in inspect.cleandoc(explanation).split("\n\n") if part.strip())


def explained(explanation: str, words: Words) -> str:
    """An explanation as Markdown, in lines that a terminal shows whole."""
    return "\n\n".join(
        fill(words.declared(part), _WIDTH, break_long_words=False, break_on_hyphens=False)
        for part in paragraphs(explanation)
    )
