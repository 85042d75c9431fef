"""The translation template: every text that the code and the pages' templates say, for translators to start from.

`python -m checker.language.extract` writes `locale/messages.pot`; with `--check` it fails where that file is stale.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from checker.language.explained import paragraphs
from checker.language.translations import LOCALE

TEMPLATE = LOCALE / "messages.pot"
PACKAGE = Path(__file__).parent.parent
SPOKEN = {"say": (1,), "say_counted": (1, 2), "gettext": (1,), "ngettext": (1, 2), "_": (1,)}
"""Functions that say something, and which of their arguments are texts: one, or one and several."""

DECLARED = ("rule", "change", "measure")
"""Decorators whose function is explained to people by its docstring."""

# Without the dates that would change it each day.
_HEADER = b"""# What Smarketing SLA says to people. Translations stand in the folders beside this file.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Text: TypeAlias = str | tuple[str, ...]


def extracted() -> bytes:
    """The template as it should be: sorted, with the files but not the lines that say each text, so that it changes
    only when a text does.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(project="Smarketing SLA", charset="utf-8", fuzzy=False)
    for file, text in sorted({*_said_in_code(), *_said_in_templates()}, key=str):
        catalogue.add(text, locations=[(f"checker/{file}", 0)])
    written = BytesIO()
    write_po(written, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + written.getvalue()


def _said_in_code() -> Iterator[tuple[str, Text]]:
    """Looks at the syntax tree, because Babel's own reader of Python misses what is said inside an f-string."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            said = _said(node) if isinstance(node, ast.Call) else ()
            if isinstance(node, ast.FunctionDef):
                said = tuple(_declared(node))
            for text in said:
                yield file.relative_to(PACKAGE).as_posix(), text


def _said(call: ast.Call) -> tuple[Text, ...]:
    """The text of a call that says something."""
    name = _name_of(call)
    texts = _literals(call.args[: len(SPOKEN.get(name, ()))])
    if not texts or len(texts) != len(SPOKEN[name]):
        return ()
    return (texts if len(texts) > 1 else texts[0],)


def _declared(function: ast.FunctionDef) -> Iterator[str]:
    """What is declared above a function, and its explanation below it (see `checker.language.explained`)."""
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call) or _name_of(decorator) not in DECLARED:
            continue
        yield from _literals(decorator.args[1:2] if _name_of(decorator) != "measure" else [])
        for keyword in decorator.keywords:
            if keyword.arg == "alike":
                yield from _literals([keyword.value])
            elif keyword.arg == "mirror" and isinstance(keyword.value, ast.Tuple):
                yield from _literals(keyword.value.elts[1:])
        yield from paragraphs(ast.get_docstring(function) or "")


def _name_of(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _literals(nodes: Sequence[ast.expr]) -> tuple[str, ...]:
    return tuple(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _said_in_templates() -> Iterator[tuple[str, Text]]:
    from babel.messages.extract import extract_from_dir

    found = extract_from_dir(PACKAGE, [("site/templates/**.j2", "jinja2")], {"**.j2": {"silent": "false"}}, SPOKEN)
    for file, _, text, _, _ in found:
        yield file, text


def main(arguments: list[str]) -> int:
    """Writes the template, or compares. Returns the exit code."""
    current = extracted()
    if "--check" in arguments:
        if TEMPLATE.is_file() and TEMPLATE.read_bytes() == current:
            return 0
        sys.stderr.write(f"{TEMPLATE.name} is stale: run `python -m checker.language.extract`\n")
        return 1
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(current)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
