"""From problems, which speak in paths of the model, to findings, which have lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from checker.finding import (
    At,
    Because,
    Choice,
    Edit,
    Finding,
    Place,
    PlacedBecause,
    PlacedChoice,
    PlacedEdit,
    Problem,
    Severity,
)
from checker.rules.rule import Rule
from checker.text import Document

_QUOTES = ("'", '"')


def placed(problem: Problem, rule: Rule, severity: Severity, document: Document) -> Finding:
    """A problem as a finding: with its rule, its severity and the lines that it is about."""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        message=problem.message,
        place=_place(problem.at, document),
        note=problem.note,
        because=tuple(_because(item, document) for item in problem.because),
        follows=problem.follows,
        choices=tuple(_choice(choice, document) for choice in problem.choices),
        fixes=tuple(_edit(edit, document) for edit in problem.fixes),
        witness=problem.witness,
        group=problem.group,
        fingerprint=fingerprint(rule.code, problem.at, document),
        help=rule.help,
    )


def fingerprint(code: str, at: At | Place, document: Document) -> str:
    """What stays the same of a finding while lines move: its rule and the names that lead to it.

    A position in a list is replaced by what the entry says, and a spot that only the reader knows by its line's text.
    """
    if isinstance(at, Place):
        names = [at.file.rpartition("/")[2], at.source.strip()]
    else:
        names = [
            document.written(at.path[: depth + 1]) if isinstance(step, int) else step
            for depth, step in enumerate(at.path)
        ]
        names += [at.words] if at.words else []
    return sha256("\0".join([code, *names]).encode()).hexdigest()[:16]


def with_distinct_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The second of two equal fingerprints, and each further one, gets its number behind it."""
    seen: dict[str, int] = {}
    distinct = []
    for finding in findings:
        seen[finding.fingerprint] = count = seen.get(finding.fingerprint, 0) + 1
        distinct.append(finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}"))
    return tuple(distinct)


def _place(at: At | Place, document: Document) -> Place:
    return at if isinstance(at, Place) else document.place_at(at)


def _because(item: Because, document: Document) -> PlacedBecause:
    return PlacedBecause(_place(item.at, document), item.message)


def _choice(choice: Choice, document: Document) -> PlacedChoice:
    return PlacedChoice(choice.message, tuple(_edit(edit, document) for edit in choice.edits))


def _edit(edit: Edit, document: Document) -> PlacedEdit:
    """An edit in terms of the file: where a rule knows only the value, the file may have it in quotes."""
    place = _place(edit.at, document)
    if isinstance(edit.at, Place):
        return PlacedEdit(place, edit.old, edit.new, edit.why, edit.safe)
    standing = place.source[place.column - 1 : place.end_column - 1]
    quote = standing[:1]
    in_quotes = quote in _QUOTES and standing == f"{quote}{edit.old}{quote}"
    return PlacedEdit(
        place,
        standing if in_quotes else edit.old,
        f"{quote}{edit.new}{quote}" if in_quotes else edit.new,
        edit.why,
        edit.safe and (in_quotes or standing == edit.old),
    )
