"""The translators' template: current, without slips, and every call gives what its text asks for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from checker.language.extract import TEMPLATE, extracted
from tests.conftest import ROOT

CODE = re.compile(r"``.*?``|`[^`]*`|“[^”]*”|\"[^\"]*\"")
"""Examples in explanations hold braces of their own."""
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
    bare = {text: BRACES.sub("", CODE.sub("", text)) for text in texts if "{{" not in text}
    assert [] == [text for text, rest in bare.items() if set("{}") & set(rest)]
    assert [] == [entry.id for entry in catalogue if entry.id and (entry.fuzzy or any(entry.string or ()))]
    assert len(texts) > 100


def said_in(file: Path) -> Iterator[tuple[ast.Call, bool]]:
    """Calls of `say` and `say_counted`, and whether each stands inside a function. What stands outside of one is a
    form, which is filled later.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("say", "say_counted"):
            yield call, id(call) in inside


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_each_text_is_given_what_its_braces_ask_for(file):
    """No brace stays empty, and no value is computed for nothing."""
    wrong = []
    for call, is_inside in said_in(file):
        texts = [text.value for text in call.args if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        given = {keyword.arg or "**" for keyword in call.keywords}
        asked = set(BRACES.findall(" ".join(texts)))
        if getattr(call.func, "id", "") == "say_counted":
            asked.add("count")
        if "**" not in given and (given - asked or (is_inside and asked - given)):
            wrong.append((call.lineno, sorted(given ^ asked)))

    assert [] == wrong
