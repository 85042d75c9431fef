"""The review of an export: what it holds, how it has to be read, and what could be judged on it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.agreement import Agreement, build
from checker.errors import NothingToJudge, UnreadableInput
from checker.finding import At
from checker.funnel import Funnel, open_funnel
from checker.inspection.draft import declared_by, usual_for
from checker.inspection.export_file import ExportFile, open_export, with_names
from checker.inspection.inspected import Inspected, with_whole_paths
from checker.inspection.proposal import Proposal
from checker.inspection.proposing import propose
from checker.message import Message, say, say_counted
from checker.review.check import check
from checker.text import Document
from checker.verdict import Data, Results

ALL_ROWS = "at most 100%"


def open_exports(paths: Sequence[Path]) -> list[ExportFile]:
    """Reads files without trusting them, and names each. Raises UnreadableInput for the first that is no export."""
    labels = _labels(paths)
    return with_names([open_export(path, label) for path, label in zip(paths, labels, strict=True)])


def inspect(
    files: Sequence[ExportFile],
    section_folder: Path,
    document: Document | None = None,
    timezone: str | None = None,
    places: Mapping[str, Path] | None = None,
    *,
    with_fields: bool = True,
) -> Inspected:
    """Proposes a section for files, and reads the data by it, as a check would.

    `section_folder` is where the section will stand, `document` the agreement that it is for, `places` says of files
    where they will be, if that is not where they are; `with_fields`: also propose columns as fields of leads. Raises
    UnreadableInput where nothing can be proposed.
    """
    where = {file.label: (places or {}).get(file.label, file.path) for file in files}
    paths = {label: _seen_from(section_folder, path) for label, path in where.items()}
    agreement = build(document.values, document.problems) if document is not None else None
    proposal = propose(files, paths, agreement, timezone, with_fields=with_fields)
    if proposal.awaited is not None:
        return Inspected(proposal, places=where)
    base: Mapping[str, Any] = document.values if document is not None else declared_by(proposal)
    if (by_system := _by_system(proposal, where, document)) is not None:
        return by_system
    whole = with_whole_paths(proposal, proposal.values, where)
    reading = _read(base, whole, document)
    if reading.refused is None:
        return Inspected(proposal, reading.data, None, reading.results, where)
    # too many rows that cannot be used are a doubt like others; anything else is said where it is wrong
    lenient = _read(base, {**whole, "rejects": ALL_ROWS}, document)
    if lenient.data is not None:
        _allow_rejects(proposal, lenient.data)
        return Inspected(proposal, lenient.data, None, lenient.results, where)
    place = () if reading.at is None else tuple(str(step) for step in reading.at[1:])
    proposal.note(place if place else ("files",), say("a check refuses this as it stands: {why}", why=reading.refused))
    return Inspected(proposal, None, reading.refused, None, where)


def _by_system(proposal: Proposal, where: Mapping[str, Path], document: Document | None) -> Inspected | None:
    """What naming the known system alone gives; None where that is not known or cannot be read."""
    short = proposal.short()
    if short is None:
        return None
    bases = [document.values] if document is not None else [usual_for(proposal), declared_by(proposal)]
    for base in bases:
        reading = _read(base, with_whole_paths(proposal, short, where), document)
        if reading.data is not None and reading.data.leads:
            proposal.shorten(short, [covered.event for covered in reading.data.coverage])
            return Inspected(proposal, reading.data, None, reading.results, where)
    return None


@dataclass(frozen=True, slots=True)
class _Reading:
    data: Data | None = None
    results: Results | None = None
    refused: Message | None = None
    at: tuple[str | int, ...] | None = None


def _read(base: Mapping[str, Any], section: Mapping[str, Any], document: Document | None) -> _Reading:
    agreement = build({**base, "source": dict(section)})
    for problem in agreement.problems:
        if isinstance(problem.at, At) and problem.at.path[:1] == ("source",):
            return _Reading(refused=problem.message, at=problem.at.path)
    try:
        with open_funnel(agreement, Path()) as funnel:
            data = funnel.data()
            return _Reading(data, _judged(agreement, document, funnel))
    except (UnreadableInput, NothingToJudge) as error:
        return _Reading(refused=error.message, at=error.at.path if error.at is not None else None)


def _judged(agreement: Agreement, document: Document | None, funnel: Funnel) -> Results | None:
    if document is None:
        return None
    try:
        return check(agreement, document, funnel).results
    except NothingToJudge:
        return None


def _allow_rejects(proposal: Proposal, data: Data) -> None:
    """Lets the share of rows pass that cannot be used, as a doubt with an example."""
    rows = max(min(file.whole.rows for file in proposal.used), 1)
    share = min(-(-100 * data.rejected // rows), 100)
    proposal.values["rejects"] = f"at most {share}%"
    example = data.rejects[0]
    proposal.note(
        ("rejects",),
        say_counted(
            "{count} row cannot be used: {file}, line {line}: {reason}",
            "{count} rows cannot be used, the first: {file}, line {line}: {reason}",
            count=data.rejected,
            file=example.file,
            line=str(example.line),
            reason=example.reason,
        ),
    )


def _labels(paths: Sequence[Path]) -> list[str]:
    """What files are called: by their names, and where two have the same, by their whole paths."""
    names = [path.name for path in paths]
    return [path.name if names.count(path.name) == 1 else path.as_posix() for path in paths]


def _seen_from(folder: Path, path: Path) -> str:
    """A path as the section names it: seen from its folder, and whole where both have nothing in common."""
    seen = Path(os.path.relpath(path, folder))
    climbs = sum(part == ".." for part in seen.parts)
    return (path.resolve() if climbs >= len(folder.resolve().parts) - 1 else seen).as_posix()
