"""From files to pages for any outlet: read, checked, and only then rendered."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from checker.agreement import build
from checker.backtested import BacktestFile
from checker.errors import SlaError
from checker.finding import Path as ModelPath
from checker.finding import Place, Severity
from checker.language import words
from checker.message import Written, say
from checker.report.plan_json import PlanFile
from checker.review.changelog import changelog_of
from checker.review.releases import history_of
from checker.review.validate import validate
from checker.site.contents import SiteContents, SiteFiles
from checker.site.page import Page
from checker.site.render import render
from checker.site.safe import safe
from checker.site.voice import Voice
from checker.text import Document, read
from checker.verdict import Results


class Refused(Exception):
    """There are no pages: the agreement has errors, or a file cannot be read. The text names every place."""


class Contradicted(Refused):
    """There are no pages: the agreement was read, and has errors."""


REFUSAL = "errors.md"
Kept = TypeVar("Kept", Results, PlanFile, BacktestFile)
_FAULTS = {
    "Results": say("{file} does not hold the results of a check: write it again with “sla check --format json={file}”"),
    "PlanFile": say("{file} does not hold a plan: write it again with “sla plan --format json={file}”"),
    "BacktestFile": say(
        "{file} does not hold a test of the criteria: write it again with “sla backtest --format json={file}”"
    ),
}
"""What is said of a file that another version wrote, or somebody by hand."""


def refusal_page(refused: Refused, language: str, *, is_alone: bool = False) -> Page:
    """The page that stands before the last good ones while somebody edits: every error with its place.

    It is the first page where there are no good ones yet.
    """
    voice = Voice(words(language))
    title = voice.gettext("The agreement has errors")
    told = "".join(f"<li>{safe(line)}</li>\n" for line in str(refused).splitlines())
    hint = voice.gettext("The other pages are of before the last edit.")
    if is_alone:
        hint = voice.gettext("The other pages come with the first edit that leaves no error.")
    return Page("index.md" if is_alone else REFUSAL, title, title, f"# {title}\n\n{hint}\n\n<ul>\n{told}</ul>\n", "", 1)


class _Relative:
    """A document whose files are named as seen from a folder."""

    def __init__(self, document: Document, root: Path) -> None:
        self._document = document
        self._root = root
        self._named = {as_seen(file, root): file for file in document.files}
        self._seen = {file: seen for seen, file in self._named.items()}
        self.has = document.has
        self.written = document.written
        self.in_braces = document.in_braces
        self.last_line = document.last_line

    def place(self, path: ModelPath, on: Literal["key", "value"] = "value") -> Place:
        place = self._document.place(path, on)
        return replace(place, file=self._seen.get(place.file) or as_seen(place.file, self._root))

    def line(self, file: str, number: int) -> str:
        return self._document.line(self._named[file], number)


def _seen(place: Place, root: Path) -> Place:
    return replace(place, file=as_seen(place.file, root))


def as_seen(file: str, root: Path) -> str:
    """A file that was named as seen from the current folder, as seen from another one."""
    return Path(os.path.relpath(Path.cwd() / file, root)).as_posix()


def checked_pages(files: SiteFiles, language: str) -> list[Page]:
    """The pages of what is in the files. Without a language they speak the agreement's. Raises Refused."""
    root, agreement = files.root, files.root / files.agreement
    try:
        document, releases = read(agreement), history_of(agreement)
        findings = validate(document, history=releases).findings
    except SlaError as error:
        raise Refused(words("en").say(error.message)) from None
    speech = words(language or "en")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR and not finding.waived]
    if errors:
        raise Contradicted(
            "\n".join(
                f"{as_seen(error.place.file, root)}:{error.place.line}:{error.place.column}: "
                f"{error.code} {speech.say(error.message)}"
                for error in errors
            )
        )
    built = build(document.values, document.problems)
    results = _read(root, files.results, Results)
    if results is not None and files.history:
        results = _with_earlier_months(results, root / files.history)
    contents = SiteContents(
        agreement=built,
        document=_Relative(document, root),
        results=results,
        waived=tuple(replace(finding, place=_seen(finding.place, root)) for finding in findings if finding.waived),
        changelog=changelog_of(document, releases),
        plan=_read(root, files.plan, PlanFile),
        backtest=_read(root, files.backtest, BacktestFile),
    )
    return render(contents, language or built.language)


def named(agreement: Path, language: str = "") -> tuple[str, str]:
    """What an agreement is called, and the language of its pages: the one that is asked for, else its own.

    Raises Refused.
    """
    try:
        document = read(agreement)
    except SlaError as error:
        raise Refused(words("en").say(error.message)) from None
    built = build(document.values, document.problems)
    return built.title, language or built.language


def _with_earlier_months(results: Results, history: Path) -> Results:
    """Results with the months before them that earlier checks judged. Raises Refused."""
    from checker.site.earlier_months import with_earlier_months

    try:
        return with_earlier_months(results, history)
    except SlaError as error:
        raise Refused(words("en").say(error.message)) from None


def _read(root: Path, file: str, kind: type[Kept]) -> Kept | None:
    """What a command wrote into a file; None where there is none yet. Raises Refused for anything else."""
    if not file:
        return None
    path = root / file
    try:
        return kind.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValidationError:
        message = replace(_FAULTS[kind.__name__], arguments={"file": Written(path.name)})
    except OSError as error:
        message = say(
            "{file} cannot be read: {reason}", file=Written(path.name), reason=error.strerror or type(error).__name__
        )
    raise Refused(words("en").say(message))
