"""From the values of a text to an agreement, section by section; what does not fit becomes a problem with its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from checker.agreement.agreement import Agreement
from checker.agreement.misfits import missing_section, problem
from checker.agreement.sections import REQUIRED, Sections
from checker.finding import Path, Problem
from checker.message import say

MOST_MISFITS = 1000
"""So many are told, which is more than anybody mends at once."""


def build(
    values: Mapping[str, Any],
    problems: tuple[Problem, ...] = (),
    unread: frozenset[Path] = frozenset(),
    edited: frozenset[Path] = frozenset(),
) -> Agreement:
    """The agreement of a text's values; `problems` are those that reading the text gave, `unread` are paths that are
    written but whose value could not be read, `edited` those whose value was just written.

    A section with a problem is left out (`Agreement.broken` names it), so that it hides nothing in the others.
    """
    found = list(problems)
    broken = {str(path[0]) for path in unread if len(path) == 1}
    try:
        sections = Sections.model_validate(values)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        found += [problem(error, values) for error in errors[:MOST_MISFITS]]
        if len(errors) > MOST_MISFITS:
            found.append(_and_more(errors[MOST_MISFITS], values))
        broken |= {str(error["loc"][0]) for error in errors}
        sections = Sections.model_validate({key: value for key, value in values.items() if key not in broken})
    found += [missing_section(name) for name in REQUIRED if name not in values and name not in broken]
    return Agreement(sections, frozenset(broken), tuple(found), values, unread, edited)


def in_own_words(agreement: Agreement) -> Agreement:
    """The agreement as its own language alone says it: each text without the translations beside it."""
    translated = {said.path[:-1] for said in agreement.texts if said.is_by_language}
    if not translated:
        return agreement
    readable = {key: value for key, value in agreement.written.items() if key not in agreement.broken}
    own = build(_without(readable, (), translated, agreement))
    return Agreement(
        own.sections, agreement.broken, agreement.problems, agreement.written, agreement.unread, agreement.edited
    )


def _without(value: Any, path: Path, translated: set[Path], agreement: Agreement) -> Any:
    """A value in which each text that is translated is its own language's alone."""
    if path in translated:
        return str(agreement.text(value))
    if isinstance(value, Mapping):
        return {key: _without(inner, (*path, key), translated, agreement) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, (*path, index), translated, agreement) for index, inner in enumerate(value)]
    return value


def _and_more(error: Any, values: Mapping[str, Any]) -> Problem:
    """What is said in the place of the first problem that is not told."""
    message = say("there are more problems from here on: mend those above it first")
    return replace(problem(error, values), message=message, note=None, fixes=())
