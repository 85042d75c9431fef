"""The Python interface: what `import checker` offers to programs. `checker/__init__.py` imports it when it is used.

Every function raises SlaError (see the tree in `checker.errors`); `str` of one is an English sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from checker.agreement import Agreement, build
from checker.errors import SlaError, WrongUsage
from checker.language import words
from checker.message import Message, Written, say
from checker.quantity import Period
from checker.text import Document, read
from checker.text.placing import told_with_its_line

if TYPE_CHECKING:
    from checker.change import Changes
    from checker.finding import Findings
    from checker.verdict import Results

Engine = Literal["duckdb", "spark"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """An agreement that was read: the typed model, the text with its places, and the file or folder it came from.

    `agreement.broken` names the sections that cannot be read; they are left out of the model. `revision` is the git
    revision whose text it is; None for the files as they are.
    """

    agreement: Agreement
    document: Document
    path: Path
    revision: str | None = None


def load(path: Path | str = "sla", *, revision: str | None = None) -> Loaded:
    """Reads an agreement from a file or folder; with `revision` as it was at a git revision (`main`, `v1.2`).

    Raises UnreadableInput where there is nothing to read or a file breaks a limit, WrongUsage for a revision that is
    not known or did not hold the agreement yet. What is wrong in the text is no error: ask `validate`.
    """
    place = Path(path)
    with _in_english():
        document = read(place) if revision is None else _at_revision(place, revision)
        return Loaded(build(document.values, document.problems, document.unread), document, place, revision)


def validate(
    loaded: Loaded, *, today: date | None = None, with_notes: bool = False, require_proofs: bool = False
) -> Findings:
    """Whether an agreement is consistent: all findings, each on its line.

    Rules about dates compare with `today`, and are skipped without it. `with_notes` also runs the rules that are off
    by default, `require_proofs` gives the solver all the time that it needs.
    """
    from checker.agreement.history import History
    from checker.review.releases import history_of
    from checker.review.validate import validate as review

    with _in_english():
        history: History | None = None if loaded.revision else history_of(loaded.path)
        return review(loaded.document, today, with_notes=with_notes, require_proofs=require_proofs, history=history)


def check(
    loaded: Loaded,
    *,
    data: Path | str | Mapping[str, Path | str] | None = None,
    as_of: date | None = None,
    period: str | None = None,
    draft: bool = False,
    engine: Engine = "duckdb",
) -> Results:
    """Whether an agreement was kept: a result for every promise and month that the data covers.

    `data` is a folder that holds the files of the source section, or a file for some of their names
    (`{"lead": "leads.csv"}`); without it they are where the section says. `as_of` looks at things as they stood at
    the end of that day, by default at the last moment in the data. `period` (`2027-03`, `2027-Q1`) are the months that
    decide; by default of each promise the last that can be judged. Each lead is judged by the release that was in
    force on its day, with `draft` by the working files alone.

    Raises NothingToJudge where the data holds nothing that a promise could be judged on, UnreadableInput for data that
    cannot be read, WrongUsage for a name or period that is none, MissingExtra where `smarketing-sla[check]` or
    Spark is not installed.
    """
    from checker.review.installed import need_engine

    with _in_english():
        need_engine()
        from checker.funnel import open_funnel
        from checker.review.check import check as judge
        from checker.review.releases import history_to_judge_by

        months = None if period is None else _period(period)
        files = {"": Path(data)} if isinstance(data, (str, Path)) else {k: Path(v) for k, v in (data or {}).items()}
        releases = history_to_judge_by(loaded.path, is_draft=draft)
        folder = Path(loaded.document.file_of(("source",))).parent
        with (
            told_with_its_line(loaded.document),
            open_funnel(loaded.agreement, folder, files, engine=engine) as funnel,
        ):
            judged = judge(
                loaded.agreement, loaded.document, funnel, as_of, months, releases, is_draft=draft, with_figures=True
            )
        return judged.results


def diff(old: Loaded, new: Loaded, *, today: date | None = None) -> Changes:
    """What changed from one agreement to another: for whom it is stricter, and which version it asks for.

    `today` is the day that rules about dates compare with, for what is wrong with the new one. Raises UnreadableInput
    where one of them is no agreement.
    """
    from checker.review.diff import diff as compare
    from checker.review.releases import history_of

    with _in_english():
        return compare(old.document, new.document, today, None if new.revision else history_of(new.path))


def in_words(message: Message, language: str = "en") -> str:
    """A message of a finding or change in a language: en, pt-BR, es, it or pl."""
    return words(language).say(message)


@contextmanager
def _in_english() -> Iterator[None]:
    """Errors that leave this interface read as a sentence: the library's own carry it unworded."""
    try:
        yield
    except SlaError as error:
        place = f"{error.place.file}:{error.place.line}:{error.place.column}: " if error.place else ""
        error.args = (place + words("en").say(error.message),)
        raise


def _at_revision(path: Path, revision: str) -> Document:
    from checker.text.revisions import Revision, read_revision

    found = read_revision(Revision.parse(revision), path)
    if found is None:
        raise WrongUsage(
            say("there was no agreement at {path} in {revision}", path=Written(str(path)), revision=Written(revision))
        )
    return found


def _period(written: str) -> Period:
    try:
        return Period.parse(written)
    except ValueError:
        raise WrongUsage(
            say("{text} is no period; write it as {example}", text=Written(written), example=Written("2027-03"))
        ) from None
