"""Reading the releases of an agreement: `releases/<version>.yaml` beside the agreement's files."""

from __future__ import annotations

from pathlib import Path

from checker.agreement import Agreement, build
from checker.agreement.history import RELEASE, History, Released
from checker.agreement.versions import numbers
from checker.errors import SlaError, UnreadableInput
from checker.finding import Place, Problem
from checker.message import Written, say
from checker.text import Document, read
from checker.text.folder import ENDING, shown_path

FOLDER = "releases"


def folder_of_releases(path: Path) -> Path:
    """Where the releases of an agreement in a file or folder are kept."""
    return (path if path.is_dir() else path.parent) / FOLDER


def history_of(path: Path) -> History:
    """The releases of the agreement in a file or folder; without any where there is no such folder.

    A file that cannot be read, bears no stamp or has errors is none, and is told among the problems.
    """
    releases: list[Released] = []
    problems: list[Problem] = []
    for file in _files(folder_of_releases(path)):
        try:
            document = read(file)
        except SlaError as error:
            problems.append(Problem(error.place or Place(shown_path(file), 1, 1, 2, ""), error.message))
            continue
        found = _released(document, file)
        if isinstance(found, Released):
            releases.append(found)
        else:
            problems.append(found)
    releases.sort(key=lambda item: (item.valid_from, numbers(item.version) or (), item.version))
    return History(tuple(releases), tuple(problems))


def history_to_judge_by(path: Path, *, is_draft: bool = False) -> History:
    """The same, for whoever judges by it: raises UnreadableInput where one of the files cannot be read.

    Where everything is judged by the working files, what is wrong with the releases does not matter.
    """
    history = history_of(path)
    for problem in () if is_draft else history.problems:
        raise UnreadableInput(problem.message, problem.at if isinstance(problem.at, Place) else None)
    return history


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.glob(f"*{ENDING}") if not file.name.startswith("."))
    except OSError:
        return []


def _released(document: Document, file: Path) -> Released | Problem:
    agreement = build(document.values, document.problems, document.unread)
    stamp = agreement.sections.release
    name = file.name.removesuffix(ENDING)
    if agreement.broken:
        return _misread(agreement, document)
    if stamp is None:
        return Problem(
            document.place(()),
            say("this release bears no stamp: {command} writes releases", command=Written("sla release")),
        )
    if stamp.version != name:
        return Problem(
            document.place((RELEASE, "version")),
            say(
                "the file is named {name} and holds version {version}: a release is named by its version",
                name=Written(file.name),
                version=Written(stamp.version),
            ),
        )
    return Released(agreement, stamp, document)


def _misread(agreement: Agreement, document: Document) -> Problem:
    """The first thing that is wrong with a section that cannot be read."""
    for problem in agreement.problems:
        place = problem.at if isinstance(problem.at, Place) else document.place_at(problem.at)
        return Problem(place, say("this release cannot be read: {problem}", problem=problem.message))
    section = min(agreement.broken)
    why = say("its section {section} cannot be read", section=Written(section))
    return Problem(document.place((section,), "key"), why)
