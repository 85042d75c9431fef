"""Changes as GitHub's workflow commands: notes on the lines of a pull request."""

from __future__ import annotations

from checker.change import Changes
from checker.language import Words
from checker.report.change_remarks import change_remarks, ending, further
from checker.report.remarks_github import remarks_github
from checker.report.repository import Repository


def changes_github(changes: Changes, words: Words, repository: Repository) -> str:
    """A note for each of the first ten changes, the others as lines, then how many there are and what they ask for."""
    remarks = change_remarks(changes, words, repository)
    return remarks_github(remarks, ending(changes), further, words, repository)
