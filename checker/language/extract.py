"""The translation template: every text that the code and the pages' templates say, for translators to start from.

`python -m checker.language.extract` writes `locale/messages.pot`; with `--check` it fails where that file is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from checker.language.translations import LOCALE

TEMPLATE = LOCALE / "messages.pot"
PACKAGE = Path(__file__).parent.parent
_SPOKEN: Mapping[str, tuple[int, ...]] = {
    "say": (1,),
    "say_counted": (1, 2),
    "gettext": (1,),
    "ngettext": (1, 2),
    "_": (1,),
}
# Without the dates that would change it each day.
_HEADER = b"""# What Smarketing SLA says to people. Translations stand in the folders beside this file.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_METHODS = [("**.py", "python"), ("site/templates/**.j2", "jinja2")]


def extracted() -> bytes:
    """The template as it should be: sorted, with the files but not the lines that say each text, so that it changes
    only when a text does.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import write_po

    catalogue = Catalog(project="Smarketing SLA", charset="utf-8", fuzzy=False)
    found = extract_from_dir(PACKAGE, _METHODS, {"**.j2": {"silent": "false"}}, dict(_SPOKEN))
    for file, _, text, _, _ in found:
        catalogue.add(text, locations=[(f"checker/{file}", 0)])
    written = BytesIO()
    write_po(written, catalogue, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + written.getvalue()


def main(arguments: list[str], say: Callable[[str], Any]) -> int:
    """Writes the template, or compares. Returns the exit code."""
    current = extracted()
    if "--check" in arguments:
        if TEMPLATE.is_file() and TEMPLATE.read_bytes() == current:
            return 0
        say(f"{TEMPLATE.relative_to(PACKAGE.parent)} is stale: run `python -m checker.language.extract`\n")
        return 1
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(current)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stderr.write))
