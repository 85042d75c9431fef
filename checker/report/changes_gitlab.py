"""Changes as GitLab's Code Quality report: remarks beside the lines of a merge request."""

from __future__ import annotations

from checker.change import Changes
from checker.language import Words
from checker.report.change_remarks import change_remarks
from checker.report.remarks_gitlab import remarks_gitlab
from checker.report.repository import Repository


def changes_gitlab(changes: Changes, words: Words, repository: Repository) -> str:
    """A JSON list with one entry a change that is more than words."""
    return remarks_gitlab(change_remarks(changes, words, repository), words, repository)
