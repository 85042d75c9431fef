"""Builds the pages as a change of the agreement would make them, to be looked at as files.

    python tools/preview.py AGREEMENT OUT

By a `mkdocs.yml` that is written for it, and not by the repository's own, which a stranger may have written and which
may run programs. Says in one message why there are no pages, and ends with 3.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.agreement import build as build_agreement
from checker.errors import SlaError
from checker.language import words
from checker.site.build import build
from checker.site.configuration import mkdocs_config
from checker.text import read


def preview(agreement: Path, out: Path) -> Path:
    """Builds the pages of an agreement into a folder; the first page. Raises SlaError."""
    document = read(agreement)
    built = build_agreement(document.values, document.problems, document.unread)
    with TemporaryDirectory() as folder:
        pages = Path(folder) / "docs"
        pages.mkdir()
        config = Path(folder) / "mkdocs.yml"
        text = mkdocs_config(
            built.title,
            agreement=str(agreement.resolve()),
            results=str(Path(folder) / "results.json"),
            language=built.language,
            is_served=False,
        )
        config.write_text(text, encoding="utf-8")
        return build(config, out.resolve())


def main(arguments: list[str]) -> int:
    """Builds the pages; the exit code."""
    agreement, out = map(Path, arguments)
    try:
        print(f"The pages are built: {preview(agreement, out)}")
    except SlaError as error:
        print(words("en").say(error.message))
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
