"""A finding as plain data: a part of `findings/v1`, and of `results/v1`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from pydantic import Field

from checker.finding import Finding, PlacedEdit, Severity
from checker.message import Message
from checker.record import Record

Reported: TypeAlias = Literal["error", "warning", "info"]
_REPORTED: dict[Severity, Reported] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


class Spot(Record):
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)


class OtherLine(Spot):
    """Another line of the same conflict, and what it contributes."""

    message: str


class Fix(Spot):
    """Write `new` in place of `old` at this spot."""

    old: str
    new: str
    why: str | None = None
    safe: bool = Field(default=False, description="True where the edit may be made without asking")


class WayOut(Record):
    """One way to settle a conflict, and the edits that do it."""

    message: str
    edits: tuple[Fix, ...] = ()


class Waiver(Record):
    """Why and until when a finding is accepted."""

    reason: str
    until: str


class FindingRecord(Spot):
    """One finding."""

    code: str = Field(description="The rule's code", examples=["SLA101"])
    name: str = Field(description="The rule's name")
    severity: Reported
    message: str
    note: str | None = Field(default=None, description="What stands beside the mark: a hint, or what is expected")
    because: tuple[OtherLine, ...] = ()
    follows: tuple[str, ...] = Field(default=(), description="What follows if the line stays as it is")
    choices: tuple[WayOut, ...] = ()
    witness: dict[str, str] | None = Field(default=None, description="A lead that shows the problem: field and value")
    fixes: tuple[Fix, ...] = ()
    group: str | None = Field(default=None, description="Findings of one group are settled by one edit")
    waived: Waiver | None = None
    help: str = Field(description="The address of the rule's page")
    fingerprint: str = Field(description="Stays the same while lines move")


def record_of(finding: Finding, worded: Callable[[Message], str], named: Callable[[str], str] = str) -> FindingRecord:
    """A finding as data; `worded` words its messages in a language, `named` the name of its rule."""
    place = finding.place
    return FindingRecord(
        code=finding.code,
        name=named(finding.name),
        severity=_REPORTED[finding.severity],
        message=worded(finding.message),
        file=place.file,
        line=place.line,
        column=place.column,
        note=None if finding.note is None else worded(finding.note),
        because=tuple(
            OtherLine(
                file=item.place.file,
                line=item.place.line,
                column=item.place.column,
                message=worded(item.message) if item.message else item.place.source.strip(),
            )
            for item in finding.because
        ),
        follows=tuple(worded(message) for message in finding.follows),
        choices=tuple(
            WayOut(message=worded(choice.message), edits=tuple(_fix(edit, worded) for edit in choice.edits))
            for choice in finding.choices
        ),
        witness=None if finding.witness is None else dict(finding.witness),
        fixes=tuple(_fix(edit, worded) for edit in finding.fixes),
        group=finding.group,
        waived=_waiver(finding),
        help=finding.help,
        fingerprint=finding.fingerprint,
    )


def _waiver(finding: Finding) -> Waiver | None:
    waived = finding.waived
    return None if waived is None else Waiver(reason=waived.reason, until=waived.until.isoformat())


def _fix(edit: PlacedEdit, worded: Callable[[Message], str]) -> Fix:
    return Fix(
        file=edit.place.file,
        line=edit.place.line,
        column=edit.place.column,
        old=edit.old,
        new=edit.new,
        why=None if edit.why is None else worded(edit.why),
        safe=edit.safe,
    )
