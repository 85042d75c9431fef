"""Results as remarks on the promises' lines, for the formats that servers show beside lines.

What is missed is an error, what is at risk or can no longer be kept a warning, what cannot be measured a note. What is
kept, on course or has nothing due needs nobody: it is in every list, but in no remark.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from checker.finding import Finding, Place, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import remark_of
from checker.report.found_findings import finding_of
from checker.report.remark import Remark
from checker.report.result_words import STATUSES, age, judgeable, left_out, needs_somebody, summary, told, unlocked
from checker.report.results_text import month_text
from checker.report.results_view import ResultsView
from checker.rules.rule import DOCUMENTATION
from checker.verdict import Result, Results, Status

HELP = DOCUMENTATION + "how-to/check-every-night/"
"""The page on what becomes of a promise, and what to do then."""


def result_remarks(results: Results, view: ResultsView) -> list[tuple[Result, Remark]]:
    """Each result that a report tells, with its remark."""
    return [(result, _remark(results, result, view)) for shown in told(results) for result in shown]


def findings_of(results: Results) -> list[Finding]:
    """What the data says about lines of the agreement."""
    return [finding_of(found) for found in results.findings]


def finding_remarks(results: Results, view: ResultsView) -> list[Remark]:
    """The same, as remarks."""
    return [remark_of(finding, view.words, view.repository) for finding in findings_of(results)]


def place_of(result: Result) -> Place:
    """The line of a promise; the text of the line is not known."""
    return Place(result.file, result.line, 1, 1, "")


def about(results: Results, words: Words) -> Iterator[Message]:
    """What there is to know of the whole run: the data, what it can judge, what became of the promises."""
    yield from age(results)
    yield judgeable(results)
    yield from unlocked(results)
    yield from left_out(results)
    yield summary(results, words)


def further(count: int) -> Message:
    """How many remarks are not shown beside their line."""
    return say_counted("{count} more remark", "{count} more remarks", count=count)


def _remark(results: Results, result: Result, view: ResultsView) -> Remark:
    first, *others = month_text(results, result, view.words, view.currency)
    promise = result.promise.partition(".")[0]
    return Remark(
        code=result.promise,
        name=view.sentence(result),
        severity=_severity(result),
        message=say(
            "{status}: {promise} – {numbers}",
            status=STATUSES[result.status],
            promise=Written(view.sentence(result)),
            numbers=Written(first),
        ),
        place=place_of(result),
        more=(
            *others,
            view.words.say(say("what was promised: {command}", command=Written(f"sla explain {promise}"))),
            HELP,
        ),
        help=HELP,
        fingerprint=sha256(f"{result.promise}\0{result.period}\0{result.channel or ''}".encode()).hexdigest()[:16],
        is_quiet=not needs_somebody(result) and result.status is not Status.NOT_MEASURABLE,
    )


def _severity(result: Result) -> Severity:
    if result.status is Status.MISSED:
        return Severity.ERROR
    return Severity.WARNING if needs_somebody(result) else Severity.INFO
