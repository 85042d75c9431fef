"""Which version of the agreement governs which days: the releases in force, the working files where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from checker.agreement import Agreement, build
from checker.agreement.history import RELEASE, History
from checker.measures.added_up import InForce
from checker.measures.timeline import Timeline
from checker.text import Document

DRAFT = "draft"
"""What the working files are called where they govern."""
NO_RELEASES = History()


@dataclass(frozen=True, slots=True)
class Governed:
    """The versions that govern, the first in force first, and the text of each."""

    versions: tuple[InForce, ...]
    texts: Mapping[str, Document]

    @property
    def last(self) -> InForce:
        """The version that is in force at the end."""
        return self.versions[-1]

    def is_only(self, agreement: Agreement) -> bool:
        """Whether it is this agreement alone that governs."""
        return len(self.versions) == 1 and self.last.agreement is agreement

    @property
    def uncovered_until(self) -> date | None:
        """The last day that the working files govern because no release does; None where there is no such day, or no
        release at all.
        """
        first = self.versions[0]
        return first.last if first.version == DRAFT and len(self.versions) > 1 else None


def without_stamp(agreement: Agreement) -> Agreement:
    """The working files as what they are: not yet, or no longer, what a release says."""
    if agreement.sections.release is None:
        return agreement
    values = {key: value for key, value in agreement.written.items() if key != RELEASE}
    return build(values, agreement.problems, agreement.unread, agreement.edited)


def governed(agreement: Agreement, document: Document, history: History, timeline: Timeline) -> Governed:
    """Which versions govern the days of the data, up to the cut-off.

    Without any release it is the working files, under the version of their stamp where they bear one.
    """
    first, today = _first_day(timeline), timeline.today
    begun = [release for release in history.releases if release.valid_from <= today]
    if not begun:
        working = without_stamp(agreement) if history.releases else agreement
        return Governed((InForce(working.version, working),), {working.version: document})
    versions: list[InForce] = []
    texts: dict[str, Document] = {}
    if begun[0].valid_from > first:
        until = begun[0].valid_from - timedelta(days=1)
        versions.append(InForce(DRAFT, without_stamp(agreement), None, until))
        texts[DRAFT] = document
    for release, following in pairwise([*begun, None]):
        assert release is not None, "only the last one is followed by nothing"
        last = None if following is None else following.valid_from - timedelta(days=1)
        if last is None or last >= max(first, release.valid_from):
            versions.append(InForce(release.version, release.beside(agreement), release.valid_from, last))
            texts[release.version] = release.document
    return Governed(tuple(versions), texts)


def _first_day(timeline: Timeline) -> date:
    """The first day of which the data tells anything."""
    return max(
        min((each.first for each in timeline.coverage.values()), default=timeline.today), timeline.calendar.first
    )
