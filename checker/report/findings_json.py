"""Findings for programs: `findings/v1`, whose schema is published in `schema/findings.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checker.finding import Findings, Severity
from checker.finding_record import FindingRecord, record_of
from checker.record import Record

if TYPE_CHECKING:
    from checker.language import Words


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
        findings=tuple(record_of(finding, words.say, words.declared) for finding in findings.findings),
        skipped=tuple(
            SkippedRule(code=item.code, name=words.declared(item.name), why=words.say(item.why))
            for item in findings.skipped
        ),
        checklist=tuple(ToDo(what=words.say(item.message), done=item.is_done) for item in findings.checklist),
    )
