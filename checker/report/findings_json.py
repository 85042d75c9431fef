"""Findings for programs: `findings/v1`, whose schema is published in `schema/findings.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from checker.finding import Finding, Findings, PlacedEdit, Severity
from checker.message import Message
from checker.report.finding_words import because_text

if TYPE_CHECKING:
    from checker.language import Words


Reported: TypeAlias = Literal["error", "warning", "info"]
_REPORTED: dict[Severity, Reported] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}


class Record(BaseModel):
    """Base of everything in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Proofs(Record):
    """How many proofs about criteria were made."""

    held: int = 0
    unknown: Annotated[int, Field(description="Not decided within the time limit")] = 0
    skipped: Annotated[int, Field(description="Not tried, because the solver is not installed")] = 0


class Summary(Record):
    """How many findings of each severity; `waived` ones are in no other number."""

    error: int
    warning: int
    info: int
    waived: int = 0
    proofs: Proofs = Proofs()
    rules_run: int
    rules_skipped: int


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
    safe: bool = Field(False, description="True where the edit may be made without asking")


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
    note: str | None = Field(None, description="What stands beside the mark: a hint, or what is expected")
    because: tuple[OtherLine, ...] = ()
    follows: tuple[str, ...] = Field((), description="What follows if the line stays as it is")
    choices: tuple[WayOut, ...] = ()
    witness: dict[str, str] | None = Field(None, description="A lead that shows the problem: field and value")
    fixes: tuple[Fix, ...] = ()
    group: str | None = Field(None, description="Findings of one group are settled by one edit")
    waived: Waiver | None = None
    help: str = Field(description="The address of the rule's page")
    fingerprint: str = Field(description="Stays the same while lines move")


class SkippedRule(Record):
    """A rule that could not run, and why."""

    code: str
    name: str
    why: str


class ToDo(Record):
    """An entry of a draft's checklist."""

    what: str
    done: bool


class FindingsFile(Record):
    """One run of `sla validate`."""

    format: Literal["findings/v1"] = "findings/v1"
    summary: Summary
    findings: tuple[FindingRecord, ...] = ()
    skipped: tuple[SkippedRule, ...] = ()
    checklist: tuple[ToDo, ...] = Field((), description="Of a draft: what it has, and what it still needs")


def findings_json(findings: Findings, words: Words) -> str:
    """The findings as a JSON text, worded in a language."""
    return findings_record(findings, words).model_dump_json(indent=2) + "\n"


def findings_record(findings: Findings, words: Words) -> FindingsFile:
    """The findings as records."""
    return FindingsFile(
        summary=Summary(
            error=findings.count(Severity.ERROR),
            warning=findings.count(Severity.WARNING),
            info=findings.count(Severity.INFO),
            waived=findings.waived,
            proofs=Proofs(held=findings.proofs.held, unknown=findings.proofs.unknown, skipped=findings.proofs.skipped),
            rules_run=findings.rules_run,
            rules_skipped=len(findings.skipped),
        ),
        findings=tuple(_finding(finding, words) for finding in findings.findings),
        skipped=tuple(
            SkippedRule(code=item.code, name=item.name, why=words.say(item.why)) for item in findings.skipped
        ),
        checklist=tuple(ToDo(what=words.say(item.message), done=item.is_done) for item in findings.checklist),
    )


def _finding(finding: Finding, words: Words) -> FindingRecord:
    def said(message: Message | None) -> str | None:
        return None if message is None else words.say(message)

    place = finding.place
    return FindingRecord(
        code=finding.code,
        name=finding.name,
        severity=_REPORTED[finding.severity],
        message=words.say(finding.message),
        file=place.file,
        line=place.line,
        column=place.column,
        note=said(finding.note),
        because=tuple(
            OtherLine(
                file=item.place.file,
                line=item.place.line,
                column=item.place.column,
                message=because_text(item, words),
            )
            for item in finding.because
        ),
        follows=tuple(words.say(message) for message in finding.follows),
        choices=tuple(
            WayOut(message=words.say(choice.message), edits=tuple(_fix(edit, words) for edit in choice.edits))
            for choice in finding.choices
        ),
        witness=None if finding.witness is None else dict(finding.witness),
        fixes=tuple(_fix(edit, words) for edit in finding.fixes),
        group=finding.group,
        waived=_waiver(finding),
        help=finding.help,
        fingerprint=finding.fingerprint,
    )


def _waiver(finding: Finding) -> Waiver | None:
    waived = finding.waived
    return None if waived is None else Waiver(reason=waived.reason, until=waived.until.isoformat())


def _fix(edit: PlacedEdit, words: Words) -> Fix:
    return Fix(
        file=edit.place.file,
        line=edit.place.line,
        column=edit.place.column,
        old=edit.old,
        new=edit.new,
        why=None if edit.why is None else words.say(edit.why),
        safe=edit.safe,
    )
