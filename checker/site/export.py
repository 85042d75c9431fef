"""The outlet to other generators: the pages as plain Markdown, with their menu and all that they need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import relpath

from markupsafe import Markup

from checker.errors import NotReady, UnwritableOutput
from checker.finding import Place
from checker.language import words
from checker.message import Written, say
from checker.report.writing import unwritable, write_together
from checker.site.configuration import exported_config
from checker.site.page import Edit, Page, line_link, menu
from checker.site.repairs import SCRIPT, STYLE
from checker.site.voice import Voice

MARK = ".sla-export.json"
"""The file by which an export is known again: it lists what was written, and only that is ever replaced."""
_PAGES = "docs"


def export(
    pages: Iterable[Page], folder: Path, *, name: str, language: str, edit: Edit, repository: str | None = None
) -> int:
    """Writes the pages into a folder that is empty, not there yet, or an export already; how many pages there are.

    `edit` gives the address at which a browser edits a line. All files are written, or none. Raises NotReady for a
    folder that holds something else, UnwritableOutput.
    """
    made = list(pages)
    config = exported_config(name, language=language, repository=repository, nav=menu(made), style=STYLE.name)
    files = {"mkdocs.yml": config, **{f"{_PAGES}/{path}": text for path, text in _texts(made, language, edit).items()}}
    before = _written_before(folder)
    _refuse_others(folder, files, before)
    mark = json.dumps({"format": "export/v1", "files": sorted(files)}, indent=2, ensure_ascii=False) + "\n"
    write_together({folder / path: text for path, text in {**files, MARK: mark}.items()})
    for path in before - set(files):
        _remove(folder, path)
    return len(made)


def _texts(pages: list[Page], language: str, edit: Edit) -> Mapping[str, str]:
    """The pages and the two files that go with them, by their path below the folder of the pages."""
    voice = Voice(words(language))
    known = {page.path for page in pages} | {STYLE.name, SCRIPT.name}
    texts = {file.name: file.read_text(encoding="utf-8") for file in (STYLE, SCRIPT)}
    for page in pages:

        def address(path: str, page: Page = page) -> str:
            if path not in known:
                raise KeyError(path)
            return relpath(_url(path), PurePosixPath(page.path).parent.as_posix())

        texts[page.path] = _with_its_line(page, voice).resolved(address, edit)
    return texts


def _with_its_line(page: Page, voice: Voice) -> Page:
    """A page with the line that says it at its end: other generators know no edit button for a line."""
    if not page.file:
        return page
    name = voice.gettext("{file}, line {line}", file=page.file, line=page.line)
    link = Markup('\n<p><a class="sla-line" href="{}">{}</a></p>\n').format(
        line_link(Place(page.file, page.line, 1, 1, "")), name
    )
    return replace(page, markdown=page.markdown + str(link))


def _url(path: str) -> str:
    """Where a page or a file stands in the built site, page beside page: `a/b.md` -> `a/b.html`.

    A link is then the same whether a generator takes it as seen from the Markdown or from the page that it makes.
    """
    pure = PurePosixPath(path)
    return pure.with_suffix(".html").as_posix() if pure.suffix == ".md" else path


# ---------------------------------------------------------------- what stands there


def _written_before(folder: Path) -> set[str]:
    """What an earlier export wrote. Raises NotReady for a folder that holds something and is none."""
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return set()
        listed = json.loads((folder / MARK).read_text(encoding="utf-8"))
        files = listed["files"] if listed["format"] == "export/v1" else None
    except FileNotFoundError:
        files = None
    except (ValueError, KeyError, TypeError):
        files = None
    except OSError as error:
        raise unwritable(str(folder), error) from None
    if not isinstance(files, list) or not all(isinstance(path, str) and _is_inside(path) for path in files):
        raise NotReady(
            say(
                "{folder} is not empty, and no export of the pages: name a new folder, so that nothing is lost",
                folder=Written(str(folder)),
            )
        )
    return set(files)


def _is_inside(path: str) -> bool:
    """Whether a listed file can be one of ours: a list that somebody made up must not reach beyond the folder."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and path not in ("", ".")


def _refuse_others(folder: Path, files: Iterable[str], before: set[str]) -> None:
    """Raises NotReady where a file of somebody else stands in the place of one of ours."""
    for path in files:
        if path not in before and (folder / path).exists():
            raise NotReady(
                say(
                    "{file} was not written by an export, and would be lost: move it away first",
                    file=Written(str(folder / path)),
                )
            )


def _remove(folder: Path, path: str) -> None:
    """Removes a page that is no more, and its folder where that is empty now."""
    file = folder / path
    try:
        file.unlink(missing_ok=True)
        if file.parent != folder and not any(file.parent.iterdir()):
            file.parent.rmdir()
    except OSError as error:
        raise UnwritableOutput(
            say("{file} cannot be removed: {reason}", file=Written(str(file)), reason=error.strerror or str(error))
        ) from None
