"""Changes as SARIF 2.1.0: results that are no failures (`informational`), with the kinds that they are of."""

from __future__ import annotations

from checker.change import Changes
from checker.language import Words
from checker.report.change_remarks import change_remarks, ending
from checker.report.repository import Repository
from checker.report.sarif import descriptor, result, sarif
from checker.report.terminal import printable


def changes_sarif(changes: Changes, words: Words, repository: Repository) -> str:
    """One run with a result for each change."""
    remarks = change_remarks(changes, words, repository)
    kinds = {remark.code: remark for remark in remarks}
    codes = sorted(kinds)
    return sarif(
        [descriptor(code, kinds[code].name, kinds[code].severity, kinds[code].help) for code in codes],
        [result(remark, codes.index(remark.code), words, repository, "informational") for remark in remarks],
        words,
        [printable(words.say(message)) for message in ending(changes)],
    )
