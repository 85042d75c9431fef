"""The translators' template: current, without slips, and every call gives what its text asks for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from checker.language.extract import TEMPLATE, extracted
from tests.conftest import ROOT

BRACES = re.compile(r"\{(\w+)\}")
FILES = sorted((ROOT / "checker").rglob("*.py"))


def test_the_template_is_current():
    """After a changed text: `python -m checker.language.extract`."""
    assert extracted().decode() == TEMPLATE.read_text(encoding="utf-8")


def test_the_template_has_no_slips():
    """Each text once, none empty or half-translated, braces balanced and named."""
    catalogue = read_po(BytesIO(TEMPLATE.read_bytes()), abort_invalid=True)
    written = re.findall(r'^msgid (.*(?:\n".*")*)', TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE)
    texts = [
        text for entry in catalogue if entry.id for text in ([entry.id] if isinstance(entry.id, str) else entry.id)
    ]

    assert [] == [text for text, times in Counter(written).items() if times > 1]
    assert [] == [text for text in texts if not text.strip() or text != text.strip()]
    assert [] == [text for text in texts if set("{}") & set(BRACES.sub("", text)) and "{{" not in text]
    assert [] == [entry.id for entry in catalogue if entry.id and (entry.fuzzy or any(entry.string))]
    assert len(texts) > 100


def calls(file: Path) -> list[ast.Call]:
    return [
        call
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("say", "say_counted")
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_each_text_is_given_what_its_braces_ask_for(file):
    """No brace stays empty, and no value is computed for nothing."""
    wrong = []
    for call in calls(file):
        texts = [text.value for text in call.args if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        given = {keyword.arg for keyword in call.keywords}
        asked = set(BRACES.findall(" ".join(texts)))
        if None not in given and given - {"count"} != asked - {"count"}:
            wrong.append((call.lineno, sorted(map(str, given ^ asked))))
        if None not in given and call.args and isinstance(call.func, ast.Name):
            counts = call.func.id == "say_counted" or "count" in asked
            if counts is not ("count" in given):
                wrong.append((call.lineno, ["count"]))

    assert [] == wrong
