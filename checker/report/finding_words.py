"""The parts of a finding in words, as every format shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from checker.finding import Finding, Findings, Place, PlacedBecause, PlacedChoice, PlacedEdit, Waiver
from checker.language import Words
from checker.message import Message, Written, say
from checker.report.remark import Remark
from checker.report.repository import Repository


def groups(findings: Findings) -> Iterator[tuple[Finding, ...]]:
    """Findings that one edit settles, together, in their order; every other one alone; none that is waived."""
    standing = (finding for finding in findings.findings if finding.waived is None)
    for _, members in groupby(standing, key=lambda finding: finding.group or finding.fingerprint):
        yield tuple(members)


def because_text(item: PlacedBecause, words: Words) -> str:
    """What another line of a conflict contributes: in words, else the line itself."""
    return words.say(item.message) if item.message else item.place.source.strip()


def change(edit: PlacedEdit) -> Message:
    """What an edit writes in place of what."""
    told = say("{new} instead of {old}", new=Written(edit.new), old=Written(edit.old))
    return say("{change} ({why})", change=told, why=edit.why) if edit.why else told


def waiver(waived: Waiver) -> Message:
    """Until when and why a finding is accepted."""
    return say("waived until {day}: {reason}", day=waived.until, reason=waived.reason)


def consequences(finding: Finding, words: Words) -> Message:
    """What follows if the line stays, as one sentence."""
    return say(
        "what follows: {consequences}", consequences="; ".join(words.say(message) for message in finding.follows)
    )


def names_its_own_line(choice: PlacedChoice, here: Place) -> bool:
    """Whether a choice changes nothing but the finding's own line, which its words then name already."""
    return all(edit.place == here for edit in choice.edits)


def explanation(finding: Finding, words: Words, spot: Callable[[Place], str]) -> Iterator[str]:
    """What there is to say behind the message, line by line, for a place that shows plain text.

    `spot` writes a place. The last line is the address of the rule's page.
    """
    if finding.waived:
        yield words.say(waiver(finding.waived))
    if finding.because:
        yield words.say(say("Other lines that count here:"))
    for item in finding.because:
        yield f"   {spot(item.place)}: {because_text(item, words)}"
    for number, choice in enumerate(finding.choices, 1):
        yield f"{number}. {words.say(choice.message)}"
        if not names_its_own_line(choice, finding.place):
            for edit in choice.edits:
                yield f"   {spot(edit.place)}: {words.say(change(edit))}"
    if not finding.choices:
        for edit in finding.fixes:
            yield words.say(say("write {change}", change=change(edit)))
    if finding.follows:
        yield words.say(consequences(finding, words))
    yield words.say(say("why this rule: {command}", command=Written(finding.help)))


def remark_of(finding: Finding, words: Words, repository: Repository) -> Remark:
    """A finding as a server shows it beside its line."""
    return Remark(
        code=finding.code,
        name=words.declared(finding.name),
        severity=finding.severity,
        message=finding.message,
        place=finding.place,
        more=tuple(explanation(finding, words, lambda place: f"{repository.file(place.file)}:{place.line}")),
        help=finding.help,
        fingerprint=finding.fingerprint,
        accepted=waiver(finding.waived) if finding.waived else None,
    )
