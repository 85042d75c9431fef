"""What people see can be translated: every text reaches the catalogue."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from checker.language.extract import extracted
from tests.conftest import ROOT

PASSES_ON = ROOT / "checker" / "site" / "voice.py"
"""Says what the templates hand to it, which the template's own test looks at."""
FILES = [file for file in sorted((ROOT / "checker").rglob("*.py")) if file != PASSES_ON]


def said_in(file: Path) -> list[ast.expr]:
    """The texts of all calls of `say` and `say_counted` in a file, as its syntax tree has them."""
    return [
        argument
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for argument in call.args[: {"say": 1, "say_counted": 2}.get(call.func.id, 0)]
    ]


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """Every text of the template, plurals too."""
    texts: set[str] = set()
    for message in read_po(BytesIO(extracted())):
        texts |= {message.id} if isinstance(message.id, str) else set(message.id)
    return texts


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_said_is_a_literal_text_of_the_catalogue(file: Path, collected: set[str]):
    """A text that is put together when it is said has no translation."""
    texts = [text.value if isinstance(text, ast.Constant) else ast.unparse(text) for text in said_in(file)]

    assert [] == [text for text in texts if text not in collected]


def test_texts_of_pages_are_collected(collected: set[str]):
    """Templates speak as the rest does."""
    assert {"About the data", "Words to avoid"} <= collected
