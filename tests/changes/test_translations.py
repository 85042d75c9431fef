"""Translations are editorial: what was agreed is what the agreement's own language says."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.review.diff import diff
from tests.rules.examples import document

STAGES = "stages: {{lead: {{team: marketing}}, mql: {{team: marketing}}}}\n"
OWN = "dictionary: {{churn: {{means: {means}}}}}\nhandoff: {{stage: mql, channel: {channel}}}\n" + STAGES


def between(old: tuple[str, str], new: tuple[str, str], folder: Path) -> list[tuple[str, str, bool]]:
    """The changes between two texts of a meaning and a channel: kind, of what, whether it is editorial."""
    texts = [OWN.format(means=means, channel=channel) for means, channel in (old, new)]
    documents = [document(text, folder / str(number)) for number, text in enumerate(texts)]
    found = diff(*documents)
    return [(change.kind, change.what, change.is_editorial) for change in found.changes]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Who leaves", "The queue"), ("{en: Who leaves, pt-BR: Quem sai}", "The queue")),
        (("{en: Who leaves, pt-BR: Quem sai}", "The queue"), ("{en: Who leaves, pt-BR: Quem vai}", "The queue")),
        (("{en: Who leaves, pt-BR: Quem sai}", "The queue"), ("Who leaves", "The queue")),
    ],
)
def test_a_translation_that_comes_goes_or_changes_is_editorial(old, new, tmp_path):
    """Also where another text would be a change of what was agreed."""
    changes = between(old, new, tmp_path)

    assert [("translation-changed", "dictionary.churn", True)] == changes


def test_another_text_in_the_own_language_is_what_it_was(tmp_path):
    changes = between(
        ("{en: Who leaves, es: Quien se va}", "The queue"), ("{en: What leaves, es: Quien se va}", "The list"), tmp_path
    )

    assert "word-means-otherwise" in {kind for kind, _, _ in changes}
    assert "translation-changed" not in {kind for kind, _, _ in changes}
    assert [] == [kind for kind, _, is_editorial in changes if is_editorial]


def test_the_same_text_written_by_language_is_no_change(tmp_path):
    assert [] == between(("Who leaves", "The queue"), ("{en: Who leaves}", "{en: The queue}"), tmp_path)
