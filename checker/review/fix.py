"""Repairs the text of an agreement where there is but one way to, and nobody needs to be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.finding import Finding, Findings, PlacedEdit
from checker.text import Document
from checker.text.rewriting import rewritten

MOST_ROUNDS = 20
"""A fix may bring another mistake to light; a text that still has safe fixes after so many rounds has a loop."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after all safe fixes, what was found in it then, and each edit that was made, round by round.

    `is_settled` is False where safe fixes are left: they bring each other back, or lead nowhere.
    """

    document: Document
    findings: Findings
    edits: tuple[PlacedEdit, ...]
    is_settled: bool


def fix(document: Document, validate: Callable[[Document], Findings]) -> Fixed:
    """Makes the safe fixes of all findings, reviews the text again, and goes on until none is left.

    Nothing is written to any file. Of two findings whose fixes meet the first is settled, then both are asked again.
    What is waived is left as it is. Raises UnreadableInput, and what `validate` raises.
    """
    findings = validate(document)
    edits: list[PlacedEdit] = []
    seen = {_texts(document)}
    for _ in range(MOST_ROUNDS):
        wanted = [finding.fixes for finding in findings.findings if has_safe_fix(finding)]
        if not wanted:
            return Fixed(document, findings, tuple(edits), True)
        wanted = [fixes for fixes in wanted if not any(_wraps(edit, earlier) for edit in fixes for earlier in edits)]
        result = rewritten(document, wanted)
        if _texts(result.document) in seen:
            break
        document = result.document
        seen.add(_texts(document))
        edits += result.made
        findings = validate(document)
    return Fixed(document, findings, tuple(edits), False)


def _wraps(edit: PlacedEdit, earlier: PlacedEdit) -> bool:
    """Whether an edit only puts more around what an earlier one wrote: each would call for the next one."""
    return earlier.new == edit.old != "" and edit.old in edit.new and earlier.place.file == edit.place.file


def has_safe_fix(finding: Finding) -> bool:
    """Whether a finding is settled by edits that may all be made without asking, and nobody accepted it as it is."""
    return bool(finding.fixes) and finding.waived is None and all(edit.safe for edit in finding.fixes)


def _texts(document: Document) -> tuple[str, ...]:
    return tuple(document.text(name) for name in document.files)
