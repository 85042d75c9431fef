"""The history of an agreement: each version, from when, who signed it, and what it changed for whom."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from checker.agreement import build
from checker.agreement.history import History, Released
from checker.change import Changelog, Chapter, Signer
from checker.review.diff import changes_between
from checker.review.next_version import next_version
from checker.review.releases import history_to_judge_by
from checker.text import Document, read


def changelog(path: Path) -> Changelog:
    """The history of the agreement in a file or folder, the working files' changes first. Raises UnreadableInput."""
    return changelog_of(read(path), history_to_judge_by(path))


def changelog_of(document: Document, history: History) -> Changelog:
    """The same, of a text and its releases. Raises UnreadableInput for what is no agreement."""
    agreement = build(document.values, document.problems, document.unread)
    chapters = [
        _chapter(release, before, after)
        for before, (release, after) in zip(
            [None, *history.releases], pairwise([*history.releases, None]), strict=False
        )
        if release is not None
    ]
    following = None
    if history.last is not None and (changes := changes_between(history.last.document, document)):
        chapters.append(Chapter(None, changes=changes))
        following = next_version(changes, history.last.version)
    return Changelog(agreement.title, tuple(reversed(chapters)), following, agreement.language)


def _chapter(release: Released, before: Released | None, after: Released | None) -> Chapter:
    agreement, stamp = release.agreement, release.stamp
    people = agreement.sections.people or {}
    return Chapter(
        version=release.version,
        valid_from=release.valid_from,
        until=None if after is None else after.valid_from - timedelta(days=1),
        renew_by=stamp.renew_by,
        signed_by=tuple(
            Signer(agreement.text(people[item.who].name if item.who in people else None, item.who), item.team, item.on)
            for item in stamp.signed_by or ()
        ),
        why=agreement.text(stamp.why),
        changes=() if before is None else changes_between(before.document, release.document),
        is_first=before is None,
    )
