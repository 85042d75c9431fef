"""What a rule says of an agreement: problems, which speak in paths of the model, and findings, which have lines.

A rule yields a `Problem`. `checker.review` asks `checker.text` for the lines and makes a `Finding` of it; reports
word and draw findings. A path is the keys and list positions that lead to a value:
`("targets", "mql", "organic_search", "2027-01 to 2027-03")`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from checker.message import Argument, Message

Path: TypeAlias = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a finding matters; `OFF` is what `checks:` may set to silence a rule."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class At:
    """A spot in the model: the key or the value that a path leads to, or some words inside that value.

    `words` are as they stand in the value (empty for all of it); `nth` tells which of several, counted from 0.
    """

    path: Path
    on: Literal["key", "value"] = "value"
    words: str = ""
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file. Lines and columns count from 1; `end_column` is exclusive; `source` is the line's text."""

    file: str
    line: int
    column: int
    end_column: int
    source: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old` by `new` at one spot. `why` is shown beside it. A safe edit may be applied without asking."""

    at: At | Place
    old: str
    new: str
    why: Message | None = None
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Because:
    """Another line of the same conflict, and what it contributes."""

    at: At | Place
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle a conflict: what to do, in words, and the edits that do it."""

    message: Message
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule or the reader found, before it has a line.

    `note` says what is marked by the caret ("you wrote this"); `follows` are consequences; `choices` are ways out;
    `group` ties findings that one edit settles: they are shown together, under the first.
    """

    at: At | Place
    message: Message
    because: tuple[Because, ...] = ()
    note: Message | None = None
    follows: tuple[Message, ...] = ()
    choices: tuple[Choice, ...] = ()
    fixes: tuple[Edit, ...] = ()
    witness: Mapping[str, str] | None = None
    group: str | None = None
    kind: str = ""
    """For what the reader and the model report: the slug that the rule of that name picks it by."""


@dataclass(frozen=True, slots=True)
class PlacedBecause:
    """A `Because` with its line."""

    place: Place
    message: Message | None


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """An `Edit` with its line."""

    place: Place
    old: str
    new: str
    why: Message | None
    safe: bool


@dataclass(frozen=True, slots=True)
class PlacedChoice:
    """A `Choice` whose edits have lines."""

    message: Message
    edits: tuple[PlacedEdit, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """That a finding is accepted: the reason, the last day on which it is, and the remark that says so."""

    reason: str
    until: date
    place: Place


@dataclass(frozen=True, slots=True)
class WaivedCode:
    """One rule that a waiver names: its code as written, in capitals; where it stands; the line that is spoken of."""

    code: str
    place: Place
    waiver: Waiver
    line: int


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of one rule of a waiver in a review.

    is_used: whether it met a finding, also one that it may not waive, or not any more
    is_judged: whether its rule had its say
    is_over: whether its day is known to have passed
    elsewhere: the place of a finding of that rule which only has the waiver's line among its others
    """

    waived: WaivedCode
    is_used: bool
    is_judged: bool
    is_over: bool = False
    elsewhere: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its rule, severity and lines: what every report renders."""

    code: str
    name: str
    severity: Severity
    message: Message
    place: Place
    note: Message | None = None
    because: tuple[PlacedBecause, ...] = ()
    follows: tuple[Message, ...] = ()
    choices: tuple[PlacedChoice, ...] = ()
    fixes: tuple[PlacedEdit, ...] = ()
    witness: Mapping[str, str] | None = None
    group: str | None = None
    fingerprint: str = ""
    help: str = ""
    waived: Waiver | None = None
    """Set for a finding that is accepted: it is shown and counted as such, and never fails a run."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What became of the questions that were put to the solver.

    `held` were answered, and the answer is no finding; `unknown` were not answered within the limit; `skipped` were not
    asked, because the solver is not installed.
    """

    held: int = 0
    unknown: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not run, and why: never a silence.

    `option` is what to add to the command so that it runs (`--as-of`); empty where something else is missing.
    """

    code: str
    name: str
    why: Message
    option: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that an agreement should say before it is signed, and whether it says it already."""

    message: Message
    is_done: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a review of an agreement gave.

    `checklist` is filled for a draft alone; `counts` says how much there was to review (`promises` -> 17); `language`
    is the agreement's; `proofs` counts what was asked of the solver.
    """

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...] = ()
    rules_run: int = 0
    checklist: tuple[ChecklistItem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    language: str = "en"
    proofs: Proofs = Proofs()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity, without those that are waived."""
        return sum(finding.severity is severity and finding.waived is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """How many findings are waived."""
        return sum(finding.waived is not None for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know: its label, and what is so; either may be a name or a value as it stands."""

    label: Argument
    text: Argument


@dataclass(frozen=True, slots=True)
class Explanation:
    """A promise, its sentence and line, and everything that the agreement says of it."""

    name: str
    sentence: str
    place: Place
    facts: tuple[Fact, ...]
