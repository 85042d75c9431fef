"""A new repository for an agreement: everything is worked out first, and written only if nothing stands in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.agreement import build
from checker.errors import NothingToJudge, UnreadableInput, WrongUsage
from checker.finding import Severity
from checker.funnel import open_funnel
from checker.inspection.inspected import Inspected
from checker.language import Words, words
from checker.message import Message, Written, all_of, say, say_counted
from checker.report.codeowners import codeowners
from checker.report.section_text import agreement_text, section_text
from checker.report.writing import write_text
from checker.review.check import check
from checker.review.inspect import inspect, open_exports
from checker.review.validate import validate
from checker.start.draft import (
    Answers,
    Draft,
    from_export,
    from_starting_point,
    stages_of,
    with_cohorts,
    with_numbers,
    without_numbers,
)
from checker.start.starting_points import StartingPoint
from checker.start.surroundings import ACTION, surroundings
from checker.text import parse
from checker.verdict import Results

AGREEMENT, SOURCE, CODEOWNERS = "sla/agreement.yaml", "sla/source.yaml", ".github/CODEOWNERS"
CHECK_IT = "sla check --format json=build/results.json --format text"
"""The check after which the pages have a scoreboard: they are built with the results that it leaves behind."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The files of a repository by their paths in it, and what was found in the export it begins with."""

    files: Mapping[str, str]
    inspected: Inspected | None = None

    @property
    def doubts(self) -> Mapping[str, int]:
        """File -> how many of its lines are marked as doubts; only files that have some."""
        counts = {name: text.count("# ? ") for name, text in self.files.items() if name in (AGREEMENT, SOURCE)}
        return {name: count for name, count in counts.items() if count}

    def write(self, folder: Path) -> None:
        """Writes all files, or none. Raises WrongUsage where one is there already, UnwritableOutput."""
        there = [name for name in self.files if (folder / name).exists() or (folder / name).is_symlink()]
        if there:
            raise WrongUsage(
                say_counted(
                    "nothing is written, because {folder} holds this already: {names}",
                    "nothing is written, because {folder} holds these already: {names}",
                    count=len(there),
                    folder=Written(str(folder)),
                    names=all_of(there),
                )
            )
        folders = [path for name in self.files for path in (folder / name).parents if not path.exists()]
        written: list[Path] = []
        try:
            for name, text in self.files.items():
                written.append(folder / name)
                write_text(folder / name, text)
        except BaseException:
            for path in written:
                with suppress(OSError):
                    path.unlink()
            for path in sorted(set(folders), key=lambda path: len(path.parts), reverse=True):
                with suppress(OSError):
                    path.rmdir()
            raise


def begin(
    folder: Path,
    answers: Answers,
    point: StartingPoint | None,
    exports: Sequence[Path] = (),
    timezone: str | None = None,
    action: str = ACTION,
    has_gitlab: bool = False,
    owners: Mapping[str, str] | None = None,
) -> Repository:
    """Works out a repository in `folder`. `timezone` is the one that was named, if it was; `owners` is how GitHub or
    GitLab calls each team, for its file CODEOWNERS.

    Raises UnreadableInput where an export is none, or what it holds cannot be judged.
    """
    spoken = words(answers.language)
    inspected: Inspected | None = None
    files: dict[str, str] = {}
    if exports:
        inspected, draft = _from_exports(folder, answers, point, exports, timezone, spoken)
        files[SOURCE] = section_text(inspected.proposal, spoken)
    else:
        assert point is not None, "without an export, there is a starting point"
        draft = from_starting_point(point, answers, spoken)
    head = spoken.say(say("A draft: what is missing is a checklist. Decide what is marked, then take the marks out."))
    files[AGREEMENT] = f"# {head}\n" + agreement_text(draft.in_order(), draft.notes, spoken)
    _check(files)
    readme = _readme(answers.name, spoken, bool(exports))
    files |= surroundings(
        answers.name, answers.language, readme, spoken.say(say("About this repository")), action, has_gitlab
    )
    if owners:
        # every section of a draft is both sides', as long as it is one file
        files[CODEOWNERS] = codeowners("sla", {}, owners)
    return Repository(dict(sorted(files.items())), inspected)


def _from_exports(
    folder: Path,
    answers: Answers,
    point: StartingPoint | None,
    exports: Sequence[Path],
    timezone: str | None,
    spoken: Words,
) -> tuple[Inspected, Draft]:
    base = stages_of(point, answers, spoken) if point is not None else None
    document = parse(agreement_text(base, {}, spoken)) if base is not None else None
    inspected = inspect(open_exports(exports), folder / "sla", document, timezone, with_fields=False)
    if inspected.refused is not None:
        raise UnreadableInput(say("the data cannot be read yet: {why}", why=inspected.refused))
    draft = from_export(inspected.proposal, base, point, answers, spoken)
    if inspected.proposal.awaited is not None:
        without_numbers(draft, answers, point)
        return inspected, draft
    rate = None
    if (results := _results(draft.values, inspected)) is not None:
        rate = with_cohorts(draft, results, spoken)
        results = (_results(draft.values, inspected) if rate is not None else None) or results
        with_numbers(draft, results, rate, spoken)
    return inspected, draft


def _results(values: Mapping[str, Any], inspected: Inspected) -> Results | None:
    """What a check of a draft on its data gives; None where the data holds nothing that happened."""
    whole = {**values, "source": inspected.readable()}
    document = parse(agreement_text(whole, {}, words("en")))
    agreement = build(document.values, document.problems)
    try:
        with open_funnel(agreement, Path()) as funnel:
            return check(agreement, document, funnel).results
    except NothingToJudge:
        return None


def _check(files: Mapping[str, str]) -> None:
    """Raises WrongUsage where an answer makes an error of what would be written: a currency or country that is none."""
    findings = validate(parse("\n".join(files.values())))
    wrong = next((finding for finding in findings.findings if finding.severity is Severity.ERROR), None)
    if wrong is not None:
        raise WrongUsage(say("nothing is written: {why}", why=wrong.message))


def _readme(title: str, spoken: Words, has_data: bool) -> str:
    lines: list[Message] = [
        say("What marketing and sales owe each other stands in {file}.", file=Written("`sla/agreement.yaml`")),
        say("{command} says whether it is consistent.", command=Written("`sla validate`")),
    ]
    if has_data:
        lines.append(say("{command} says whether it was kept, by the exports that {file} names.",
                         command=Written(f"`{CHECK_IT}`"), file=Written("`sla/source.yaml`")))  # fmt: skip
    else:
        lines.append(say("{command} proposes how an export of your CRM is read.",
                         command=Written("`sla source inspect EXPORT.csv --output sla/source.yaml`")))  # fmt: skip
    lines.append(say("{command} builds the pages for both teams.", command=Written("`mkdocs build --strict`")))
    title_line = " ".join(title.split())
    return f"# {title_line}\n\n" + "\n".join(f"- {spoken.say(line)}" for line in lines) + "\n"
